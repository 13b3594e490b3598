// SPDX-License-Identifier: Apache-2.0
// The revision files of a project: found, read, their headers parsed, made into a graph; parts on demand.
#pragma once

#include <string>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/revision.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::revisions {

/// Reads every `versions/*.sql` of every domain (other files are ignored) and builds the graph. Files are read in the
/// order of their names, so that nothing depends on the file system. A planned domain's folder may be missing.
/// Errors: HT02xx, with file and place; all that `Graph::build` reports.
base::Result<graph::Graph> load_graph(const settings::Settings& settings);

/// Reads and cuts the file of one revision.
base::Result<Parts> load_parts(const settings::Settings& settings, const graph::Revision& revision);

}  // namespace haetae::revisions
