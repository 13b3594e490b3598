// SPDX-License-Identifier: Apache-2.0
// Alembic's language for naming revisions: parsed once, at the edge, into an Address, and resolved against a graph and,
// where an address is relative to it, the rows of the database. docs/reference/revisions-language.md is the language
// as users read it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"

namespace haetae::graph {

/// One address as written: `[domain:][branch@]anchor[+N|-N]`.
struct Address {
    enum class Anchor {
        here,     ///< nothing before the `+N` or `-N`: where the database stands
        name,     ///< an id, the beginning of one, or a label
        head,     ///< the one head
        heads,    ///< all heads
        base,     ///< before everything
        current,  ///< the rows of the database
    };

    std::string text;                     ///< as written, for messages
    std::optional<DomainName> domain{};   ///< `users:…`
    std::optional<std::string> branch{};  ///< `left@…`: a label, an id or the beginning of one
    Anchor anchor = Anchor::name;
    std::string name{};     ///< for Anchor::name
    bool relative = false;  ///< +N or -N stands at its end
    int steps = 0;          ///< that N, negative for -N, counted along parents
    std::string whole{};    ///< name and steps unparsed: a label `v1-2` that exists wins over `v1` -2

    bool operator==(const Address&) const = default;
};

/// A range of `history`: an absent end is open.
struct Range {
    std::optional<Address> from{};
    std::optional<Address> to{};
    bool operator==(const Range&) const = default;
};

/// `domains` are the names that may stand before a colon.
/// Errors: HT0151 not an address; HT0159 a range where one revision is meant.
base::Result<Address> parse_address(std::string_view text, std::span<const DomainName> domains);

/// `A:B`, `A:`, `:B`, `:`; where an end has a domain, `A..B`. Errors: HT0151, HT0159 not a range.
base::Result<Range> parse_range(std::string_view text, std::span<const DomainName> domains);

/// Where addresses are looked up.
struct Where {
    std::vector<DomainName> domains{};           ///< the domains a command means, in dependency order
    std::optional<std::vector<Node>> current{};  ///< the nodes of the version rows; absent: no database was asked
};

/// What an address means.
struct Destination {
    std::vector<Node> nodes{};  ///< sorted; empty = base
    std::vector<DomainName>
        domains{};                 ///< the domains it speaks of; several only for `head`, `heads`, `base`, `current`
    std::optional<Node> branch{};  ///< the revision that `branch@` named
    std::optional<Node> from{};    ///< where a relative address began to count
    bool operator==(const Destination&) const = default;
};

/// Errors: HT0150 unknown; HT0152 ambiguous, with the candidates; HT0153 several heads; HT0154 a relative address walks
/// past the end; HT0155 a fork or merge on its way; HT0156 it could count from several rows; HT0157 unknown branch;
/// HT0158 not in the branch; HT0164 needs the database; HT0168 several domains where one is meant; HT0171 a domain that
/// the command leaves out.
base::Result<Destination> resolve(const Graph& graph, const Address& address, const Where& where);

/// The same, where one revision is meant. Errors: those of `resolve`; HT0153 `heads` that are several; HT0163 `base`.
base::Result<Node> resolve_one(const Graph& graph, const Address& address, const Where& where);

/// The revisions of a range, both ends included, newest first: what stands between the ends, of their domains.
/// Errors: those of `resolve`; HT0170 ends that do not stand on each other.
base::Result<std::vector<Node>> resolve_range(const Graph& graph, const Range& range, const Where& where);

}  // namespace haetae::graph
