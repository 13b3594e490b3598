// SPDX-License-Identifier: Apache-2.0
// `haetae domain add NAME`: the folder of a new domain, and its entry in haetae.toml.
#include <fmt/format.h>

#include "os/file.hpp"
#include "project/project_file.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

constexpr std::size_t project_file_bytes_max = std::size_t{1024} * 1024;

base::Status check_is_new(const settings::Settings& settings, const project::NewDomain& domain) {
    if (settings.find_domain(domain.name) != nullptr) {
        return base::Error{.code = "HT0124",
                           .sentence = fmt::format("there is a domain {} already", domain.name.text()),
                           .hint = fmt::format("its folder is {}", settings.find_domain(domain.name)->folder)};
    }
    for (const auto& needed : domain.depends_on) {
        if (settings.find_domain(needed) != nullptr) continue;
        return unknown_domain(settings, needed.text());
    }
    return base::Done{};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto project = TRY(open_project(given, talk));
    const auto& settings = project.settings;
    project::NewDomain domain{.name = graph::DomainName(*given.argument(0)), .schema = given.value("--schema")};
    for (const auto& name : given.values("--depends-on")) domain.depends_on.emplace_back(name);
    TRY(check_is_new(settings, domain));

    const auto file = os::join(settings.root, project::project_file_name);
    const auto before = TRY(os::read_file(file, project_file_bytes_max));
    const auto after = TRY(project::with_domain(before, domain));
    const auto versions = fmt::format("{}/{}/versions", settings.migrations, domain.name.text());
    TRY(os::make_folder(os::join(settings.root, versions)));
    TRY(os::write_file(file, after));
    if (auto reread = project::open_project(settings.root); !reread) {
        // What the whole project refuses (a version table in use, a schema's name) is known only now.
        TRY(os::write_file(file, before));
        return std::move(reread).error();
    }
    talk.line("wrote " + versions + "/");
    talk.line(fmt::format("added [domain.{}] to {}", domain.name.text(), project::project_file_name));
    talk.line(fmt::format("next: `haetae revision -d {} -m TEXT` writes its first revision", domain.name.text()));
    return cli::Output{};
}

}  // namespace

extern const cli::Verb domain_add_verb{
    .name = "domain add",
    .group = cli::Group::author,
    .summary = "a new domain: its folder and its entry in haetae.toml",
    .description =
        "Makes the folder of a new domain and adds an entry for it to haetae.toml; the rest of that file stays as it\n"
        "is. A domain has its own revisions, its own version table, and a schema of its name unless `--schema` says\n"
        "otherwise. Domains that it has foreign keys into are named with `--depends-on`: they are upgraded first.",
    .example = "haetae domain add character --depends-on users",
    .arguments = {{"NAME", "the name of the domain", 1, 1}},
    .options = {{"--schema", 0, cli::Option::Kind::value, "SCHEMA", "where its objects live (default: its name)"},
                {"--depends-on", 0, cli::Option::Kind::repeated, "DOMAIN", "a domain that is upgraded before it"}},
    .run = run,
};

}  // namespace haetae::verbs
