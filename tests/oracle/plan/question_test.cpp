// SPDX-License-Identifier: Apache-2.0
// Making questions, asking haetae, and reading what Alembic said.
#include "oracle/plan/question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "plan/plan.hpp"

namespace haetae::oracle {

namespace {

using graph::DomainName;
using graph::Graph;
using graph::Node;
using kit::below;
using kit::chance;
using kit::Random;

const DomainName domain("main");

std::string random_name(Random& random, const Graph& graph) {
    if (chance(random, 3)) return "zzzz";
    const auto& revision = graph.at(static_cast<Node>(below(random, graph.size())));
    std::string name = revision.id.text();
    if (!revision.labels.empty() && chance(random, 60)) name = revision.labels.front().text();
    if (chance(random, 20)) name.resize(1 + below(random, name.size()));
    return name;
}

std::string random_steps(Random& random, const char* signs) {
    return fmt::format("{}{}", signs[below(random, 2)],
                       chance(random, 3) ? 0 : 1 + below(random, chance(random, 85) ? 3 : 9));
}

std::string random_anchor(Random& random, const Graph& graph) {
    static const std::string words[] = {"head", "heads", "base"};
    if (chance(random, 40)) return words[below(random, 3)];
    return random_name(random, graph);
}

std::string random_target(Random& random, const Graph& graph, Verb verb) {
    static const std::string nonsense[] = {"+1garbage", "-1x",   "@head", "left@", "head@ab",
                                           "current",   "a@b@c", "+",     "-"};
    if (chance(random, 2)) return nonsense[below(random, std::size(nonsense))];
    const char* mostly = chance(random, 90) ? (verb == Verb::upgrade ? "++" : "--") : "+-";
    std::string target;
    if (chance(random, 35)) target = random_name(random, graph) + "@";
    if (chance(random, 20)) return target + random_steps(random, mostly);
    target += random_anchor(random, graph);
    if (chance(random, 22)) target += random_steps(random, "+-");
    if (chance(random, 1)) target += "+1xyz";
    return target;
}

/// The changes of a step done to the rows; "" or what is wrong with them.
std::string replay(const std::vector<plan::RowChange>& changes, std::set<std::string>& rows) {
    using Kind = plan::RowChange::Kind;
    for (const auto& change : changes) {
        if (change.kind != Kind::insert && rows.erase(change.from.text()) != 1) {
            return "a change matches no row: " + change.from.text();
        }
        if (change.kind != Kind::remove && !rows.insert(change.to.text()).second) {
            return "a row is there twice: " + change.to.text();
        }
    }
    return "";
}

std::set<std::string> texts(const std::vector<graph::RevisionId>& ids) {
    std::set<std::string> result;
    for (const auto& id : ids) result.insert(id.text());
    return result;
}

std::string out_of_order(const Graph& graph, const plan::Step& step, const std::vector<bool>& applied) {
    const bool up = step.direction == plan::Direction::up;
    const auto wrong = [&](Node other) { return applied[other] != up; };
    const auto near = up ? std::pair(graph.parents(step.node), graph.dependencies(step.node))
                         : std::pair(graph.children(step.node), graph.dependents(step.node));
    const bool bad = std::any_of(near.first.begin(), near.first.end(), wrong) ||
                     std::any_of(near.second.begin(), near.second.end(), wrong) || applied[step.node] == up;
    return bad ? "out of order: " + graph.at(step.node).id.text() : "";
}

void take_plan(const Graph& graph, const Question& question, const plan::Plan& plan, Answer& answer) {
    std::vector<bool> applied(graph.size(), false);
    const auto before = plan::applied_nodes(graph, {{domain, question.rows}});
    for (const Node node : before.value()) applied[node] = true;
    auto rows = texts(question.rows);
    for (const auto& step : plan.steps) {
        answer.steps.push_back(graph.at(step.node).id.text());
        if (answer.defect.empty()) answer.defect = out_of_order(graph, step, applied);
        applied[step.node] = step.direction == plan::Direction::up;
        if (texts(step.from) != rows) answer.defect = "rows before differ: " + answer.steps.back();
        if (const auto fault = replay(step.row_changes, rows); !fault.empty()) answer.defect = fault;
        if (texts(step.to) != rows) answer.defect = "rows after differ: " + answer.steps.back();
    }
    answer.rows.assign(rows.begin(), rows.end());
    std::vector<Node> left;
    for (Node node = 0; node < graph.size(); ++node) {
        if (applied[node]) left.push_back(node);
    }
    if (texts(kit::rows_of(graph, domain, left)) != rows) answer.defect = "the rows are not the smallest set";
    if (plan.steps.empty() && plan.notes.empty()) answer.defect = "nothing to do, and no note says why";
}

void refuse(const base::Error& error, Answer& answer) {
    answer.ok = false;
    answer.refusal = error.code;
    answer.message = error.sentence;
    if (error.hint.empty()) answer.defect = "no help";
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
    return parts;
}

}  // namespace

Question random_question(Random& random, const Graph& graph) {
    Question question;
    const auto kind = below(random, 100);
    question.verb = kind < 42 ? Verb::upgrade : kind < 84 ? Verb::downgrade : Verb::stamp;
    question.rows = kit::rows_of(graph, domain, kit::random_applied(random, graph));
    const std::size_t count = question.verb == Verb::stamp ? 1 + below(random, 2) : 1;
    for (std::size_t i = 0; i < count; ++i) {
        question.targets.push_back(random_target(random, graph, question.verb));
    }
    return question;
}

Answer our_answer(const Graph& graph, const Question& question) {
    const plan::VersionRows rows{{domain, question.rows}};
    const plan::Scope scope{.domains = {domain}};
    Answer answer{.ok = true};
    if (question.verb == Verb::stamp) {
        const auto changes = plan::plan_stamp(graph, rows, scope, question.targets, false);
        if (!changes) {
            refuse(changes.error(), answer);
            return answer;
        }
        auto after = texts(question.rows);
        for (const auto& change : changes.value()) answer.defect = replay(change.row_changes, after);
        answer.rows.assign(after.begin(), after.end());
        return answer;
    }
    const auto& target = question.targets.front();
    const auto plan = question.verb == Verb::upgrade ? plan::plan_upgrade(graph, rows, scope, target)
                                                     : plan::plan_downgrade(graph, rows, scope, target);
    if (plan) {
        take_plan(graph, question, plan.value(), answer);
    } else {
        refuse(plan.error(), answer);
    }
    return answer;
}

std::string request_line(const Graph& graph, const std::vector<Question>& questions) {
    nlohmann::json request;
    for (const Node node : graph.topological()) {
        const auto& revision = graph.at(node);
        auto entry = nlohmann::json{{"id", revision.id.text()},
                                    {"parents", nlohmann::json::array()},
                                    {"deps", nlohmann::json::array()},
                                    {"labels", nlohmann::json::array()}};
        for (const auto& parent : revision.parents) entry["parents"].push_back(parent.text());
        for (const auto& dependency : revision.depends_on) entry["deps"].push_back(dependency.name);
        for (const auto& label : revision.labels) entry["labels"].push_back(label.text());
        request["revisions"].push_back(std::move(entry));
    }
    static constexpr const char* verbs[] = {"upgrade", "downgrade", "stamp"};
    for (const auto& question : questions) {
        auto rows = nlohmann::json::array();
        for (const auto& row : question.rows) rows.push_back(row.text());
        request["queries"].push_back({{"verb", verbs[static_cast<std::size_t>(question.verb)]},
                                      {"targets", question.targets},
                                      {"rows", std::move(rows)}});
    }
    return request.dump();
}

Answer parse_answer(const std::string& line) {
    auto fields = split(line, '\t');
    fields.resize(3);
    if (fields[0] == "ok") {
        auto rows = split(fields[2], ',');
        std::sort(rows.begin(), rows.end());
        return {.ok = true, .steps = split(fields[1], ','), .rows = std::move(rows)};
    }
    return {.ok = false, .refusal = fields[1], .message = fields[2]};
}

}  // namespace haetae::oracle
