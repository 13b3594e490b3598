// SPDX-License-Identifier: Apache-2.0
// What hangs on a table, a view or a materialized view: a creation each, in the group of their relation.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ddl/creation.hpp"
#include "ddl/kinds.hpp"
#include "model/database.hpp"

namespace haetae::ddl {

/// The relation that the parts belong to.
struct Relation {
    model::QualifiedName name;
    std::string word = "TABLE";  ///< "TABLE", "VIEW", "MATERIALIZED VIEW"
    Rank rank = Rank::table;     ///< of its parts
    bool only = false;           ///< partitioned: parts are made on it alone
    /// For a partitioned table its partitions: parts that go through all of them come later.
    std::vector<model::ObjectName> needs{};
    model::QualifiedName partition_of{};
    std::set<std::string> from_above{};  ///< constraints that the partitioned table brings, with their indexes

    [[nodiscard]] std::string spelled() const;
    [[nodiscard]] Creation part(model::ObjectKind kind, const std::string& name) const;
};

// Columns.
/// "id bigint DEFAULT 1 NOT NULL", as CREATE TABLE takes it; without a default that is `apart`.
std::string column_text(const model::Column& column, const Relation& of, const Apart& apart);
/// The same for a table OF a type; "" where the type says it all.
std::string typed_column_text(const model::Column& column, const Relation& of, const Apart& apart);
/// Storage, compression, statistics and options: what ALTER … ALTER COLUMN sets.
std::vector<std::string> column_settings(const model::Column& column, const Relation& of);
/// Comments and privileges of the columns, and of the sequences behind identity columns.
void add_column_belongings(std::vector<std::string>& statements, const std::vector<model::Column>& columns,
                           const Relation& of, const Style& style);
/// Defaults that are apart: of a view all of them.
Creations create_defaults(const std::vector<model::Column>& columns, const Relation& of, const Apart& apart);
std::string set_default(const model::Column& column, const Relation& of);

// Constraints and indexes.
/// "CONSTRAINT orders_pkey PRIMARY KEY (id) WITH (fillfactor=70)"; index: the one behind it, null for none.
std::string constraint_text(const model::Constraint& constraint, const model::Index* index);
/// An exclusion constraint, or a key WITHOUT OVERLAPS. On a partitioned table (from 17 on) its indexes cannot be
/// attached one by one (CompareIndexInfo in index.c): it is made through all partitions at once.
bool keeps_rows_apart(const model::Constraint& constraint);
Creation add_constraint(const model::Constraint& constraint, const model::Index* index, const Relation& of);
void add_constraint_comment(std::vector<std::string>& statements, const model::Constraint& constraint,
                            const Relation& of);
Creations create_indexes(const std::vector<model::Index>& indexes, const Relation& of);

Creations create_triggers(const std::vector<model::Trigger>& triggers, const Relation& of);
Creations create_rules(const std::vector<model::Rule>& rules, const Relation& of);
Creations create_policies(const std::vector<model::Policy>& policies, const Relation& of);

void append(Creations& creations, Creations more);

/// "ENABLE ALWAYS TRIGGER name" and the like; "" for what fires as usual.
std::string firing_text(model::Firing firing, const std::string& part);

}  // namespace haetae::ddl
