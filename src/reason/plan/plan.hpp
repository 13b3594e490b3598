// SPDX-License-Identifier: Apache-2.0
// From where the database stands and where it should go to ordered steps. Pure: the version rows and the graph come in,
// steps with the exact changes of the version rows come out.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"

namespace haetae::plan {

/// The rows of each domain's version table, sorted. A domain without rows may be absent.
using VersionRows = std::map<graph::DomainName, std::vector<graph::RevisionId>>;

enum class Direction { up, down };

/// One change of a version table; each must match exactly one row.
struct RowChange {
    enum class Kind { insert, remove, update };
    Kind kind;
    graph::RevisionId from{};  ///< remove, update
    graph::RevisionId to{};    ///< insert, update
    bool operator==(const RowChange&) const = default;
};

struct Step {
    graph::Node node;
    Direction direction;
    std::vector<graph::RevisionId> from{};  ///< rows of the domain before, sorted
    std::vector<graph::RevisionId> to{};    ///< rows after, sorted
    std::vector<RowChange> row_changes{};
};

struct Plan {
    Direction direction = Direction::up;
    std::vector<Step> steps{};
    std::vector<std::string> notes{};  ///< "users: aaaa02 is already applied": why there is nothing to do
};

/// Which domains a command means. `named`: by -d or by where the user stands, so that steps elsewhere need saying.
struct Scope {
    std::vector<graph::DomainName> domains{};  ///< in dependency order
    bool named = false;
};

/// Alembic's meaning of `target` (see docs/reference/revisions-language.md): all ancestors of it, by parents and
/// dependencies, that the rows do not imply. `head`, `heads` mean each domain of the scope; an id, label or relative
/// address must mean one domain. Revisions of other domains that are depended on come along; a note says so where the
/// scope is named.
/// Errors: those of `graph::parse_address`, `graph::resolve` and `applied_nodes`; HT0163 `base`; HT0172 `-N`,
/// `current`.
base::Result<Plan> plan_upgrade(const graph::Graph& graph, const VersionRows& rows, const Scope& scope,
                                std::string_view target);

/// All applied descendants, by parents and dependencies, of what stands above `target`, newest first.
/// Errors: those of `graph::parse_address`, `graph::resolve` and `applied_nodes`; HT0153 several heads; HT0165 the
/// target is not applied; HT0166 the undoing of `branch@…` would take a sibling branch; HT0167 it would take dependents
/// in a domain outside a named scope; HT0172 `+N`, `current`.
base::Result<Plan> plan_downgrade(const graph::Graph& graph, const VersionRows& rows, const Scope& scope,
                                  std::string_view target);

/// The changes that `stamp` makes to one domain's version table.
struct StampChange {
    graph::DomainName domain;
    std::vector<graph::RevisionId> from{};
    std::vector<graph::RevisionId> to{};
    std::vector<RowChange> row_changes{};
};

/// Each target replaces the rows that stand above or below it, in Alembic's way; with `purge` it replaces all rows of
/// the domains that are meant, also those no file has. Domains whose rows stay as they are have no change.
/// Errors: those of `graph::parse_address` and `graph::resolve`; HT0160, HT0162 unless purged; HT0169 targets that
/// stand on each other; HT0172 `+N`, `-N`, `current`.
base::Result<std::vector<StampChange>> plan_stamp(const graph::Graph& graph, const VersionRows& rows,
                                                  const Scope& scope, std::span<const std::string> targets, bool purge);

/// Every node that the rows imply, through parents and dependencies of the same domain, as a sorted list.
/// Errors: HT0160 a row that no file has; HT0161 rows that overlap (one implies the other); HT0162 a row that names a
/// squashed revision from the middle of what was squashed.
base::Result<std::vector<graph::Node>> applied_nodes(const graph::Graph& graph, const VersionRows& rows);

}  // namespace haetae::plan
