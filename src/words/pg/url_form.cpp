// SPDX-License-Identifier: Apache-2.0
// user:password@host:port,host:port/database?name=value&…, stricter than libpq: a sign in the password that other tools
// would take for the end of it is refused, because what follows would be looked up, and shown, as a host.
#include <fmt/format.h>

#include <string>

#include "pg/connection_form.hpp"
#include "pg/connection_parameter.hpp"

namespace haetae::pg {

namespace {

struct UrlParts {
    std::string_view authority;
    std::string_view path;   ///< without the leading '/'
    std::string_view query;  ///< without the '?'
    bool has_path = false;
};

UrlParts cut(std::string_view rest) {
    UrlParts parts;
    const auto end = rest.find_first_of("/?");
    parts.authority = rest.substr(0, end);
    if (end == std::string_view::npos) return parts;
    rest.remove_prefix(end);
    const auto question = rest.find('?');
    if (question != std::string_view::npos) parts.query = rest.substr(question + 1);
    parts.has_path = rest.starts_with('/');
    if (parts.has_path) parts.path = rest.substr(1, question == std::string_view::npos ? question : question - 1);
    return parts;
}

base::Error not_encoded(char sign, std::string_view code) {
    return unreadable_url(
        fmt::format("the database URL holds a '{}' that is not percent-encoded", sign),
        fmt::format("write it as {} (in a password: @ is %40, # is %23, / is %2F, ? is %3F, : is %3A, "
                    "% is %25)",
                    code));
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

base::Result<std::string> decode(std::string_view text, std::string_view part) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int high = i + 1 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return unreadable_url(
                fmt::format("in the {} of the database URL, a '%' is not followed by two hexadecimal digits", part),
                "write a percent sign as %25");
        }
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

/// The ways in which an unencoded sign of a password shows. An '@' after the authority is one of them unless it stands
/// in the value of a parameter.
base::Status check_signs(std::string_view rest, const UrlParts& parts) {
    const auto at = parts.authority.find('@');
    // In user and password libpq and SQLAlchemy take a '#' as it is; behind them it can only be a mistake.
    const auto behind_person = at == std::string_view::npos ? rest : rest.substr(at);
    if (behind_person.find('#') != std::string_view::npos) return not_encoded('#', "%23");
    const bool at_again = at != std::string_view::npos && parts.authority.find('@', at + 1) != std::string_view::npos;
    if (at_again || parts.path.find('@') != std::string_view::npos) return not_encoded('@', "%40");
    const bool at_in_query = parts.query.find('@') != std::string_view::npos;
    if (at_in_query && !parts.has_path && !parts.authority.empty()) return not_encoded('?', "%3F");
    if (parts.path.find('/') != std::string_view::npos) return not_encoded('/', "%2F");
    return base::Done{};
}

base::Status read_authority(std::string_view authority, ConnectionDraft& draft) {
    if (const auto at = authority.find('@'); at != std::string_view::npos) {
        const auto person = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        const auto colon = person.find(':');
        auto user = TRY(decode(person.substr(0, colon), "user"));
        TRY(draft.set("user", std::move(user)));
        if (colon != std::string_view::npos) {
            auto password = TRY(decode(person.substr(colon + 1), "password"));
            TRY(draft.set("password", std::move(password)));
        }
    }
    if (authority.empty()) return base::Done{};
    std::string hosts;
    std::string ports;
    bool any_port = false;
    bool first = true;
    for (const auto element : split_at_commas(authority)) {
        const auto [host, port] = take_apart_host(element);
        if (host.find(':') != std::string_view::npos && !element.starts_with('[')) {
            return unreadable_url("the host in the database URL holds several colons",
                                  "IPv6 addresses stand in brackets: [::1]:5432\n"
                                  "the form is user:password@host:port; each @ # / ? : in the password must be "
                                  "percent-encoded");
        }
        if (!first) hosts += ',';
        if (!first) ports += ',';
        first = false;
        hosts += TRY(decode(host, "host"));
        ports += TRY(decode(port, "port"));
        any_port = any_port || !port.empty();
    }
    TRY(draft.set("host", std::move(hosts)));
    if (any_port) TRY(draft.set("port", std::move(ports)));
    return base::Done{};
}

base::Status read_query(std::string_view query, bool names_may_be_shown, ConnectionDraft& draft) {
    std::string hosts;  // SQLAlchemy writes several hosts as host=a:1&host=b:2
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) {
            return unreadable_url(
                "a parameter in the database URL has no value",
                "after the question mark stand name=value pairs, separated by &; a ? in the password is "
                "written %3F");
        }
        const auto name = TRY(decode(pair.substr(0, equals), "parameters"));
        auto value = TRY(decode(pair.substr(equals + 1), "parameters"));
        if (name == "host") {
            if (!hosts.empty() && !value.empty()) hosts += ',';
            hosts += value;
            continue;
        }
        TRY(draft.take(name, std::move(value), names_may_be_shown));
    }
    return draft.set("host", std::move(hosts));
}

}  // namespace

base::Status read_url(std::string_view rest, ConnectionDraft& draft) {
    const UrlParts parts = cut(rest);
    TRY(check_signs(rest, parts));
    TRY(read_authority(parts.authority, draft));
    auto database = TRY(decode(parts.path, "database name"));
    TRY(draft.set("dbname", std::move(database)));
    // With an '@' in the parameters, their names may come from a password with an unencoded '?'.
    return read_query(parts.query, parts.query.find('@') == std::string_view::npos, draft);
}

}  // namespace haetae::pg
