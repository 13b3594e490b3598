// SPDX-License-Identifier: Apache-2.0
// `haetae demo`: the main job on an example project and a throw-away server, so that a newcomer sees it before reading
// anything. It calls the same verbs a user would, and shows the command line before each one's output.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "os/file.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/cluster.hpp"
#include "verbs/demo_project.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

struct Scene {
    std::string_view verb;
    std::vector<std::string> arguments;
    std::string_view explanation;
};

const Scene scenes[] = {
    {"status", {}, "Three domains, each with its own schema, its own folder of revisions and its own version table."},
    {"upgrade", {"head"}, "All of them, in dependency order; each revision in one transaction with its version row."},
    {"current", {}, "Where each domain stands now."},
    {"history", {}, "Newest first."},
    {"graph", {}, "Branches, merges, and the edges that cross domains."},
    {"upgrade", {"head"}, "Again: there is nothing to do, and it says so."},
    {"downgrade", {"base"}, "Everything undone: dependents first."},
    {"status", {}, "Back where it began."},
};

base::Status write_project(const std::string& folder) {
    for (const auto& file : demo_project()) {
        const auto path = os::join(folder, file.path);
        TRY(os::make_folder(path.substr(0, path.rfind('/'))));
        TRY(os::write_file(path, file.text));
    }
    return base::Done{};
}

/// Every line of both streams goes into one text, in the order a terminal would show it.
base::Status play(const Scene& scene, const std::string& url, std::string& text) {
    const auto verbs = verb_list();
    const auto verb =
        std::find_if(verbs.begin(), verbs.end(), [&](const cli::Verb* v) { return v->name == scene.verb; });
    BUG_IF(verb == verbs.end(), "the demo plays a verb that does not exist");
    std::string line = std::string(scene.verb);
    for (const auto& argument : scene.arguments) line += " " + argument;
    text += fmt::format("\n# {}\n$ haetae {}\n", scene.explanation, line);

    cli::Given given;
    given.options["--url"] = {url};
    given.arguments = scene.arguments;
    cli::Talk talk({}, [&text](std::string_view said) { text += said; });
    const auto output = TRY((*verb)->run(given, talk));
    text += output.text;
    for (const auto& next : output.next) text += next + "\n";
    return base::Done{};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    if (const auto keep = given.value("--keep")) {
        if (os::is_folder(*keep) || os::is_file(*keep)) {
            return base::Error{.code = "HT0141",
                               .sentence = *keep + " exists already",
                               .hint = "name a folder that does not exist; nothing was written"};
        }
        TRY(write_project(*keep));
    }
    auto folder = TRY(os::TempDir::make());
    TRY(write_project(folder.path()));
    talk.line("starting a throw-away PostgreSQL");
    auto cluster = TRY(sandbox::Cluster::start());

    const auto before = os::absolute(".");
    BUG_IF(::chdir(folder.path().c_str()) != 0, "a folder that was just made cannot be entered");
    std::string text;
    auto status = base::Status(base::Done{});
    for (const auto& scene : scenes) {
        status = play(scene, cluster.url_text(), text);
        if (!status) break;
    }
    const bool is_back = ::chdir(before.c_str()) == 0;
    if (!status) return std::move(status).error();
    if (!is_back) talk.warning("the working folder is gone");
    text +=
        "\n# What to try next, in an empty folder of your own:\n"
        "$ haetae init\n"
        "$ haetae revision -m \"create accounts\"     then write its SQL\n"
        "$ haetae upgrade head                      on the project's own PostgreSQL, without any set-up\n"
        "$ haetae --help\n";
    return cli::Output{.text = std::move(text)};
}

}  // namespace

extern const cli::Verb demo_verb{
    .name = "demo",
    .group = cli::Group::help,
    .summary = "the main job on an example project and a throw-away PostgreSQL",
    .description =
        "Writes an example project of three domains into a temporary folder, starts a throw-away PostgreSQL from\n"
        "the server programs of this machine, and runs the main job there. Nothing stays behind.",
    .example = "haetae demo\nhaetae demo --keep my-example",
    .options = {{"--keep", 0, cli::Option::Kind::value, "DIR", "also write the example project there, to play with"}},
    .run = run,
};

}  // namespace haetae::verbs
