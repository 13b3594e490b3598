// SPDX-License-Identifier: Apache-2.0
// One folder after the other, one file after the other: 10,000 small files are read in less time than threads would
// need to be worth it.
#include "revisions/folder.hpp"

#include <fmt/format.h>

#include "os/file.hpp"
#include "os/parallel.hpp"
#include "revisions/header.hpp"
#include "revisions/lines.hpp"

namespace haetae::revisions {

namespace {

bool is_revision_file(const std::string& name) {
    return name.ends_with(".sql") && name.front() != '.';
}

/// A file's beginning with its whole header; all of the file where the header is longer than usual.
base::Result<std::string> read_to_end_of_header(const std::string& path) {
    constexpr std::size_t usual_bytes = 4096;
    auto text = TRY(os::read_beginning(path, usual_bytes));
    if (text.size() < usual_bytes || header_lines(text).is_complete) return text;
    return os::read_file(path, revision_bytes_max);
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
    auto names = TRY(os::list_files(folder));
    std::erase_if(names, [](const std::string& name) { return !is_revision_file(name); });
    auto read = os::map_indexes<base::Result<graph::Revision>>(
        names.size(), [&](std::size_t i) -> base::Result<graph::Revision> {
            const std::string text = TRY(read_to_end_of_header(folder + "/" + names[i]));
            auto revision = TRY(parse_header(text, versions + "/" + names[i]));
            revision.domain = domain.name;
            return revision;
        });
    revisions.reserve(read.size());
    for (auto& revision : read) revisions.push_back(TRY(std::move(revision)));
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
