// SPDX-License-Identifier: Apache-2.0
// `haetae revision -m TEXT`: a new revision file, as Alembic's verb of that name writes one.
#include <fmt/format.h>

#include "graph/address.hpp"
#include "graph/naming.hpp"
#include "sql/splitter.hpp"
#include "verbs/new_revision.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

using base::Error;
using graph::Node;
using Anchor = graph::Address::Anchor;

bool is_plain(const graph::Address& address, Anchor anchor) {
    return address.anchor == anchor && !address.branch && address.steps == 0;
}

/// The domain that --head names where it does, else the one of the scope.
base::Result<graph::DomainName> domain_meant(const Workspace& workspace, const std::optional<graph::Address>& head) {
    if (workspace.scope.domains.size() > 1 && head) {
        if (head->domain) return *head->domain;
        if (head->anchor == Anchor::name || head->branch) {
            const Node node = TRY(graph::resolve_one(workspace.graph, *head, {.domains = workspace.scope.domains}));
            return workspace.graph.at(node).domain;
        }
    }
    return one_domain(workspace);
}

base::Result<std::vector<Node>> parents_meant(const graph::Graph& graph, const graph::DomainName& domain,
                                              const std::optional<graph::Address>& head) {
    if (head && is_plain(*head, Anchor::base)) return std::vector<Node>{};
    const auto heads = graph.heads_of(domain);
    const bool means_the_head = !head || is_plain(*head, Anchor::head);
    if (means_the_head && heads.size() > 1) {
        return Error{.code = "HT0116",
                     .sentence = fmt::format("domain {} has {} heads, and a revision follows one: {}", domain.text(),
                                             heads.size(), graph::names_of(graph, heads)),
                     .hint = fmt::format("say which: --head {}; or join them: `haetae merge heads -d {}`",
                                         graph.at(heads.front()).id.text(), domain.text())};
    }
    if (means_the_head) return heads;
    return std::vector<Node>{TRY(graph::resolve_one(graph, *head, {.domains = {domain}}))};
}

/// A `--depends-on` as it will stand in the file: the whole id, with its domain where that is another.
base::Result<graph::DependencyRef> dependency_meant(const graph::Graph& graph, const graph::DomainName& domain,
                                                    const std::string& text) {
    const auto address = TRY(graph::parse_address(text, graph.domains()));
    const Node node = TRY(graph::resolve_one(graph, address, {.domains = {address.domain ? *address.domain : domain}}));
    const auto& revision = graph.at(node);
    graph::DependencyRef reference{.name = revision.id.text()};
    if (revision.domain != domain) reference.domain = revision.domain;
    return reference;
}

/// SQL from the command line, its last statement ended as the others are. Errors: all of sql::scan.
base::Result<std::string> sql_given(const cli::Given& given, const char* option) {
    auto text = given.value(option).value_or("");
    const auto scan = TRY(sql::scan(text, option));
    if (scan.statements.empty()) return text;
    const auto end = scan.statements.back().end;
    if (text.find(';', end) == std::string::npos) text.insert(end, ";");
    return text;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto message = given.value("--message");
    if (!message) {
        return Error{.code = "HT0115",
                     .sentence = "a revision needs a message",
                     .hint = "for example: haetae revision -m \"create accounts\""};
    }
    std::optional<graph::Address> head;
    if (const auto text = given.value("--head")) head = TRY(graph::parse_address(*text, workspace.graph.domains()));
    const auto domain = TRY(domain_meant(workspace, head));
    Draft draft{.domain = domain, .message = *message, .splice = given.has("--splice")};
    draft.parents = TRY(parents_meant(workspace.graph, domain, head));
    draft.sql.up = TRY(sql_given(given, "--up-sql"));
    draft.sql.down = TRY(sql_given(given, "--down-sql"));
    for (const auto& text : given.values("--depends-on")) {
        draft.depends_on.push_back(TRY(dependency_meant(workspace.graph, domain, text)));
    }
    return write_new_revision(workspace, draft, given);
}

std::vector<cli::Option> options() {
    using Kind = cli::Option::Kind;
    auto all = options_of_new_revisions();
    all.insert(all.begin() + 1,
               {{"--head", 0, Kind::value, "REV", "the revision that it follows (default: head); base: a new root"},
                {"--depends-on", 0, Kind::repeated, "REV",
                 "a revision that must be applied first; of another domain as users:ID"},
                {"--up-sql", 0, Kind::value, "SQL", "what it does"},
                {"--down-sql", 0, Kind::value, "SQL", "what undoes it"}});
    return all;
}

}  // namespace

extern const cli::Verb revision_verb{
    .name = "revision",
    .group = cli::Group::author,
    .summary = "write a new revision file",
    .description =
        "Writes a file that follows the head of its domain, from the domain's template.sql where it has one, and\n"
        "prints its path. Everything is checked before anything is written: ids and labels that are taken, a parent\n"
        "that is not a head.\n\n"
        "The domain is the one whose folder you stand in, the one that `-d` or `--head` names, or the only one.",
    .example =
        "haetae revision -m \"create accounts\"\n"
        "haetae revision -d users -m \"add email\" --up-sql \"ALTER TABLE users.accounts ADD COLUMN email text\"\n"
        "haetae revision -m \"grades\" --head 9f3c --splice --branch-label grades --depends-on users:77aa",
    .options = options(),
    .run = run,
};

}  // namespace haetae::verbs
