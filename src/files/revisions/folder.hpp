// SPDX-License-Identifier: Apache-2.0
// The revision files of a project: found, read, their headers parsed, made into a graph; parts on demand.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/revision.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::revisions {

/// Larger files are refused (HT0902).
inline constexpr std::size_t revision_bytes_max = std::size_t{16} * 1024 * 1024;

/// The headers of every `versions/*.sql` of one domain, in the order of the file names. Hidden files, folders and
/// other endings are ignored; a missing `versions` is no revisions. A planned domain's folder may be missing.
/// Errors: HT0230 the domain's folder is missing; HT0200…HT0205, with file and place; HT0901, HT0902.
base::Result<std::vector<graph::Revision>> read_headers(const settings::Settings& settings,
                                                        const settings::Domain& domain);

/// read_headers of every domain, and the graph of them all. Errors: also all that `Graph::build` reports.
base::Result<graph::Graph> load_graph(const settings::Settings& settings);

/// Reads and cuts the file of one revision. Errors: HT0901, HT0902, all of cut_parts; HT0231 the file holds another
/// revision by now.
base::Result<Parts> load_parts(const settings::Settings& settings, const graph::Revision& revision);

}  // namespace haetae::revisions
