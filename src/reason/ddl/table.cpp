// SPDX-License-Identifier: Apache-2.0
// Tables. A partition is made as a table of its own and attached, since only so it keeps the order of its columns and
// the names of its indexes. A table that inherits is made with INHERITS where that gives its columns in their order;
// else it is made whole and put under its parents.
#include <algorithm>

#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

using model::Column;
using model::Constraint;
using model::ConstraintKind;
using model::ObjectKind;
using model::Table;

template <typename Part>
const Part* find(const std::vector<Part>& parts, const std::string& name) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

class Maker {
 public:
    Maker(const Table& table, const model::Database& database, const Style& style, const Apart& apart)
        : table_(table), style_(style), apart_(apart), of_{.name = table.name, .partition_of = table.partition_of} {
        add_parent(database, table.partition_of);
        for (const auto& parent : table.inherits) add_parent(database, parent);
        for (const auto& constraint : table.constraints) {
            if (keeps_rows_apart(constraint) && is_inherited(constraint)) {
                of_.from_above.insert(constraint.name);
            }
        }
        for (const auto& other : database.tables) {
            const auto& above = other.inherits;
            if (std::find(above.begin(), above.end(), table.name) != above.end()) heirs_.push_back(other.name);
        }
        if (table.partition_key.empty()) return;
        of_.rank = Rank::partitioned_table;
        of_.only = true;
        for (const auto& other : database.tables) {
            if (other.partition_of == table.name) of_.needs.push_back(named(ObjectKind::table, other.name));
        }
    }

    Creations make() {
        Creations creations{whole()};
        for (const auto& constraint : table_.constraints) {
            if (is_inline(constraint)) continue;
            const auto creation = is_inherited(constraint)
                                      ? inherited_constraint(constraint)
                                      : add_constraint(constraint, find(table_.indexes, constraint.name), of_);
            if (!creation.statements.empty()) creations.push_back(creation);
        }
        if (!heirs_.empty()) creations.push_back(settings_after_heirs());
        append(creations, create_defaults(table_.columns, of_, apart_));
        append(creations, create_indexes(table_.indexes, of_));
        append(creations, create_rules(table_.rules, of_));
        append(creations, create_triggers(table_.triggers, of_));
        append(creations, create_policies(table_.policies, of_));
        return creations;
    }

 private:
    void add_parent(const model::Database& database, const model::QualifiedName& name) {
        const auto found = std::lower_bound(database.tables.begin(), database.tables.end(), name,
                                            [](const Table& table, const auto& wanted) { return table.name < wanted; });
        if (found != database.tables.end() && found->name == name) parents_.push_back(&*found);
    }
    [[nodiscard]] bool is_partition() const { return !table_.partition_of.empty(); }
    [[nodiscard]] bool is_apart(const Table& table, const Constraint& constraint) const {
        return !constraint.validated || apart_.count(named(ObjectKind::constraint, table.name, constraint.name)) > 0;
    }
    [[nodiscard]] const Constraint* parents_constraint(const Constraint& constraint) const {
        for (const auto* parent : parents_) {
            if (const auto* found = find(parent->constraints, constraint.name)) return found;
        }
        return nullptr;
    }
    [[nodiscard]] const Column* parents_column(const Column& column) const {
        for (const auto* parent : parents_) {
            if (const auto* found = find(parent->columns, column.name)) return found;
        }
        return nullptr;
    }

    /// Comes from the parent, not by a statement of its own. A partition is made with its checks and keys, and they are
    /// merged when it is attached, but for checks that the parent gets later.
    [[nodiscard]] bool is_inherited(const Constraint& constraint) const {
        if (!constraint.inherited || constraint.local) return false;
        if (constraint.kind == ConstraintKind::foreign_key || keeps_rows_apart(constraint)) return true;
        if (constraint.kind != ConstraintKind::check) return false;
        const auto* const above = parents_constraint(constraint);
        const bool comes_later = above != nullptr && is_apart(*parents_.front(), *above);
        return !is_partition() || comes_later;
    }
    [[nodiscard]] bool is_inline(const Constraint& constraint) const {
        const bool has_index =
            find(table_.indexes, constraint.name) != nullptr && constraint.kind != ConstraintKind::check;
        return constraint.kind != ConstraintKind::foreign_key && !is_apart(table_, constraint) &&
               !is_inherited(constraint) && !(has_index && of_.only);
    }

    /// What the parent's constraint leaves to say: it may be valid here though not there, and has its own comment.
    [[nodiscard]] Creation inherited_constraint(const Constraint& constraint) const {
        auto creation = of_.part(ObjectKind::constraint, constraint.name);
        creation.rank = constraint.kind == ConstraintKind::foreign_key ? Rank::foreign_key : Rank::check;
        for (const auto* parent : parents_) {
            creation.needs.push_back(named(ObjectKind::constraint, parent->name, constraint.name));
        }
        const auto* const above = parents_constraint(constraint);
        if (above != nullptr && constraint.validated && !above->validated) {
            creation.statements.push_back("ALTER TABLE " + of_.spelled() + " VALIDATE CONSTRAINT " +
                                          spelled(constraint.name));
        }
        add_constraint_comment(creation.statements, constraint, of_);
        return creation;
    }

    /// Whether INHERITS brings the columns in their order: those of the parents, then its own.
    [[nodiscard]] bool inherits_in_order() const {
        std::vector<std::string> names;
        const auto take = [&names](const std::vector<Column>& columns) {
            for (const auto& column : columns) {
                if (std::find(names.begin(), names.end(), column.name) == names.end()) names.push_back(column.name);
            }
        };
        for (const auto* parent : parents_) take(parent->columns);
        take(table_.columns);
        return std::equal(names.begin(), names.end(), table_.columns.begin(), table_.columns.end(),
                          [](const std::string& name, const Column& column) { return name == column.name; });
    }
    [[nodiscard]] bool is_put_under_parents() const {
        return !table_.inherits.empty() && !inherits_in_order() &&
               std::all_of(table_.columns.begin(), table_.columns.end(), [](const Column& c) { return c.local; });
    }
    [[nodiscard]] bool is_printed(const Column& column) const { return column.local || is_partition(); }

    [[nodiscard]] std::vector<std::string> elements() const {
        std::vector<std::string> texts;
        for (const auto& column : table_.columns) {
            if (!is_printed(column)) continue;
            auto text =
                table_.of_type.empty() ? column_text(column, of_, apart_) : typed_column_text(column, of_, apart_);
            if (!text.empty()) texts.push_back(std::move(text));
        }
        for (const auto& constraint : table_.constraints) {
            if (!is_inline(constraint)) continue;
            const bool has_index = constraint.kind != ConstraintKind::check;
            texts.push_back(constraint_text(constraint, has_index ? find(table_.indexes, constraint.name) : nullptr));
        }
        return texts;
    }

    [[nodiscard]] std::string create_statement() const {
        std::string text = (table_.unlogged ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ") + of_.spelled();
        const auto parts = elements();
        if (!table_.of_type.empty()) text += " OF " + spelled(table_.of_type);
        if (table_.of_type.empty() || !parts.empty()) text += listed(parts);
        if (!table_.inherits.empty() && !is_put_under_parents()) {
            std::vector<std::string> parents;
            for (const auto& parent : table_.inherits) parents.push_back(spelled(parent));
            text += "\nINHERITS (" + joined(parents, ", ") + ")";
        }
        if (!table_.partition_key.empty()) text += "\nPARTITION BY " + table_.partition_key;
        if (!table_.access_method.empty() && table_.access_method != "heap") {
            text += "\nUSING " + spelled(table_.access_method);
        }
        if (!table_.options.empty()) text += "\n" + with_options(table_.options).substr(1);
        if (!table_.tablespace.empty()) text += "\nTABLESPACE " + spelled(table_.tablespace);
        return text;
    }

    /// What an inherited column has other than its parent's.
    void add_own_ways(std::vector<std::string>& statements, const Column& column) const {
        const auto* const above = parents_column(column);
        const auto default_above = above == nullptr ? "" : above->default_expression;
        const auto default_name = [&](const Table& table) {
            return named(ObjectKind::default_value, table.name, column.name);
        };
        const bool comes_later = !parents_.empty() && apart_.count(default_name(*parents_.front())) > 0;
        const auto default_now = comes_later ? "" : default_above;
        if (column.generated == model::Generated::none && column.default_expression != default_now &&
            apart_.count(default_name(table_)) == 0) {
            statements.push_back(set_default(column, of_));
        }
        const bool not_null_above = above != nullptr && above->not_null && !above->not_null_no_inherit;
        if (column.not_null && !not_null_above) {
            statements.push_back("ALTER TABLE ONLY " + of_.spelled() + " ALTER COLUMN " + spelled(column.name) +
                                 " SET NOT NULL");
        }
    }

    void add_columns(std::vector<std::string>& statements) const {
        for (const auto& column : table_.columns) {
            if (!is_printed(column)) add_own_ways(statements, column);
            if (heirs_.empty()) add(statements, column_settings(column, of_));
            if (column.not_null && !column.not_null_validated) {
                const auto name =
                    column.not_null_name.empty() ? "" : "CONSTRAINT " + spelled(column.not_null_name) + " ";
                statements.push_back("ALTER TABLE " + of_.spelled() + " ADD " + name + "NOT NULL " +
                                     spelled(column.name) + " NOT VALID");
            }
        }
    }

    /// A table that inherits begins with the storage and compression of its parent, and nothing but the name of its
    /// type's own storage would take that back: so the parent's are set later.
    [[nodiscard]] Creation settings_after_heirs() const {
        Creation creation{.object = named(ObjectKind::table, table_.name, "column settings"),
                          .rank = Rank::column_default,
                          .group = group_of(table_.name),
                          .needs = {named(ObjectKind::table, table_.name)}};
        for (const auto& heir : heirs_) creation.needs.push_back(named(ObjectKind::table, heir));
        for (const auto& column : table_.columns) add(creation.statements, column_settings(column, of_));
        return creation;
    }

    void add_flags(std::vector<std::string>& statements) const {
        const auto alter = "ALTER TABLE " + of_.spelled();
        if (table_.replica_identity == model::ReplicaIdentity::full) {
            statements.push_back("ALTER TABLE ONLY " + of_.spelled() + " REPLICA IDENTITY FULL");
        }
        if (table_.replica_identity == model::ReplicaIdentity::nothing) {
            statements.push_back("ALTER TABLE ONLY " + of_.spelled() + " REPLICA IDENTITY NOTHING");
        }
        if (table_.row_security) statements.push_back(alter + " ENABLE ROW LEVEL SECURITY");
        if (table_.force_row_security) statements.push_back(alter + " FORCE ROW LEVEL SECURITY");
    }

    [[nodiscard]] Creation whole() const {
        const auto name = of_.spelled();
        Creation creation{.object = named(ObjectKind::table, table_.name), .group = group_of(table_.name)};
        for (const auto* parent : parents_) creation.needs.push_back(named(ObjectKind::table, parent->name));
        auto& statements = creation.statements;
        statements.push_back(create_statement());
        if (is_put_under_parents()) {
            for (const auto& parent : table_.inherits) {
                statements.push_back("ALTER TABLE " + name + " INHERIT " + spelled(parent));
            }
        }
        add_columns(statements);
        if (is_partition()) {
            statements.push_back("ALTER TABLE ONLY " + spelled(table_.partition_of) + " ATTACH PARTITION " + name +
                                 " " + table_.partition_bound);
        }
        add_flags(statements);
        add_belongings(statements, style_, {.alter = "TABLE " + name}, table_);
        add_column_belongings(statements, table_.columns, of_, style_);
        for (const auto& constraint : table_.constraints) {
            if (is_inline(constraint)) add_constraint_comment(statements, constraint, of_);
        }
        return creation;
    }

    const Table& table_;
    const Style& style_;
    const Apart& apart_;
    Relation of_;
    std::vector<const Table*> parents_{};        ///< those that are in the model
    std::vector<model::QualifiedName> heirs_{};  ///< tables that inherit from it, partitions apart
};

}  // namespace

Creations create_table(const Table& table, const model::Database& database, const Style& style, const Apart& apart) {
    return Maker(table, database, style, apart).make();
}

}  // namespace haetae::ddl
