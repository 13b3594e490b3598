// SPDX-License-Identifier: Apache-2.0
// What upgrade, downgrade and stamp share: a target read for a scope, refusing the addresses that are none.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/address.hpp"
#include "plan/plan.hpp"

namespace haetae::plan {

struct Target {
    graph::Address address;
    graph::Destination destination;

    /// `base`, or steps down that end there; not `head` of a domain without revisions.
    [[nodiscard]] bool is_base() const {
        return destination.nodes.empty() && (address.anchor == graph::Address::Anchor::base || destination.from);
    }
};

/// Where a bare +N or -N may lead.
enum class BareSteps { up, down, none };

/// `current` are the nodes of the rows.
/// Errors: those of `graph::parse_address` and `graph::resolve`; HT0172 `current`, or a bare count of steps that does
/// not lead in the `allowed` direction.
base::Result<Target> read_target(const graph::Graph& graph, const Scope& scope, std::string_view text,
                                 BareSteps allowed, std::vector<graph::Node> current);

}  // namespace haetae::plan
