// SPDX-License-Identifier: Apache-2.0
// `haetae init`: an empty folder becomes a project with its first domain.
#include <fmt/format.h>

#include "os/file.hpp"
#include "project/project_file.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

constexpr std::string_view migrations_folder = "migrations";

/// Refuses a folder that lies in a project.
base::Status check_no_project() {
    const auto existing = project::open_project(".");
    if (!existing && existing.error().code == "HT0301") return base::Done{};
    // A project whose file does not read is one all the same; its own message says what is wrong.
    if (!existing) return existing.error();
    return base::Error{.code = "HT0123",
                       .sentence = fmt::format("this folder belongs to a project already: {}",
                                               os::join(existing->settings.root, project::project_file_name)),
                       .hint = "`haetae domain add NAME` adds a domain to it"};
}

/// Folders of `migrations` that are domains by themselves.
base::Result<std::vector<std::string>> domains_on_disk() {
    std::vector<std::string> names;
    const std::string folder(migrations_folder);
    if (!os::is_folder(folder)) return names;
    for (const auto& name : TRY(os::list_folder(folder))) {
        if (os::is_folder(os::join(os::join(folder, name), "versions"))) names.push_back(name);
    }
    return names;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    TRY(check_no_project());
    const auto found = TRY(domains_on_disk());
    const bool makes_domain = given.argument(0) || given.has("--schema") || found.empty();
    const auto name = given.argument(0).value_or("app");
    const auto versions = fmt::format("{}/{}/versions", migrations_folder, name);
    std::string text = project::fresh_project_file();
    if (makes_domain) {
        text = TRY(project::with_domain(text, {.name = graph::DomainName(name), .schema = given.value("--schema")}));
        TRY(os::make_folder(versions));
    }
    TRY(os::write_file(std::string(project::project_file_name), text));
    TRY(project::open_project("."));
    talk.line(fmt::format("wrote {}", project::project_file_name));
    if (!makes_domain) {
        for (const auto& domain : found) talk.line(fmt::format("found {}/{}", migrations_folder, domain));
        talk.line(fmt::format("next: `haetae history` shows their revisions, `haetae revision -d {} -m TEXT` adds one",
                              found.front()));
        return cli::Output{};
    }
    talk.line(fmt::format("wrote {}/", versions));
    talk.line(fmt::format("next: `haetae revision{} -m \"create accounts\"` writes the first revision of {}",
                          found.empty() ? "" : " -d " + name, name));
    return cli::Output{};
}

}  // namespace

extern const cli::Verb init_verb{
    .name = "init",
    .group = cli::Group::author,
    .summary = "make this folder a project, with its first domain",
    .description =
        "Writes haetae.toml, and the folder of the first domain: `app`, unless another name is given. Folders\n"
        "`migrations/*/versions` that exist already are domains as they are, and then no new one is made.\n\n"
        "A domain's objects live in a schema of its name, unless `--schema` says otherwise. No database is needed.",
    .example = "haetae init\nhaetae init users\nhaetae init shop --schema public",
    .arguments = {{"DOMAIN", "the first domain (default: app)", 0, 1}},
    .options = {{"--schema", 0, cli::Option::Kind::value, "SCHEMA", "where the domain's objects live"}},
    .run = run,
};

}  // namespace haetae::verbs
