// SPDX-License-Identifier: Apache-2.0
// A bare +N leads up and a bare -N down; the wrong one is a slip of the finger that must not look like success.
#include "plan/target.hpp"

#include <fmt/format.h>

#include <utility>

namespace haetae::plan {

namespace {

using Anchor = graph::Address::Anchor;

std::string_view fault(const graph::Address& address, BareSteps allowed) {
    if (address.anchor == Anchor::current) return "`current` is where the database stands already";
    if (address.anchor != Anchor::here) return {};
    switch (allowed) {
        case BareSteps::up:
            return address.steps < 0 ? "upgrade goes up, and -N counts down" : "";
        case BareSteps::down:
            return address.steps > 0 ? "downgrade goes down, and +N counts up" : "";
        case BareSteps::none:
            return "stamp goes to a revision that is named, not by steps from here";
    }
    return {};
}

}  // namespace

base::Result<Target> read_target(const graph::Graph& graph, const Scope& scope, std::string_view text,
                                 BareSteps allowed, std::vector<graph::Node> current) {
    auto address = TRY(graph::parse_address(text, graph.domains()));
    if (const auto why = fault(address, allowed); !why.empty()) {
        return base::Error{.code = "HT0172",
                           .sentence = fmt::format("'{}' is no target here: {}", text, why),
                           .hint = allowed == BareSteps::up     ? "name a revision, head, heads or +N"
                                   : allowed == BareSteps::down ? "name a revision, base or -N"
                                                                : "name a revision, head, heads or base"};
    }
    auto destination = TRY(graph::resolve(graph, address, {.domains = scope.domains, .current = std::move(current)}));
    return Target{std::move(address), std::move(destination)};
}

}  // namespace haetae::plan
