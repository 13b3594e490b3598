// SPDX-License-Identifier: Apache-2.0
// One folder after the other, one file after the other: 10,000 small files are read in less time than threads would
// need to be worth it.
#include "revisions/folder.hpp"

#include <fmt/format.h>

#include "os/file.hpp"
#include "revisions/header.hpp"

namespace haetae::revisions {

namespace {

bool is_revision_file(const std::string& name) {
    return name.ends_with(".sql") && name.front() != '.';
}

}  // namespace

base::Result<std::vector<graph::Revision>> read_headers(const settings::Settings& settings,
                                                        const settings::Domain& domain) {
    std::vector<graph::Revision> revisions;
    if (!os::is_folder(os::join(settings.root, domain.folder))) {
        if (domain.planned) return revisions;
        return base::Error{
            .code = "HT0230",
            .sentence = fmt::format("the folder {} of the domain '{}' is missing", domain.folder, domain.name.text()),
            .hint = "create it, or write planned = true in its section of haetae.toml"};
    }
    const std::string versions = os::join(domain.folder, "versions");
    const std::string folder = os::join(settings.root, versions);
    if (!os::is_folder(folder)) return revisions;
    for (const auto& name : TRY(os::list_folder(folder))) {
        const std::string path = os::join(folder, name);
        if (!is_revision_file(name) || os::is_folder(path)) continue;
        const std::string text = TRY(os::read_file(path, revision_bytes_max));
        auto revision = TRY(parse_header(text, os::join(versions, name)));
        revision.domain = domain.name;
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

base::Result<graph::Graph> load_graph(const settings::Settings& settings) {
    std::vector<graph::Revision> revisions;
    std::vector<graph::DomainName> domains;
    for (const auto& domain : settings.domains) {
        auto of_domain = TRY(read_headers(settings, domain));
        revisions.insert(revisions.end(), std::make_move_iterator(of_domain.begin()),
                         std::make_move_iterator(of_domain.end()));
        domains.push_back(domain.name);
    }
    return graph::Graph::build(std::move(revisions), std::move(domains));
}

base::Result<Parts> load_parts(const settings::Settings& settings, const graph::Revision& revision) {
    const std::string text = TRY(os::read_file(os::join(settings.root, revision.file), revision_bytes_max));
    const auto header = TRY(parse_header(text, revision.file));
    if (header.id != revision.id) {
        return base::Error{.code = "HT0231",
                           .sentence = fmt::format("{} held revision {} a moment ago and now holds {}", revision.file,
                                                   revision.id.text(), header.id.text()),
                           .hint = "run the command again"};
    }
    return cut_parts(text, revision.file);
}

}  // namespace haetae::revisions
