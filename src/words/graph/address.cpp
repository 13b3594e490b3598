// SPDX-License-Identifier: Apache-2.0
// The text of an address, taken apart. A relative suffix is read from the right, so that ids with dots and labels with
// dashes keep working; whatever remains unread is an error, where Alembic ignores it.
#include "graph/address.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace haetae::graph {

namespace {

using base::Error;

Error not_an_address(std::string_view text, std::string_view why, std::string hint) {
    return Error{.code = "HT0151",
                 .sentence = fmt::format("'{}' does not name a revision: {}", text, why),
                 .hint = std::move(hint)};
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "left@head" without its domain: the domain's length, or 0 where the text has none.
std::size_t domain_length(std::string_view text, std::span<const DomainName> domains) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return 0;
    const auto is_name = [&](const DomainName& domain) { return domain.text() == text.substr(0, colon); };
    return std::any_of(domains.begin(), domains.end(), is_name) ? colon : 0;
}

/// Takes "+2" or "-2" off the end of `rest`. Steps beyond what any repository holds all mean "too many".
int take_steps(std::string_view& rest) {
    constexpr std::size_t digits_max = 9;
    constexpr int too_many = 1'000'000'000;
    const auto sign = rest.find_last_of("+-");
    if (sign == std::string_view::npos) return 0;
    const auto digits = rest.substr(sign + 1);
    if (!is_digits(digits)) return 0;
    int count = 0;
    for (const char digit : digits.substr(0, digits_max)) count = count * 10 + (digit - '0');
    if (digits.size() > digits_max) count = too_many;
    const bool down = rest[sign] == '-';
    rest = rest.substr(0, sign);
    return down ? -count : count;
}

Address::Anchor anchor_of(std::string_view word) {
    if (word.empty()) return Address::Anchor::here;
    if (word == "head") return Address::Anchor::head;
    if (word == "heads") return Address::Anchor::heads;
    if (word == "base") return Address::Anchor::base;
    if (word == "current") return Address::Anchor::current;
    return Address::Anchor::name;
}

constexpr const char* examples = "write an id, the beginning of one, head, base, +1, -1, ID-1 or branch@head";

}  // namespace

base::Result<Address> parse_address(std::string_view text, std::span<const DomainName> domains) {
    if (text.empty()) return not_an_address(text, "it is empty", examples);
    Address address{.text = std::string(text)};
    std::string_view rest = text;
    if (const auto length = domain_length(text, domains); length > 0) {
        address.domain = DomainName(std::string(text.substr(0, length)));
        rest.remove_prefix(length + 1);
    }
    if (rest.find(':') != std::string_view::npos || rest.find("..") != std::string_view::npos) {
        const auto colon = rest.find(':');
        return Error{.code = "HT0159",
                     .sentence = fmt::format("'{}' is a range, and one revision is meant here", text),
                     .hint = colon == std::string_view::npos
                                 ? "ranges are for `history -r`"
                                 : fmt::format("ranges are for `history -r`; and there is no domain named '{}' here",
                                               rest.substr(0, colon))};
    }
    if (const auto sign = rest.find('@'); sign != std::string_view::npos) {
        address.branch = std::string(rest.substr(0, sign));
        rest.remove_prefix(sign + 1);
        if (address.branch->empty()) return not_an_address(text, "no branch stands before the '@'", examples);
        if (rest.empty()) {
            return not_an_address(text, "nothing stands after the '@'",
                                  fmt::format("write {0}@head, {0}@base, {0}@+1 or {0}@ID", *address.branch));
        }
        if (rest.find('@') != std::string_view::npos) return not_an_address(text, "it has two '@'", examples);
    }
    if (rest.empty()) return not_an_address(text, "nothing stands after the domain", examples);

    const std::string_view whole = rest;
    address.steps = take_steps(rest);
    address.relative = rest.size() != whole.size();
    if (rest.find('+') != std::string_view::npos || rest.starts_with('-')) {
        return not_an_address(text, "a count of steps must end it, once",
                              "write ID+1 or ID-2, nothing after the number");
    }
    address.anchor = anchor_of(rest);
    if (address.anchor == Address::Anchor::here && address.steps == 0) {
        return not_an_address(text, "no steps lead nowhere", "write +1, or -1, or more");
    }
    if (address.anchor == Address::Anchor::name) {
        address.name = std::string(rest);
        if (address.relative) address.whole = std::string(whole);
    }
    return address;
}

base::Result<Range> parse_range(std::string_view text, std::span<const DomainName> domains) {
    const auto no_range = [&](std::string_view why, std::string hint) {
        return Error{
            .code = "HT0159", .sentence = fmt::format("'{}' is not a range: {}", text, why), .hint = std::move(hint)};
    };
    std::string_view from = text;
    std::string_view to;
    if (const auto dots = text.find(".."); dots != std::string_view::npos) {
        from = text.substr(0, dots);
        to = text.substr(dots + 2);
        if (to.find("..") != std::string_view::npos) return no_range("it has more than two ends", "write A..B");
    } else {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) {
            return no_range("it has one end",
                            fmt::format("write {0}:{0} for one revision, {0}: or :{0} for more", text));
        }
        if (domain_length(text, domains) > 0) {
            return no_range(fmt::format("{} is a domain, so the colon belongs to it", text.substr(0, colon)),
                            fmt::format("write {}.. or another second end after the dots", text));
        }
        from = text.substr(0, colon);
        to = text.substr(colon + 1);
        if (to.find(':') != std::string_view::npos) {
            return no_range("it has more than one colon", "write A:B; with domains, domain:A..domain:B");
        }
    }
    Range range;
    if (!from.empty()) range.from = TRY(parse_address(from, domains));
    if (!to.empty()) range.to = TRY(parse_address(to, domains));
    return range;
}

}  // namespace haetae::graph
