// SPDX-License-Identifier: Apache-2.0
// A connection without encryption is judged by where it leads: this machine, or over a network.
#include "checkup/way.hpp"

#include <fmt/format.h>

namespace haetae::checkup {

namespace {

using outcome::CheckLine;
using enum CheckLine::State;

CheckLine pooler_line(const WayFacts& facts) {
    if (!facts.pooling) {
        return {.state = failure,
                .topic = "pooler",
                .text = facts.why_not,
                .remedy = "haetae needs two sessions at once: give the pooler room, or connect to the server itself"};
    }
    const auto& verdict = *facts.pooling;
    CheckLine line{.topic = "pooler", .text = pg::words_of(verdict.pooling)};
    if (!verdict.evidence.empty()) line.text += ": " + verdict.evidence;
    if (verdict.pooling == pg::Pooling::shared) {
        line.state = failure;
        line.remedy = "give migrations a URL of the server itself, or of a pooler in session mode";
    }
    return line;
}

bool is_this_machine(const pg::ConnectionUrl& url) {
    const auto host = url.value("hostaddr").empty() ? url.value("host") : url.value("hostaddr");
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

CheckLine encryption_line(const WayFacts& facts, const pg::ConnectionUrl& url) {
    if (!facts.encryption.empty()) return {.topic = "encryption", .text = facts.encryption};
    if (facts.is_local) return {.topic = "encryption", .text = "none, over a unix socket"};
    if (is_this_machine(url)) return {.topic = "encryption", .text = "none, on this machine"};
    return {.state = warning,
            .topic = "encryption",
            .text = "none: passwords and rows can be read on the way",
            .remedy =
                "sslmode=verify-full in the URL, with the server's certificate in sslrootcert; at least "
                "sslmode=require"};
}

}  // namespace

Lines judge_way(const WayFacts& facts, const pg::ConnectionUrl& url) {
    return {pooler_line(facts), encryption_line(facts, url)};
}

Lines judge_host(const pg::ConnectionUrl& url) {
    const auto host = url.value("host");
    const bool is_direct = host.starts_with("db.") && host.ends_with(".supabase.co");
    if (!is_direct || !url.value("hostaddr").empty()) return {};
    return {{.state = warning,
             .topic = "host",
             .text = fmt::format("{} has an IPv6 address only, unless the project has bought an IPv4 one", host),
             .remedy = "where there is no IPv6 (GitHub's runners), take the session pooler: "
                       "*.pooler.supabase.com, port 5432"}};
}

}  // namespace haetae::checkup
