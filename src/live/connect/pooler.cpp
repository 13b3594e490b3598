// SPDX-License-Identifier: Apache-2.0
// PgBouncer, Supavisor and their like make up the process number of the protocol's BackendKeyData; pg_backend_pid() is
// the server's. Numbers are compared only between sessions of one server, known by the moment it started: behind a
// balancer two servers may show the same number by chance.
#include "connect/pooler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "os/signal.hpp"

namespace haetae::connect {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int rounds_max = 16;  ///< two processes of a pooler on one port (so_reuseport) hide from half of the rounds
constexpr int rounds_min = 4;
constexpr milliseconds rounds_time{2000};  ///< no new round after it, but for the least number
constexpr milliseconds patience{500};      ///< for the first session, before the second gives its process back
constexpr int questions = 3;               ///< to the first session, while the second holds a process

struct Process {
    std::string pid;
    std::string server;  ///< when its server started
};

OnWait deadline(milliseconds limit) {
    return [limit](milliseconds waited) { return waited >= limit || os::interrupted() ? Wait::abandon : Wait::go_on; };
}

base::Error unanswered(const ServerError& error, std::string_view doing) {
    return {.code = "HT0761",
            .sentence = fmt::format("it could not be found out whether the session has a server process of its own: "
                                    "{}, {}",
                                    doing, error.message),
            .hint = "haetae needs two sessions at once; give the pooler room for them, or connect to the server itself",
            .sqlstate = error.sqlstate,
            .database_state = "nothing was changed"};
}

/// One message; the process that answered it.
struct Answer {
    Process process{};
    std::optional<ServerError> error{};
};

Answer ask(Connection& connection, std::string_view before = "") {
    auto outcome = connection.run_script(fmt::format(
        "{}SELECT pg_catalog.pg_backend_pid(), extract(epoch FROM pg_catalog.pg_postmaster_start_time())", before));
    if (outcome.error) return {.error = std::move(outcome.error)};
    const auto& rows = outcome.last_rows;
    if (rows.empty()) return {.error = ServerError{.message = "the answer was empty"}};
    return {.process = {.pid = rows.text(0, 0), .server = rows.text(0, 1)}};
}

/// What two answers prove; nothing where they are as they should be.
std::optional<std::string> difference(const Process& before, const Process& now) {
    if (before.server != now.server) return "one address leads to two servers";
    if (before.pid == now.pid) return std::nullopt;
    return fmt::format("the server process behind one session changed, from process {} to process {}", before.pid,
                       now.pid);
}

bool refuses_blocks(const ServerError& error) {
    return error.message.find("statement pooling") != std::string::npos;
}

/// Asks the first session again while the second holds a process by an open transaction. A first session that has to
/// wait may wait for that very process, so after a while it is given back.
base::Result<std::optional<std::string>> ask_again(Connection& first, Connection& second, const Process& known,
                                                   milliseconds limit) {
    bool is_given_back = false;
    auto before = first.set_on_wait([&, give_up = deadline(limit)](milliseconds waited) {
        if (waited >= patience && !is_given_back) {
            is_given_back = true;
            static_cast<void>(second.run_script("ROLLBACK"));
        }
        return give_up(waited);
    });
    std::optional<std::string> evidence;
    std::optional<ServerError> error;
    for (int i = 0; i < questions && !evidence && !error; ++i) {
        auto again = ask(first);
        error = std::move(again.error);
        if (!error) evidence = difference(known, again.process);
    }
    first.set_on_wait(std::move(before));
    if (error) return unanswered(*error, "the first session got no answer beside a second one");
    return evidence;
}

/// One more session beside the first. The evidence of sharing, or nothing.
base::Result<std::optional<std::string>> round_of(Connection& first, const Process& known, const PoolerProbe& probe) {
    auto second = TRY(probe.open());
    second.set_on_wait(deadline(probe.limit));
    const auto held = ask(second, "BEGIN; ");
    if (held.error && refuses_blocks(*held.error)) {
        return std::optional<std::string>("it refuses transaction blocks (statement pooling)");
    }
    if (held.error) return unanswered(*held.error, "a second session got no answer");
    std::optional<std::string> evidence;
    if (held.process.server == known.server && held.process.pid == known.pid) {
        evidence = fmt::format("two sessions were given the same server process {}", known.pid);
    } else if (held.process.server != known.server) {
        evidence = "one address leads to two servers";
    } else {
        evidence = TRY(ask_again(first, second, known, probe.limit));
    }
    static_cast<void>(second.run_script("ROLLBACK"));  // a session that leaves a transaction open costs its process
    return evidence;
}

}  // namespace

base::Result<pg::PoolingVerdict> probe_pooling(Connection& first, const PoolerProbe& probe) {
    const auto begin = steady_clock::now();
    auto before = first.set_on_wait(deadline(probe.limit));
    const auto known = ask(first);
    first.set_on_wait(std::move(before));
    if (known.error) return unanswered(*known.error, "the session got no answer");
    const bool is_direct = known.process.pid == std::to_string(first.backend_pid());
    if (is_direct && !probe.is_suspected) return pg::PoolingVerdict{};
    for (int round = 0; round < rounds_max; ++round) {
        if (round >= rounds_min && steady_clock::now() - begin > rounds_time) break;
        if (auto evidence = TRY(round_of(first, known.process, probe))) {
            return pg::PoolingVerdict{.pooling = pg::Pooling::shared, .evidence = *std::move(evidence)};
        }
    }
    if (is_direct) return pg::PoolingVerdict{};
    return pg::PoolingVerdict{.pooling = pg::Pooling::session,
                              .evidence = "a pooler stands in between, and each session keeps its server process"};
}

base::Status require_own_process(const pg::PoolingVerdict& verdict, const std::string& remedy) {
    if (verdict.pooling != pg::Pooling::shared) return base::Done{};
    return base::Error{
        .code = "HT0760",
        .sentence = fmt::format("this URL leads through a pooler that deals server processes out by transaction or by "
                                "statement: {}",
                                verdict.evidence),
        .hint = fmt::format("locks and settings of a session mean nothing there: give migrations a URL of the server "
                            "itself, or of a pooler in session mode{}{}\n"
                            "the application may keep this URL",
                            remedy.empty() ? "" : "; ", remedy),
        .database_state = "nothing was changed"};
}

std::vector<AskedSetting> asked_settings(std::string_view options) {
    // As pg_split_opts() and process_postgres_switches() of the server read it: blanks part words, a backslash keeps
    // the sign after it, and a '-' in a name stands for '_'.
    std::vector<std::string> words;
    bool is_inside = false;
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (std::string_view(" \t\n\r\f\v").find(options[i]) != std::string_view::npos) {
            is_inside = false;
            continue;
        }
        if (!is_inside) words.emplace_back();
        is_inside = true;
        if (options[i] == '\\' && i + 1 < options.size()) ++i;
        words.back().push_back(options[i]);
    }
    std::vector<AskedSetting> asked;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = words[i];
        if (word == "-c" && i + 1 < words.size()) {
            word = words[++i];
        } else if (word.starts_with("-c") || word.starts_with("--")) {
            word.erase(0, 2);
        } else {
            continue;
        }
        const auto equal = word.find('=');
        if (equal == std::string::npos) continue;
        std::string name = word.substr(0, equal);
        std::replace(name.begin(), name.end(), '-', '_');
        std::erase_if(asked, [&](const AskedSetting& before) { return before.name == name; });  // the last one counts
        asked.push_back({.name = std::move(name), .value = word.substr(equal + 1)});
    }
    return asked;
}

base::Status require_settings(Connection& connection, const std::vector<AskedSetting>& asked) {
    for (const auto& setting : asked) {
        // pg_settings says who set a value, in whatever unit; settings with a dot, and the role, are not in it.
        const Parameter parameters[] = {setting.name, setting.value};
        const auto rows = TRY(connection.query(
            "SELECT coalesce((SELECT s.source IN ('client', 'session') FROM pg_catalog.pg_settings AS s "
            "WHERE pg_catalog.lower(s.name) = pg_catalog.lower($1)), "
            "CASE WHEN pg_catalog.strpos($1, '.') > 0 OR pg_catalog.lower($1) IN ('role', 'session_authorization') "
            "THEN coalesce(pg_catalog.current_setting($1, true) = $2, false) ELSE true END)",
            parameters));
        if (rows.is_true(0, 0)) continue;
        return base::Error{
            .code = "HT0762",
            .sentence = fmt::format("the URL asks for {}, and what stands between us and the server dropped that",
                                    setting.name),
            .hint = "set it for the role instead (ALTER ROLE … SET), or connect to the server itself",
            .database_state = "nothing was changed"};
    }
    return base::Done{};
}

}  // namespace haetae::connect
