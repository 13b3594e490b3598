// SPDX-License-Identifier: Apache-2.0
// What nearly every verb begins with: the project found from where one stands, its revisions as a graph, the domains
// that are meant, and the database.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "connect/connection.hpp"
#include "graph/graph.hpp"
#include "ledger/version_table.hpp"
#include "plan/plan.hpp"
#include "project/finder.hpp"
#include "settings/settings.hpp"
#include "target/target.hpp"

namespace haetae::verbs {

struct Workspace {
    settings::Settings settings;
    graph::Graph graph;
    plan::Scope scope;  ///< -d, or the domain whose folder one stands in, or all

    [[nodiscard]] const settings::Domain& domain_of(graph::Node node) const;
    /// The domains of the scope, in dependency order.
    [[nodiscard]] std::vector<settings::Domain> domains() const;
};

/// Finds the project, and says its notes. Errors: those of project::open_project.
base::Result<project::Project> open_project(const cli::Given& given, cli::Talk& talk);

/// HT0112, naming the domains that there are.
base::Error unknown_domain(const settings::Settings& settings, const std::string& name);

/// open_project and the graph of its revisions. Errors: also those of load_graph; HT0112 -d names no domain.
base::Result<Workspace> open_workspace(const cli::Given& given, cli::Talk& talk);

/// Says that there is nothing to show, and what makes the first revision.
void say_no_revisions(const Workspace& workspace, cli::Talk& talk);

/// Where -e and --url lead; says its notes.
base::Result<target::Target> find_target(const settings::Settings& settings, const cli::Given& given, cli::Talk& talk);

/// For every connection of a verb: the first interrupt cancels what the server is doing for us.
connect::Wait until_interrupted(std::chrono::milliseconds waited);

/// A connection for a verb that only looks; its notices go to `talk` when verbose.
base::Result<connect::Connection> open_to_look(const target::Target& target, cli::Talk& talk);

/// The version tables of every domain of the project.
base::Result<ledger::VersionTables> read_tables(connect::Connection& connection, const settings::Settings& settings);

plan::VersionRows rows_of(const ledger::VersionTables& tables);

/// The domains of the scope, and those whose revisions come along in `plan`, in dependency order.
std::vector<settings::Domain> domains_of(const Workspace& workspace, const plan::Plan& plan);

/// The rows of a database that stands at the addresses of `from` ("base", or several with commas between them): each
/// named revision, and what it depends on in other domains. Domains that are not concerned have none.
base::Result<plan::VersionRows> rows_supposed(const Workspace& workspace, std::string_view from);

}  // namespace haetae::verbs
