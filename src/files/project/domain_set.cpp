// SPDX-License-Identifier: Apache-2.0
// Whatever is chosen among several is the first by name, so that neither the file system nor the order of the file
// decides.
#include "project/domain_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "os/file.hpp"

namespace haetae::project {

namespace {

using graph::DomainName;
using Entries = std::map<DomainName, DomainEntry>;

base::Error at_place(base::Error error, const base::SourceSpan& place) {
    if (!place.file.empty()) error.span = place;
    return error;
}

base::Status check_inside(const std::string& root, const std::string& folder, const base::SourceSpan& place) {
    const std::string real = os::absolute(os::join(root, folder));
    const auto relative = std::filesystem::path(real).lexically_relative(root);
    if (!relative.empty() && *relative.begin() != "..") return base::Done{};
    return at_place({.code = "HT0311",
                     .sentence = fmt::format("{} leads out of the project, to {}", folder, real),
                     .hint = "keep the folder inside the project, not behind a symbolic link"},
                    place);
}

base::Status add_folders(const std::string& root, const settings::Settings& settings, Entries& entries) {
    const std::string migrations = os::join(root, settings.migrations);
    TRY(check_inside(root, settings.migrations, {}));
    if (!os::is_folder(migrations)) return base::Done{};
    const auto names = TRY(os::list_folder(migrations));
    for (const auto& name : names) {
        if (name.starts_with('.') || !os::is_folder(os::join(os::join(migrations, name), "versions"))) continue;
        if (const auto wrong = settings::wrong_name(name); !wrong.empty()) {
            return base::Error{.code = "HT0306",
                               .sentence = fmt::format("the folder '{}' in {} holds versions/, but its name {}", name,
                                                       settings.migrations, wrong),
                               .hint = "rename it; a domain's name has letters, digits, '_' and '-'"};
        }
        const DomainName domain(name);
        entries.try_emplace(
            domain,
            DomainEntry{.domain = {.name = domain, .folder = {}, .schema = {}, .version_schema = {}}, .place = {}});
    }
    return base::Done{};
}

base::Status check_folder(const std::string& root, const DomainEntry& entry) {
    const settings::Domain& domain = entry.domain;
    TRY(check_inside(root, domain.folder, entry.place));
    const std::string versions = os::join(domain.folder, "versions");
    TRY(check_inside(root, versions, entry.place));
    if (domain.planned || os::is_folder(os::join(root, versions))) return base::Done{};
    return at_place({.code = "HT0310",
                     .sentence = fmt::format("the folder {} of domain '{}' is missing", versions, domain.name.text()),
                     .hint = fmt::format("mkdir -p {}, or write planned = true while the domain does not exist yet",
                                         os::join(root, versions))},
                    entry.place);
}

base::Status check_dependencies(const Entries& entries) {
    for (const auto& [name, entry] : entries) {
        for (const auto& dependency : entry.domain.depends_on) {
            if (entries.contains(dependency)) continue;
            std::string known;
            for (const auto& other : entries) known += (known.empty() ? "" : ", ") + other.first.text();
            return at_place({.code = "HT0307",
                             .sentence = fmt::format("domain '{}' depends on '{}', which does not exist", name.text(),
                                                     dependency.text()),
                             .hint = fmt::format("the domains are: {}", known)},
                            entry.depends_on_place.value_or(entry.place));
        }
    }
    return base::Done{};
}

base::Status check_version_tables(const Entries& entries) {
    std::map<std::pair<std::string, std::string>, DomainName> owners;
    for (const auto& [name, entry] : entries) {
        const settings::Domain& domain = entry.domain;
        const auto [owner, fresh] = owners.try_emplace({domain.version_schema, domain.version_table}, name);
        if (fresh) continue;
        return at_place(
            {.code = "HT0309",
             .sentence = fmt::format("the domains '{}' and '{}' share the version table {}.{}", owner->second.text(),
                                     name.text(), domain.version_schema, domain.version_table),
             .hint = "give one of them a version_table or a version_schema of its own"},
            entry.place);
    }
    return base::Done{};
}

/// A circle among `waiting`, each of which depends on another of them: "a -> b -> a".
std::string name_cycle(const std::set<DomainName>& waiting, const Entries& entries) {
    std::vector<DomainName> path{*waiting.begin()};
    while (true) {
        const auto& needed = entries.at(path.back()).domain.depends_on;
        const auto next =
            std::find_if(needed.begin(), needed.end(), [&](const auto& n) { return waiting.contains(n); });
        BUG_IF(next == needed.end(), "a domain waits for none of those that wait");
        const auto seen = std::find(path.begin(), path.end(), *next);
        const bool closed = seen != path.end();
        const auto begin = seen - path.begin();
        path.push_back(*next);
        if (!closed) continue;
        std::string text;
        for (auto name = path.begin() + begin; name != path.end(); ++name) {
            text += (text.empty() ? "" : " -> ") + name->text();
        }
        return text;
    }
}

/// Always the first by name of those whose dependencies have been placed.
base::Result<std::vector<settings::Domain>> ordered(const Entries& entries) {
    std::set<DomainName> waiting;
    for (const auto& entry : entries) waiting.insert(entry.first);
    std::vector<settings::Domain> order;
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const DomainName& name) {
            const auto& needed = entries.at(name).domain.depends_on;
            return std::none_of(needed.begin(), needed.end(), [&](const auto& n) { return waiting.contains(n); });
        });
        if (ready == waiting.end()) {
            const std::string cycle = name_cycle(waiting, entries);
            const auto& first = entries.at(DomainName(cycle.substr(0, cycle.find(" -> "))));
            return at_place(
                {.code = "HT0308",
                 .sentence = fmt::format("the domains depend on each other in a circle: {}", cycle),
                 .hint = "remove one of these depends_on; a revision may still say `Depends on: domain:id`"},
                first.depends_on_place.value_or(first.place));
        }
        order.push_back(entries.at(*ready).domain);
        waiting.erase(ready);
    }
    return order;
}

}  // namespace

base::Result<settings::Settings> settle_domains(const std::string& root, ConfigFile config) {
    settings::Settings settings = std::move(config.settings);
    settings.root = root;
    Entries entries;
    for (auto& entry : config.domains) {
        const DomainName name = entry.domain.name;
        entries.emplace(name, std::move(entry));
    }
    TRY(add_folders(root, settings, entries));
    for (auto& [name, entry] : entries) {
        settings::Domain& domain = entry.domain;
        domain.folder = os::join(settings.migrations, name.text());
        if (domain.schema.empty()) domain.schema = name.text();
        if (domain.version_schema.empty()) domain.version_schema = domain.schema;
        TRY(check_folder(root, entry));
    }
    TRY(check_dependencies(entries));
    TRY(check_version_tables(entries));
    settings.domains = TRY(ordered(entries));
    return settings;
}

}  // namespace haetae::project
