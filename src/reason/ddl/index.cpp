// SPDX-License-Identifier: Apache-2.0
// Indexes. On a partitioned table one is made for that table alone and stays invalid until those of all partitions are
// attached to it, which therefore is a creation of its own.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

std::string create_statement(const model::Index& index, const Relation& of) {
    return std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " + spelled(index.name) + " ON " +
           (of.only ? "ONLY " : "") + of.spelled() + " " + index.definition + with_options(index.options) +
           (index.tablespace.empty() ? "" : " TABLESPACE " + spelled(index.tablespace)) +
           (index.predicate.empty() ? "" : " WHERE " + index.predicate);
}

/// What can be said of an index only once it is there, also of the one behind a constraint.
std::vector<std::string> settings(const model::Index& index, const Relation& of) {
    const auto name = spelled(model::QualifiedName{of.name.schema, index.name});
    std::vector<std::string> statements;
    for (const auto& [column, target] : index.statistics) {
        statements.push_back("ALTER INDEX " + name + " ALTER COLUMN " + std::to_string(column) + " SET STATISTICS " +
                             std::to_string(target));
    }
    if (index.clustered) {
        statements.push_back("ALTER " + of.word + " " + of.spelled() + " CLUSTER ON " + spelled(index.name));
    }
    if (index.replica_identity) {
        statements.push_back("ALTER TABLE ONLY " + of.spelled() + " REPLICA IDENTITY USING INDEX " +
                             spelled(index.name));
    }
    add_comment(statements, "INDEX " + name, index.comment);
    return statements;
}

Creation attachment(const model::Index& index, const Relation& of) {
    const auto object = model::ObjectKind::index;
    const model::QualifiedName name{of.name.schema, index.name};
    auto creation = of.part(object, index.name);
    creation.object.part = "attached";
    creation.rank = Rank::partitioned_table;
    creation.statements = {"ALTER INDEX " + spelled(index.partition_of) + " ATTACH PARTITION " + spelled(name)};
    // Either may be the index of a constraint, which then has the constraint's name.
    creation.needs.insert(creation.needs.end(),
                          {named(object, name), named(model::ObjectKind::constraint, of.name, index.name),
                           named(object, index.partition_of),
                           named(model::ObjectKind::constraint, of.partition_of, index.partition_of.name)});
    return creation;
}

}  // namespace

Creations create_indexes(const std::vector<model::Index>& indexes, const Relation& of) {
    Creations creations;
    for (const auto& index : indexes) {
        if (!index.valid && !of.only) continue;
        auto creation = of.part(model::ObjectKind::index, index.name);
        creation.statements = settings(index, of);
        const bool comes_from_above = of.from_above.count(index.name) > 0;
        if (comes_from_above) {
            creation.needs.push_back(named(model::ObjectKind::constraint, of.partition_of, index.partition_of.name));
        } else if (index.of_constraint) {
            creation.needs.push_back(named(model::ObjectKind::constraint, of.name, index.name));
        } else {
            creation.statements.insert(creation.statements.begin(), create_statement(index, of));
        }
        if (!creation.statements.empty()) creations.push_back(creation);
        if (!index.partition_of.empty() && !comes_from_above) creations.push_back(attachment(index, of));
    }
    return creations;
}

}  // namespace haetae::ddl
