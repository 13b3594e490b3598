// SPDX-License-Identifier: Apache-2.0
// The intended differences, one predicate each, as narrow as can be: a rule that explains too much hides mistakes.
#include "oracle/plan/difference.hpp"

#include <algorithm>
#include <set>

#include "graph/address.hpp"
#include "graph/lineage.hpp"

namespace haetae::oracle {

namespace {

using graph::Address;
using Anchor = graph::Address::Anchor;

struct Comparison {
    const graph::Graph& graph;
    const Question& question;
    const Answer& ours;
    const Answer& alembic;
    std::optional<Address> address;  ///< of the first target, where it is one

    [[nodiscard]] bool up() const { return question.verb == Verb::upgrade; }
    [[nodiscard]] bool down() const { return question.verb == Verb::downgrade; }
    [[nodiscard]] bool stamp() const { return question.verb == Verb::stamp; }
    [[nodiscard]] bool only_we_refuse(std::string_view code) const {
        return !ours.ok && alembic.ok && ours.refusal == code;
    }
    [[nodiscard]] bool only_alembic_refuses() const { return ours.ok && !alembic.ok; }
    [[nodiscard]] bool alembic_says(std::string_view text) const {
        return alembic.message.find(text) != std::string::npos;
    }
    [[nodiscard]] bool has_branch() const { return address && address->branch; }
    [[nodiscard]] bool has_anchor(Anchor anchor) const { return address && address->anchor == anchor; }
    [[nodiscard]] graph::Where where() const {
        graph::Where where{.domains = {graph.domains().front()}, .current = std::vector<graph::Node>{}};
        for (const auto& row : question.rows) where.current->push_back(*graph.find(where.domains.front(), row.text()));
        return where;
    }
    [[nodiscard]] std::vector<Address> addresses() const {
        std::vector<Address> all;
        for (const auto& target : question.targets) {
            if (auto parsed = graph::parse_address(target, graph.domains())) all.push_back(std::move(parsed).value());
        }
        return all;
    }
};

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

/// `rows` without those that another of them implies.
std::vector<std::string> smallest(const graph::Graph& graph, const std::vector<std::string>& rows) {
    std::vector<graph::Node> nodes;
    for (const auto& row : rows) nodes.push_back(*graph.find(graph.domains().front(), row));
    const auto applied = graph::ancestors(graph, nodes, graph::Edges::domain).list();
    std::vector<std::string> result;
    for (const auto& id : kit::rows_of(graph, graph.domains().front(), applied)) result.push_back(id.text());
    return result;
}

/// What the reference says of stamp, told once more: rows above or below a target go, and the targets come.
std::vector<std::string> stamped_by_the_book(const Comparison& c) {
    const auto& domain = c.graph.domains().front();
    std::set<std::string> rows;
    for (const auto& row : c.question.rows) rows.insert(row.text());
    std::set<std::string> targets;
    for (const auto& address : c.addresses()) {
        const auto found = graph::resolve(c.graph, address, {.domains = {domain}});
        if (!found) continue;
        for (const auto node : found->nodes) targets.insert(c.graph.at(node).id.text());
        std::vector<graph::Node> lines = found->nodes;
        if (lines.empty() && found->branch) lines.push_back(*found->branch);
        if (lines.empty()) rows.clear();
        for (const auto node : lines) {
            const auto line = graph::lineage(c.graph, node, graph::Edges::domain);
            for (const auto related : line.list()) rows.erase(c.graph.at(related).id.text());
        }
    }
    rows.insert(targets.begin(), targets.end());
    return {rows.begin(), rows.end()};
}

/// Whether `beginning` is that of an id and a label, or of two labels, of one revision and of no other.
bool has_two_names(const graph::Graph& graph, const std::string& beginning) {
    const auto nodes = graph.find_prefix(graph.domains().front(), beginning);
    if (beginning.empty() || nodes.size() != 1) return false;
    const auto& revision = graph.at(nodes.front());
    const auto fits = [&](const std::string& name) { return name.size() > 3 && name.starts_with(beginning); };
    const auto labels = std::count_if(revision.labels.begin(), revision.labels.end(),
                                      [&](const graph::BranchLabel& label) { return fits(label.text()); });
    return labels + (fits(revision.id.text()) ? 1 : 0) > 1;
}

struct Rule {
    std::string_view name;
    bool (*explains)(const Comparison&);
};

const Rule rules[] = {
    {"base is no target of upgrade",
     [](const Comparison& c) {
         const bool unread = c.has_branch() && (c.only_we_refuse("HT0157") || c.only_we_refuse("HT0152"));
         return c.up() && (c.only_we_refuse("HT0163") || unread) && c.has_anchor(Anchor::base) &&
                c.alembic.steps.empty();
     }},
    {"nothing may follow an address",
     [](const Comparison& c) {
         return c.only_we_refuse("HT0151") && c.addresses().size() < c.question.targets.size();
     }},
    {"-N with several heads needs a branch",
     [](const Comparison& c) {
         return c.down() && c.only_we_refuse("HT0156") && c.has_anchor(Anchor::here) && !c.has_branch() &&
                c.question.rows.size() > 1;
     }},
    {"a sibling branch is not undone in silence",
     [](const Comparison& c) {
         if (!c.down() || !c.only_we_refuse("HT0166") || !c.has_branch()) return false;
         const auto found = graph::resolve(c.graph, *c.address, c.where());
         if (!found || !found->branch) return false;
         const auto line = graph::lineage(c.graph, *found->branch);
         return std::any_of(c.alembic.steps.begin(), c.alembic.steps.end(), [&](const std::string& step) {
             return !line.has(*c.graph.find(c.graph.domains().front(), step));
         });
     }},
    {"a branch is always checked",
     [](const Comparison& c) {
         const bool checked = c.only_we_refuse("HT0157") || c.only_we_refuse("HT0158") || c.only_we_refuse("HT0152");
         const auto all = c.addresses();
         const bool unchecked = std::any_of(all.begin(), all.end(), [&](const Address& a) {
             return a.branch && (c.down() || a.relative || a.anchor == Anchor::base);
         });
         return checked && unchecked;
     }},
    {"branch@head is read in its branch",
     [](const Comparison& c) {
         const bool head = c.has_anchor(Anchor::head) || c.has_anchor(Anchor::heads);
         return !c.stamp() && head && c.has_branch() &&
                ((c.only_alembic_refuses() && c.alembic_says("Multiple head")) ||
                 (c.down() && (c.only_we_refuse("HT0153") || c.only_we_refuse("HT0165"))));
     }},
    {"the smallest set of rows",
     [](const Comparison& c) {
         return c.ours.ok && c.alembic.ok && same_set(c.ours.steps, c.alembic.steps) &&
                smallest(c.graph, c.alembic.rows) == c.ours.rows;
     }},
    {"stamp takes ID+N and ID-N",
     [](const Comparison& c) {
         const auto all = c.addresses();
         const bool relative = std::any_of(all.begin(), all.end(), [](const Address& a) { return a.relative; });
         return c.stamp() && c.only_alembic_refuses() && relative;
     }},
    {"a target with nothing above it is no error",
     [](const Comparison& c) {
         if (!c.down() || !c.only_alembic_refuses() || !c.ours.steps.empty()) return false;
         const auto found = graph::resolve(c.graph, *c.address, c.where());
         const auto applied = graph::ancestors(c.graph, *c.where().current, graph::Edges::domain);
         return c.alembic_says("is not a valid downgrade target") && found && found->nodes.size() == 1 &&
                applied.has(found->nodes.front());
     }},
    {"a branch includes what forks above its revision",
     [](const Comparison& c) {
         return c.down() && c.only_alembic_refuses() && c.has_branch() &&
                c.alembic_says("Not a valid downgrade target from current heads");
     }},
    {"a partial id is looked up in its branch",
     [](const Comparison& c) {
         const auto all = c.addresses();
         const bool branch = std::any_of(all.begin(), all.end(), [&](const Address& a) {
             return a.branch && !a.name.empty() && (!c.up() || a.relative);
         });
         return c.only_alembic_refuses() && branch && c.alembic_says("Can't locate revision");
     }},
    {"one revision by two names is one revision",
     [](const Comparison& c) {
         const auto all = c.addresses();
         return c.only_alembic_refuses() && c.alembic_says("Can't locate revision") &&
                std::any_of(all.begin(), all.end(), [&](const Address& a) { return has_two_names(c.graph, a.name); });
     }},
    {"nothing stands below base",
     [](const Comparison& c) {
         return c.only_we_refuse("HT0154") && c.has_anchor(Anchor::base) && c.address->steps < 0;
     }},
    {"ID-N down to base takes its own root alone",
     [](const Comparison& c) {
         const std::set<std::string> theirs(c.alembic.steps.begin(), c.alembic.steps.end());
         const auto& steps = c.ours.steps;
         return c.down() && c.ours.ok && c.alembic.ok && !c.has_anchor(Anchor::here) && !c.has_branch() &&
                c.address->steps < 0 &&
                std::all_of(steps.begin(), steps.end(), [&](const auto& step) { return theirs.count(step) > 0; });
     }},
    {"a step does not fail on a row that is implied",
     [](const Comparison& c) {
         return !c.stamp() && c.only_alembic_refuses() &&
                (c.alembic.refusal == "KeyError" || c.alembic_says("Can't do an UPDATE"));
     }},
    {"branch@heads may depend on each other",
     [](const Comparison& c) {
         return c.up() && c.only_alembic_refuses() && c.has_branch() && c.has_anchor(Anchor::heads) &&
                c.alembic_says("overlaps with other requested revisions");
     }},
    {"stamp takes named revisions only", [](const Comparison& c) { return c.stamp() && c.only_we_refuse("HT0172"); }},
    {"stamp changes only rows on the line of a target",
     [](const Comparison& c) {
         const bool several = c.question.targets.size() > 1 || c.has_anchor(Anchor::heads) || c.has_branch();
         return c.stamp() && c.ours.ok && several &&
                (c.alembic.ok || c.alembic.refusal == "AssertionError" || c.alembic.refusal == "KeyError") &&
                stamped_by_the_book(c) == c.ours.rows;
     }},
    {"stamped revisions may not stand on each other",
     [](const Comparison& c) { return c.stamp() && c.only_we_refuse("HT0169"); }},
};

}  // namespace

std::string_view compare(const graph::Graph& graph, const Question& question, const Answer& ours,
                         const Answer& alembic) {
    if (!ours.ok && !alembic.ok) return "same";
    if (ours.ok && alembic.ok && same_set(ours.steps, alembic.steps) && ours.rows == alembic.rows) return "same";
    Comparison comparison{graph, question, ours, alembic, std::nullopt};
    if (auto parsed = graph::parse_address(question.targets.front(), graph.domains())) {
        comparison.address = std::move(parsed).value();
    }
    for (const auto& rule : rules) {
        if (rule.explains(comparison)) return rule.name;
    }
    return "";
}

std::vector<std::string_view> difference_names() {
    std::vector<std::string_view> names;
    for (const auto& rule : rules) names.push_back(rule.name);
    return names;
}

}  // namespace haetae::oracle
