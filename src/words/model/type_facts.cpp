// SPDX-License-Identifier: Apache-2.0
// Facts of types and sequences.
#include "model/fact_list.hpp"

namespace haetae::model {

namespace {

std::string label_list(const std::vector<std::string>& labels) {
    std::string list;
    for (const auto& label : labels) {
        list += list.empty() ? "'" : ", '";
        for (const char c : label) {
            if (c == '\'') list += c;
            list += c;
        }
        list += "'";
    }
    return list;
}

}  // namespace

void add_attributes(ObjectFacts& facts, const Sequence& sequence) {
    facts.say("type", sequence.type);
    facts.say("start", std::to_string(sequence.start));
    facts.say("increment", std::to_string(sequence.increment));
    facts.say("minimum", std::to_string(sequence.minimum));
    facts.say("maximum", std::to_string(sequence.maximum));
    facts.say("cache", std::to_string(sequence.cache));
    facts.flag("cycle", sequence.cycle);
    facts.flag("unlogged", sequence.unlogged);
    if (!sequence.owned_by_table.empty()) {
        facts.say("owned by", readable(sequence.owned_by_table) + "." + readable(sequence.owned_by_column));
    }
    facts.belongings(sequence);
}

void add_facts(std::vector<Fact>& facts, const Sequence& sequence) {
    ObjectFacts out(facts, "sequence " + readable(sequence.name));
    add_attributes(out, sequence);
}

void add_facts(std::vector<Fact>& facts, const EnumType& type) {
    ObjectFacts out(facts, "enum " + readable(type.name));
    out.say("labels", label_list(type.labels));
    out.belongings(type);
}

void add_facts(std::vector<Fact>& facts, const Domain& domain) {
    ObjectFacts out(facts, "domain " + readable(domain.name));
    out.text("type", domain.type);
    out.name("collation", domain.collation);
    out.flag("not null", domain.not_null);
    out.text("not null as", domain.not_null_name);
    out.text("default", domain.default_expression);
    out.belongings(domain);
    for (const auto& constraint : domain.constraints) add_facts(facts, out, constraint);
}

void add_facts(std::vector<Fact>& facts, const CompositeType& type) {
    ObjectFacts out(facts, "composite type " + readable(type.name));
    out.belongings(type);
    const CompositeAttribute* before = nullptr;
    for (const auto& attribute : type.attributes) {
        ObjectFacts of(facts, out.object() + " attribute " + readable(attribute.name));
        if (before != nullptr) of.say(column_order, readable(before->name));
        before = &attribute;
        of.text("type", attribute.type);
        of.name("collation", attribute.collation);
        of.text("comment", attribute.comment);
    }
}

void add_facts(std::vector<Fact>& facts, const RangeType& type) {
    ObjectFacts out(facts, "range type " + readable(type.name));
    out.text("subtype", type.subtype);
    out.name("operator class", type.operator_class);
    out.name("collation", type.collation);
    out.text("canonical", type.canonical);
    out.text("subtype diff", type.subtype_diff);
    out.name("multirange", type.multirange);
    out.belongings(type);
}

}  // namespace haetae::model
