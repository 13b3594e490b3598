// SPDX-License-Identifier: Apache-2.0
// A new revision is added to a copy of the graph first: what that graph would refuse is never written.
#include "verbs/new_revision.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "graph/naming.hpp"
#include "os/clock.hpp"
#include "os/file.hpp"
#include "pg/identifier.hpp"
#include "report/json.hpp"
#include "report/text.hpp"
#include "revisions/header.hpp"

namespace haetae::verbs {

namespace {

using base::Error;
using graph::Node;

base::Status check_heads(const graph::Graph& graph, const Draft& draft) {
    if (draft.splice) return base::Done{};
    for (const Node parent : draft.parents) {
        const auto children = graph.children(parent);
        if (children.empty()) continue;
        const std::vector<Node> others(children.begin(), children.end());
        return Error{.code = "HT0117",
                     .sentence = fmt::format("{} is no head: {} {} it", graph::name_of(graph, parent),
                                             graph::names_of(graph, others), others.size() == 1 ? "revises" : "revise"),
                     .hint = "name a head (`haetae heads` lists them), or begin a new branch there with --splice"};
    }
    return base::Done{};
}

base::Result<graph::RevisionId> id_of(const graph::Graph& graph, const Draft& draft, const cli::Given& given) {
    const auto wanted = given.value("--rev-id");
    if (!wanted) return graph::RevisionId(revisions::new_revision_id());
    if (const auto fault = revisions::fault_of_id(*wanted); !fault.empty()) {
        return Error{.code = "HT0204",
                     .sentence = fmt::format("'{}' cannot be a revision id: it {}", *wanted, fault),
                     .hint = "leave --rev-id out, and an id is made"};
    }
    const auto taken = [&](const std::string& by) {
        return Error{.code = "HT0118",
                     .sentence = fmt::format("domain {} has {} already", draft.domain.text(), by),
                     .hint = "choose another id, or leave --rev-id out, and one is made"};
    };
    if (const auto node = graph.find(draft.domain, *wanted)) {
        return taken(fmt::format("a revision {} ({})", *wanted, graph.at(*node).file));
    }
    if (graph.find_label(draft.domain, *wanted)) return taken("a branch label " + *wanted);
    if (graph.find_replacing(draft.domain, *wanted)) return taken("a squashed revision " + *wanted);
    return graph::RevisionId(*wanted);
}

base::Result<std::vector<graph::BranchLabel>> labels_of(const graph::Graph& graph, const Draft& draft,
                                                        const cli::Given& given) {
    std::vector<graph::BranchLabel> labels;
    for (const auto& label : given.values("--branch-label")) {
        if (const auto fault = revisions::fault_of_label(label); !fault.empty()) {
            return Error{.code = "HT0205",
                         .sentence = fmt::format("'{}' cannot be a branch label: it {}", label, fault),
                         .hint = "a label is a word such as `grades`"};
        }
        auto taken_by = graph.find_label(draft.domain, label);
        if (!taken_by) taken_by = graph.find(draft.domain, label);
        if (taken_by) {
            return Error{.code = "HT0119",
                         .sentence = fmt::format("'{}' already names the revision {} ({})", label,
                                                 graph::name_of(graph, *taken_by), graph.at(*taken_by).file),
                         .hint = "choose another label"};
        }
        labels.emplace_back(label);
    }
    return labels;
}

/// The graph as it will be. A message of it names the new file as it would be called.
base::Result<graph::Graph> with_revision(const Workspace& workspace, graph::Revision revision,
                                         const settings::Domain& domain) {
    const auto& graph = workspace.graph;
    std::vector<graph::Revision> all;
    for (Node node = 0; node < graph.size(); ++node) all.push_back(graph.at(node));
    revision.file = fmt::format("{}/versions/{}", domain.folder, revisions::file_name_of(revision));
    all.push_back(std::move(revision));
    return graph::Graph::build(std::move(all), {graph.domains().begin(), graph.domains().end()});
}

/// As people write it: quoted only where it must be.
std::string written_name(const std::string& schema, const std::string& name) {
    const bool is_plain = std::all_of(schema.begin(), schema.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return (is_plain ? schema : pg::quote(schema)) + "." + name;
}

/// A word on what belongs into the empty parts of the default template. A domain's own template says its own, and a
/// merge has nothing to do.
revisions::RevisionSql sql_of(const Draft& draft, const settings::Domain& domain, const revisions::Template& from) {
    auto sql = draft.sql;
    const bool is_default = from.file == revisions::default_template().file;
    if (!is_default || draft.parents.size() > 1) return sql;
    const auto table = written_name(domain.schema, "accounts");
    if (!sql.up.empty()) {
        if (sql.down.empty()) sql.down = "-- what undoes it";
        return sql;
    }
    sql.up = fmt::format("-- what it does, for example: CREATE TABLE {} (id bigint PRIMARY KEY);", table);
    if (sql.down.empty()) sql.down = fmt::format("-- what undoes it, for example: DROP TABLE {};", table);
    return sql;
}

std::vector<std::string> next_steps(const graph::Graph& graph, const Draft& draft) {
    std::vector<std::string> lines;
    const auto heads = graph.heads_of(draft.domain);
    if (heads.size() > 1) {
        lines.push_back(fmt::format("note: domain {} has {} heads now: {}; `haetae merge heads -d {}` joins them",
                                    draft.domain.text(), heads.size(), graph::names_of(graph, heads),
                                    draft.domain.text()));
    }
    const bool is_empty = draft.sql.up.empty() && draft.parents.size() < 2;
    lines.push_back(fmt::format("next: {}`haetae upgrade {}`", is_empty ? "write its SQL into that file, then " : "",
                                heads.size() > 1 ? "heads" : "head"));
    return lines;
}

}  // namespace

std::vector<cli::Option> options_of_new_revisions() {
    using Kind = cli::Option::Kind;
    return {{"--message", 'm', Kind::value, "TEXT", "what the revision does, in one line"},
            {"--rev-id", 0, Kind::value, "ID", "its id (default: twelve random hex digits)"},
            {"--branch-label", 0, Kind::repeated, "LABEL", "a name for the branch that goes on from here"},
            {"--splice", 0, Kind::flag, "", "allow a parent that is not a head: begins a branch there"}};
}

base::Result<graph::DomainName> one_domain(const Workspace& workspace) {
    auto domains = workspace.scope.domains;
    if (domains.size() > 1 && !workspace.scope.named) {
        std::erase_if(domains,
                      [&](const graph::DomainName& name) { return workspace.settings.find_domain(name)->deprecated; });
    }
    if (domains.size() == 1) return domains.front();
    if (workspace.scope.domains.empty()) {
        return Error{.code = "HT0125",
                     .sentence = "the project has no domains yet",
                     .hint = "`haetae domain add NAME` makes one"};
    }
    if (domains.empty()) domains = workspace.scope.domains;
    return Error{.code = "HT0113",
                 .sentence = fmt::format("a revision belongs to one domain, and several are meant: {}",
                                         graph::names_of(domains)),
                 .hint = fmt::format("say which with -d, for example: -d {}", domains.front().text())};
}

base::Result<cli::Output> write_new_revision(const Workspace& workspace, const Draft& draft, const cli::Given& given) {
    const auto& graph = workspace.graph;
    const auto& domain = *workspace.settings.find_domain(draft.domain);
    if (domain.deprecated) {
        return Error{
            .code = "HT0114",
            .sentence = fmt::format("domain {} is deprecated, and takes no new revisions", domain.name.text()),
            .hint = fmt::format("take `deprecated` out of [domain.{}] in haetae.toml if it must", domain.name.text())};
    }
    TRY(check_heads(graph, draft));
    auto id = TRY(id_of(graph, draft, given));
    auto labels = TRY(labels_of(graph, draft, given));
    graph::Revision revision{.domain = draft.domain,
                             .id = std::move(id),
                             .depends_on = draft.depends_on,
                             .labels = std::move(labels),
                             .message = draft.message,
                             .created = os::written_time(os::now())};
    for (const Node parent : draft.parents) revision.parents.push_back(graph.at(parent).id);
    const auto changed = TRY(with_revision(workspace, revision, domain));
    const auto from = TRY(revisions::template_of(workspace.settings, domain));
    const auto text = TRY(revisions::revision_text(revision, sql_of(draft, domain, from), domain, from));
    const auto file = TRY(revisions::write_revision(workspace.settings, domain, revision, text));
    const auto next = next_steps(changed, draft);
    const auto path = os::relative_to(os::join(os::absolute(workspace.settings.root), file), os::absolute("."));
    if (!given.json()) return cli::Output{.text = path + "\n", .next = next};
    const auto node = changed.find(draft.domain, revision.id.text());
    BUG_IF(!node, "the new revision is not in the graph that was built with it");
    return cli::Output{.text = report::written_json(outcome::row_of(changed, *node), path), .next = next};
}

}  // namespace haetae::verbs
