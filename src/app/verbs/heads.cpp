// SPDX-License-Identifier: Apache-2.0
// `haetae heads`: the newest revisions of each domain, from the files alone.
#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    std::vector<outcome::RevisionRow> heads;
    for (const auto& domain : workspace.scope.domains) {
        const auto nodes = given.has("--resolve-dependencies") ? workspace.graph.real_heads_of(domain)
                                                               : workspace.graph.heads_of(domain);
        for (const graph::Node node : nodes) heads.push_back(outcome::row_of(workspace.graph, node));
    }
    if (heads.empty()) say_no_revisions(workspace, talk);
    return cli::Output{.text = given.json() ? report::heads_json(heads)
                                            : report::heads_text(heads, given.has("--verbose"))};
}

}  // namespace

extern const cli::Verb heads_verb{
    .name = "heads",
    .group = cli::Group::look,
    .summary = "the newest revisions of each domain",
    .description =
        "Lists the revisions that no other revises. Looks at the files only.\n\n"
        "A head that another revision of its domain depends on is called an effective head: `upgrade head` means it\n"
        "too, but it has no row of its own in the version table.",
    .example = "haetae heads\nhaetae heads -d users --format json",
    .options = {{"--resolve-dependencies", 0, cli::Option::Kind::flag, "", "leave out effective heads"}},
    .run = run,
};

}  // namespace haetae::verbs
