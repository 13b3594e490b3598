// SPDX-License-Identifier: Apache-2.0
// Facts of a whole model, and what only one of two lists has. Kinds with few attributes have theirs here.
#include "model/fact.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "model/fact_list.hpp"

namespace haetae::model {

namespace {

template <typename Object>
void add_all(std::vector<Fact>& facts, const std::vector<Object>& objects) {
    for (const auto& object : objects) add_facts(facts, object);
}

/// The objects that come or go as a whole: facts about them or their parts need no lines of their own.
std::set<std::string> whole_objects(const std::vector<Fact>& facts) {
    std::set<std::string> objects;
    for (const auto& fact : facts) {
        if (fact.attribute.empty()) objects.insert(fact.object);
    }
    return objects;
}

/// Whether the object of the fact, or one that it is a part of, is among `objects`, the fact itself being no news.
bool goes_without_saying(const Fact& fact, const std::set<std::string>& objects) {
    if (!fact.attribute.empty() && objects.count(fact.object) > 0) return true;
    for (auto blank = fact.object.find(' '); blank != std::string::npos; blank = fact.object.find(' ', blank + 1)) {
        if (objects.count(fact.object.substr(0, blank)) > 0) return true;
    }
    return false;
}

}  // namespace

void add_facts(std::vector<Fact>& facts, const Schema& schema) {
    ObjectFacts(facts, "schema " + readable(schema.name)).belongings(schema);
}

void add_facts(std::vector<Fact>& facts, const Extension& extension) {
    ObjectFacts out(facts, "extension " + readable(extension.name));
    out.text("schema", readable(extension.schema));
    out.text("version", extension.version);
    out.text("comment", extension.comment);
}

void add_facts(std::vector<Fact>& facts, const DefaultPrivileges& defaults) {
    std::string object = "default privileges of " + readable(defaults.role) + " on " + defaults.objects;
    if (!defaults.schema.empty()) object += " in schema " + readable(defaults.schema);
    ObjectFacts(facts, object).privileges(defaults.privileges);
}

void add_facts(std::vector<Fact>& facts, const Statistics& statistics) {
    ObjectFacts out(facts, "statistics " + readable(statistics.name));
    out.text("definition", statistics.definition);
    if (statistics.target) out.say("target", std::to_string(*statistics.target));
    out.owner(statistics.owner);
    out.text("comment", statistics.comment);
}

void add_facts(std::vector<Fact>& facts, const Unmodelled& object) {
    ObjectFacts(facts, "unmodelled " + object.kind + " " + object.identity);
}

std::vector<Fact> facts(const Database& database) {
    std::vector<Fact> all;
    add_all(all, database.schemas);
    add_all(all, database.extensions);
    add_all(all, database.enums);
    add_all(all, database.domains);
    add_all(all, database.composites);
    add_all(all, database.ranges);
    add_all(all, database.sequences);
    add_all(all, database.tables);
    add_all(all, database.views);
    add_all(all, database.materialized_views);
    add_all(all, database.functions);
    add_all(all, database.aggregates);
    add_all(all, database.statistics);
    add_all(all, database.default_privileges);
    add_all(all, database.unmodelled);
    std::sort(all.begin(), all.end());
    return all;
}

std::string line(const Fact& fact) {
    std::string text;
    for (const auto& part : {fact.object, fact.attribute, fact.value}) {
        if (part.empty()) continue;
        if (!text.empty()) text += ' ';
        for (const char c : part) {
            if (c == '\\') {
                text += "\\\\";
            } else if (c == '\n') {
                text += "\\n";
            } else if (c == '\r') {
                text += "\\r";
            } else if (c == '\t') {
                text += "\\t";
            } else {
                text += c;
            }
        }
    }
    return text;
}

Difference difference(const Database& before, const Database& after) {
    const auto had = facts(before);
    const auto has = facts(after);
    Difference difference;
    std::set_difference(had.begin(), had.end(), has.begin(), has.end(), std::back_inserter(difference.only_before));
    std::set_difference(has.begin(), has.end(), had.begin(), had.end(), std::back_inserter(difference.only_after));
    return difference;
}

std::string text(const Difference& difference) {
    struct Line {
        const Fact* fact;
        char sign;
    };
    std::vector<Line> lines;
    const auto add = [&lines](const std::vector<Fact>& facts, char sign) {
        const auto whole = whole_objects(facts);
        for (const auto& fact : facts) {
            if (!goes_without_saying(fact, whole)) lines.push_back({&fact, sign});
        }
    };
    add(difference.only_before, '-');
    add(difference.only_after, '+');
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return std::tie(a.fact->object, a.fact->attribute) < std::tie(b.fact->object, b.fact->attribute);
    });
    std::string out;
    for (const auto& [fact, sign] : lines) out.append(1, sign).append(" ").append(line(*fact)).append("\n");
    return out;
}

}  // namespace haetae::model
