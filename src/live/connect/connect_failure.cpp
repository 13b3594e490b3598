// SPDX-License-Identifier: Apache-2.0
// PQERRORS_VERBOSE writes "FATAL:  28P01: text" and "LOCATION:  routine, file.c:1"; words may be translated, the
// SQLSTATE and the routine never are (PostgreSQL manual, "Error Message Fields").
#include "connect/connect_failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "pg/connection_url.hpp"

namespace haetae::connect {

namespace {

bool is_sqlstate(std::string_view text) {
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isdigit(c) != 0 || (c >= 'A' && c <= 'Z');
           });
}

// The offset of "28P01: " after "FATAL:  "; npos where the server said nothing.
std::size_t sqlstate_offset(std::string_view message) {
    for (std::size_t at = message.find(":  "); at != std::string_view::npos; at = message.find(":  ", at + 1)) {
        const auto rest = message.substr(at + 3);
        if (rest.size() > 7 && is_sqlstate(rest.substr(0, 5)) && rest.substr(5, 2) == ": ") return at + 3;
    }
    return std::string_view::npos;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// "LOCATION:  auth_failed, auth.c:334", whatever the word before it is in the server's language.
bool is_location(std::string_view line) {
    const auto begin = line.find(":  ");
    const auto comma = line.find(", ", begin);
    const auto file = line.rfind(".c:");
    if (begin == std::string_view::npos || comma == std::string_view::npos || file == std::string_view::npos)
        return false;
    const auto routine = line.substr(begin + 3, comma - begin - 3);
    const auto number = line.substr(file + 3);
    return !routine.empty() && routine.find(' ') == std::string_view::npos && file > comma && !number.empty() &&
           std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

struct Verdict {
    const char* code;
    const char* hint;
};

Verdict by_sqlstate(std::string_view sqlstate, std::string_view message) {
    if (sqlstate == "28P01") return {"HT0411", "check the user and the password of the URL"};
    if (sqlstate == "3D000") return {"HT0412", "create the database, or correct its name in the URL"};
    if (sqlstate == "53300") {
        return {"HT0413", "close connections, or raise max_connections or the limit of the role or database"};
    }
    if (sqlstate == "28000" && holds(message, "InitializeSessionUserId")) {
        return {"HT0412", "create the role with LOGIN, or correct the user of the URL"};
    }
    // ClientAuthentication speaks where pg_hba.conf has no line for us; auth_failed where a line says no.
    if (sqlstate == "28000" && !holds(message, "ClientAuthentication")) {
        return {"HT0411", "the server does not accept this user from here: look at its pg_hba.conf"};
    }
    if (sqlstate == "28000") return {"HT0414", "the server's pg_hba.conf must allow this host, user and database"};
    if (sqlstate == "57P03") return {"HT0414", "the server is starting up or shutting down: try again in a moment"};
    if (holds(message, "unsupported startup parameter")) {
        return {
            "HT0414",
            "a pooler stands there and takes no `options` (nor PGOPTIONS): set them for the role (ALTER ROLE … SET), "
            "or connect to the server itself"};
    }
    return {"HT0414", "the server answered but let nobody in; its log says more"};
}

Verdict by_text(const ConnectFailure& failure) {
    const auto& message = failure.message;
    if (failure.needs_password) return {"HT0411", "put the password into the URL's variable, PGPASSWORD or ~/.pgpass"};
    if (holds(message, "SSL") || holds(message, "certificate")) {
        return {"HT0414", "look at sslmode and sslrootcert in the URL, and at the server's SSL settings"};
    }
    if (holds(message, "session is ") || holds(message, "server is ")) {
        return {"HT0414", "no server of the URL is what its target_session_attrs asks for"};
    }
    return {"HT0410", "see that the server runs, and that host and port of the URL are right"};
}

}  // namespace

std::string plain_message(std::string_view message) {
    std::string result;
    while (!message.empty()) {
        const auto end = message.find('\n');
        auto line = message.substr(0, end);
        message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
        if (line.empty() || line.front() == '\t') continue;
        if (is_location(line)) continue;
        if (!result.empty()) result += "; ";
        result += line;
    }
    if (result.ends_with('.')) result.pop_back();
    return pg::mask_passwords(result);
}

base::Error to_error(const ConnectFailure& failure, std::string_view where) {
    std::string text = failure.message;
    const auto offset = sqlstate_offset(text);
    const bool server_spoke = offset != std::string::npos;
    const std::string sqlstate = server_spoke ? text.substr(offset, 5) : "";
    const auto verdict = server_spoke ? by_sqlstate(sqlstate, text) : by_text(failure);
    if (server_spoke) text.erase(offset, 7);
    return {.code = verdict.code,
            .sentence = fmt::format("cannot connect to {}: {}", where, plain_message(text)),
            .hint = verdict.hint,
            .sqlstate = sqlstate};
}

}  // namespace haetae::connect
