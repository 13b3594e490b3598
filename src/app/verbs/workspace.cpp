// SPDX-License-Identifier: Apache-2.0
// Opening the project and the database as the common options say.
#include "verbs/workspace.hpp"

#include <algorithm>

#include "base/nearest.hpp"
#include "graph/address.hpp"
#include "graph/naming.hpp"
#include "graph/node_set.hpp"
#include "os/signal.hpp"
#include "revisions/folder.hpp"

namespace haetae::verbs {

namespace {

std::vector<graph::DomainName> names_of(const settings::Settings& settings) {
    std::vector<graph::DomainName> names;
    for (const auto& domain : settings.domains) names.push_back(domain.name);
    return names;
}

base::Result<plan::Scope> scope_of(const project::Project& project, const cli::Given& given) {
    const auto all = names_of(project.settings);
    auto wanted = given.values("--domain");
    if (wanted.empty()) {
        if (!project.standing_in) return plan::Scope{.domains = all, .named = false};
        wanted.push_back(project.standing_in->text());
    }
    for (const auto& name : wanted) {
        if (project.settings.find_domain(graph::DomainName(name)) != nullptr) continue;
        return unknown_domain(project.settings, name);
    }
    plan::Scope scope{.named = true};
    std::copy_if(all.begin(), all.end(), std::back_inserter(scope.domains), [&](const graph::DomainName& name) {
        return std::find(wanted.begin(), wanted.end(), name.text()) != wanted.end();
    });
    return scope;
}

}  // namespace

const settings::Domain& Workspace::domain_of(graph::Node node) const {
    const auto* domain = settings.find_domain(graph.at(node).domain);
    BUG_IF(domain == nullptr, "a revision of a domain that the settings lack");
    return *domain;
}

std::vector<settings::Domain> Workspace::domains() const {
    std::vector<settings::Domain> chosen;
    for (const auto& name : scope.domains) chosen.push_back(*settings.find_domain(name));
    return chosen;
}

base::Error unknown_domain(const settings::Settings& settings, const std::string& name) {
    const auto names = names_of(settings);
    if (names.empty()) {
        return {.code = "HT0112",
                .sentence = "there is no domain " + name + " in this project",
                .hint = "`haetae domain add " + name + "` makes one"};
    }
    std::vector<std::string_view> candidates;
    for (const auto& known : names) candidates.push_back(known.text());
    const auto near = base::nearest(name, candidates);
    return {.code = "HT0112",
            .sentence = "there is no domain " + name + " in this project",
            .hint = near ? "did you mean " + *near + "?" : "the domains are: " + graph::names_of(names)};
}

base::Result<project::Project> open_project(const cli::Given&, cli::Talk& talk) {
    auto project = TRY(project::open_project("."));
    for (const auto& note : project.settings.notes) talk.note(note);
    return project;
}

base::Result<Workspace> open_workspace(const cli::Given& given, cli::Talk& talk) {
    auto project = TRY(open_project(given, talk));
    auto scope = TRY(scope_of(project, given));
    auto graph = TRY(revisions::load_graph(project.settings));
    return Workspace{.settings = std::move(project.settings), .graph = std::move(graph), .scope = std::move(scope)};
}

void say_no_revisions(const Workspace& workspace, cli::Talk& talk) {
    if (workspace.scope.domains.empty()) {
        talk.note("the project has no domains yet; `haetae domain add NAME` makes one");
    } else if (workspace.graph.size() == 0) {
        talk.note("there are no revisions yet; `haetae revision -m TEXT` writes the first");
    } else {
        talk.note("there are no revisions here");
    }
}

base::Result<target::Target> find_target(const settings::Settings& settings, const cli::Given& given, cli::Talk& talk) {
    auto target = TRY(target::find_target(
        settings, {.environment = given.value("--env").value_or("local"), .url = given.value("--url")}));
    for (const auto& note : target.notes) talk.note(note);
    return target;
}

connect::Wait until_interrupted(std::chrono::milliseconds) {
    return os::interrupted() ? connect::Wait::cancel : connect::Wait::go_on;
}

base::Result<connect::Connection> open_to_look(const target::Target& target, cli::Talk& talk) {
    return target::open(
        target,
        {.application_name = "haetae",
         .connect_timeout = target.environment.limits.connect_timeout,
         .on_notice = [&talk](const connect::Notice& notice) { talk.detail(notice.severity + ": " + notice.message); },
         .on_wait = until_interrupted});
}

base::Result<ledger::VersionTables> read_tables(connect::Connection& connection, const settings::Settings& settings) {
    return ledger::read_version_tables(connection, settings.domains);
}

std::vector<settings::Domain> domains_of(const Workspace& workspace, const plan::Plan& plan) {
    std::vector<settings::Domain> domains;
    for (const auto& domain : workspace.settings.domains) {
        const auto& scope = workspace.scope.domains;
        const bool is_meant = std::find(scope.begin(), scope.end(), domain.name) != scope.end();
        const bool comes_along = std::any_of(plan.steps.begin(), plan.steps.end(), [&](const plan::Step& step) {
            return workspace.graph.at(step.node).domain == domain.name;
        });
        if (is_meant || comes_along) domains.push_back(domain);
    }
    return domains;
}

base::Result<plan::VersionRows> rows_supposed(const Workspace& workspace, std::string_view from) {
    const auto& graph = workspace.graph;
    const graph::Where everywhere{.domains = {graph.domains().begin(), graph.domains().end()}};
    std::vector<graph::Node> open;
    while (!from.empty()) {
        const auto end = std::min(from.find(','), from.size());
        const auto address = TRY(graph::parse_address(from.substr(0, end), graph.domains()));
        const auto named = TRY(graph::resolve(
            graph, address, address.domain ? everywhere : graph::Where{.domains = workspace.scope.domains}));
        open.insert(open.end(), named.nodes.begin(), named.nodes.end());
        from.remove_prefix(std::min(end + 1, from.size()));
    }
    // All that is applied then, and what of it another applied revision of the same domain implies.
    graph::NodeSet applied(graph.size());
    graph::NodeSet implied(graph.size());
    while (!open.empty()) {
        const auto node = open.back();
        open.pop_back();
        if (applied.has(node)) continue;
        applied.add(node);
        for (const auto below : {graph.parents(node), graph.dependencies(node)}) {
            for (const auto other : below) {
                if (graph.domain_index(other) == graph.domain_index(node)) implied.add(other);
                open.push_back(other);
            }
        }
    }
    plan::VersionRows rows;
    for (const auto node : applied.list()) {
        if (!implied.has(node)) rows[graph.at(node).domain].push_back(graph.at(node).id);
    }
    for (auto& [domain, ids] : rows) std::sort(ids.begin(), ids.end());
    return rows;
}

plan::VersionRows rows_of(const ledger::VersionTables& tables) {
    plan::VersionRows rows;
    for (const auto& [name, table] : tables) rows.emplace(name, table.rows);
    return rows;
}

}  // namespace haetae::verbs
