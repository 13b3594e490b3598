// SPDX-License-Identifier: Apache-2.0
// Facts of tables, views and materialized views, and of their parts.
#include "model/fact_list.hpp"

namespace haetae::model {

namespace {

std::string part(const ObjectFacts& of, std::string_view kind, const std::string& name) {
    return of.object() + " " + std::string(kind) + " " + readable(name);
}

std::string_view words(Identity identity) {
    switch (identity) {
        case Identity::none:
            return "";
        case Identity::always:
            return "always";
        case Identity::by_default:
            return "by default";
    }
    return "";
}

std::string_view words(Generated generated) {
    switch (generated) {
        case Generated::none:
            return "";
        case Generated::stored:
            return "stored";
        case Generated::virtual_:
            return "virtual";
    }
    return "";
}

std::string_view words(Firing firing) {
    switch (firing) {
        case Firing::origin:
            return "";
        case Firing::disabled:
            return "never";
        case Firing::replica:
            return "on replicas";
        case Firing::always:
            return "always";
    }
    return "";
}

std::string_view words(ReplicaIdentity identity) {
    switch (identity) {
        case ReplicaIdentity::primary_key:
            return "";
        case ReplicaIdentity::nothing:
            return "nothing";
        case ReplicaIdentity::full:
            return "full";
        case ReplicaIdentity::index:
            return "index";
    }
    return "";
}

std::string_view words(ConstraintKind kind) {
    switch (kind) {
        case ConstraintKind::primary_key:
            return "primary key";
        case ConstraintKind::unique:
            return "unique";
        case ConstraintKind::foreign_key:
            return "foreign key";
        case ConstraintKind::check:
            return "check";
        case ConstraintKind::exclusion:
            return "exclusion";
    }
    return "";
}

void add_columns(std::vector<Fact>& facts, const ObjectFacts& of, const std::vector<Column>& columns) {
    const Column* before = nullptr;
    for (const auto& column : columns) {
        ObjectFacts out(facts, part(of, "column", column.name));
        if (before != nullptr) out.say(column_order, readable(before->name));
        before = &column;
        out.text("type", column.type);
        out.name("collation", column.collation);
        out.flag("not null", column.not_null);
        out.text("not null as", column.not_null_name);
        out.flag("not null without inheritance", column.not_null_no_inherit);
        out.flag("not null not validated", !column.not_null_validated);
        out.text("default", column.default_expression);
        out.text("identity", words(column.identity));
        out.text("generated", words(column.generated));
        out.text("generated as", column.generation_expression);
        out.flag("not declared here", !column.local);
        out.flag("inherited", column.inherited);
        out.text("storage", column.storage);
        out.text("compression", column.compression);
        if (column.statistics) out.say("statistics", std::to_string(*column.statistics));
        out.options("option", column.options);
        out.text("comment", column.comment);
        out.privileges(column.privileges);
        if (column.identity_sequence) {
            ObjectFacts sequence(facts, out.object() + " sequence");
            sequence.name("name", column.identity_sequence->name);
            add_attributes(sequence, *column.identity_sequence);
        }
    }
}

void add_indexes(std::vector<Fact>& facts, const ObjectFacts& of, const std::vector<Index>& indexes) {
    for (const auto& index : indexes) {
        ObjectFacts out(facts, part(of, "index", index.name));
        out.flag("unique", index.unique);
        out.text("definition", index.definition);
        out.options("option", index.options);
        out.text("tablespace", index.tablespace);
        out.text("where", index.predicate);
        out.flag("of constraint", index.of_constraint);
        out.name("partition of", index.partition_of);
        out.flag("invalid", !index.valid);
        out.flag("replica identity", index.replica_identity);
        out.flag("clustered", index.clustered);
        for (const auto& [column, target] : index.statistics) {
            out.say("statistics", std::to_string(column) + " " + std::to_string(target));
        }
        out.text("comment", index.comment);
    }
}

void add_triggers(std::vector<Fact>& facts, const ObjectFacts& of, const std::vector<Trigger>& triggers) {
    for (const auto& trigger : triggers) {
        ObjectFacts out(facts, part(of, "trigger", trigger.name));
        out.text("definition", trigger.definition);
        out.text("fires", words(trigger.firing));
        out.flag("inherited", trigger.inherited);
        out.text("comment", trigger.comment);
    }
}

void add_rules(std::vector<Fact>& facts, const ObjectFacts& of, const std::vector<Rule>& rules) {
    for (const auto& rule : rules) {
        ObjectFacts out(facts, part(of, "rule", rule.name));
        out.text("definition", rule.definition);
        out.text("fires", words(rule.firing));
        out.text("comment", rule.comment);
    }
}

void add_policies(std::vector<Fact>& facts, const ObjectFacts& of, const std::vector<Policy>& policies) {
    for (const auto& policy : policies) {
        ObjectFacts out(facts, part(of, "policy", policy.name));
        out.flag("restrictive", !policy.permissive);
        out.say("for", policy.command);
        for (const auto& role : policy.roles) out.say("to", readable(role));
        out.text("using", policy.using_expression);
        out.text("check", policy.check_expression);
        out.text("comment", policy.comment);
    }
}

}  // namespace

void add_facts(std::vector<Fact>& facts, const ObjectFacts& of, const Constraint& constraint) {
    ObjectFacts out(facts, part(of, "constraint", constraint.name));
    out.say("kind", std::string(words(constraint.kind)));
    out.text("definition", constraint.definition);
    out.flag("without inheritance", constraint.no_inherit);
    out.flag("deferrable", constraint.deferrable);
    out.flag("initially deferred", constraint.initially_deferred);
    out.flag("not enforced", !constraint.enforced);
    out.flag("not validated", !constraint.validated);
    out.flag("not declared here", !constraint.local);
    out.flag("inherited", constraint.inherited);
    out.text("comment", constraint.comment);
}

void add_facts(std::vector<Fact>& facts, const Table& table) {
    ObjectFacts out(facts, "table " + readable(table.name));
    out.flag("unlogged", table.unlogged);
    out.text("access method", table.access_method);
    out.text("tablespace", table.tablespace);
    out.options("option", table.options);
    out.name("of type", table.of_type);
    std::string parents;
    for (const auto& parent : table.inherits) parents += (parents.empty() ? "" : ", ") + readable(parent);
    out.text("inherits", parents);
    out.text("partitioned by", table.partition_key);
    out.name("partition of", table.partition_of);
    out.text("partition bound", table.partition_bound);
    out.flag("detach pending", table.detach_pending);
    out.text("replica identity", words(table.replica_identity));
    out.flag("row security", table.row_security);
    out.flag("row security forced", table.force_row_security);
    out.belongings(table);
    add_columns(facts, out, table.columns);
    for (const auto& constraint : table.constraints) add_facts(facts, out, constraint);
    add_indexes(facts, out, table.indexes);
    add_triggers(facts, out, table.triggers);
    add_policies(facts, out, table.policies);
    add_rules(facts, out, table.rules);
}

void add_facts(std::vector<Fact>& facts, const View& view) {
    ObjectFacts out(facts, "view " + readable(view.name));
    out.options("option", view.options);
    out.text("definition", view.definition);
    out.belongings(view);
    add_columns(facts, out, view.columns);
    add_triggers(facts, out, view.triggers);
    add_rules(facts, out, view.rules);
}

void add_facts(std::vector<Fact>& facts, const MaterializedView& view) {
    ObjectFacts out(facts, "materialized view " + readable(view.name));
    out.text("access method", view.access_method);
    out.text("tablespace", view.tablespace);
    out.options("option", view.options);
    out.text("definition", view.definition);
    out.belongings(view);
    add_columns(facts, out, view.columns);
    add_indexes(facts, out, view.indexes);
}

}  // namespace haetae::model
