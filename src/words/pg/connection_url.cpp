// SPDX-License-Identifier: Apache-2.0
// Which form a text has, and how a connection is shown.
#include "pg/connection_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/bug.hpp"
#include "pg/connection_draft.hpp"
#include "pg/connection_form.hpp"
#include "pg/connection_parameter.hpp"

namespace haetae::pg {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view url_example = "write postgresql://user@host:5432/database";

std::string_view without_outer_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// What stands before "://", when that looks like a scheme; empty otherwise.
std::string scheme_of(std::string_view text) {
    const auto end = text.find("://");
    if (end == std::string_view::npos || end > 40) return {};
    std::string scheme(text.substr(0, end));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-._:") != std::string::npos) return {};
    return scheme;
}

base::Status check_scheme(const std::string& scheme) {
    const auto plus = scheme.find('+');
    const auto base = scheme.substr(0, plus);
    if (base == "postgresql" || base == "postgres") {
        if (plus == std::string::npos || plus + 1 < scheme.size()) return base::Done{};
        return unreadable_url("the database URL has no driver after '+'", std::string(url_example));
    }
    if (scheme == "jdbc:postgresql") {
        return unreadable_url("the database URL is one of JDBC",
                              "leave out 'jdbc:', and write user and password before the host: "
                              "postgresql://user:password@host:5432/database");
    }
    return unreadable_url(fmt::format("the database URL begins with '{}://', which is not PostgreSQL", scheme),
                          std::string(url_example));
}

base::Status read(std::string_view text, ConnectionDraft& draft) {
    if (text.empty()) return unreadable_url("the database URL is empty", std::string(url_example));
    if (text.front() == '"' || text.front() == '\'') {
        return unreadable_url("the database URL stands in quotes", "remove the quotes around it");
    }
    if (const std::string scheme = scheme_of(text); !scheme.empty()) {
        TRY(check_scheme(scheme));
        const auto rest = text.substr(scheme.size() + 3);
        const bool control = std::any_of(rest.begin(), rest.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
        if (control) {
            return unreadable_url("the database URL holds a line break or another control character",
                                  "write it on one line; percent-encode such characters in a password");
        }
        return read_url(rest, draft);
    }
    if (text.find('=') == std::string_view::npos || text.find_first_of(":/@") < text.find('=')) {
        return unreadable_url("the database URL has neither the form of a URL nor that of key=value",
                              fmt::format("{}, or 'host=… dbname=…'", url_example));
    }
    return read_key_values(text, draft);
}

/// Percent-encoded but for letters, digits, `plain` and, in well-formed UTF-8, everything beyond ASCII.
std::string encoded(std::string_view text, std::string_view plain) {
    std::size_t ignored = 0;
    // U+0080 to U+009F are control characters, which a terminal may obey.
    const bool foreign_letters = base::is_utf8(text, ignored) && text.find('\xC2') == std::string_view::npos;
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || (byte >= 0x80 && foreign_letters) || plain.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
        }
    }
    return out;
}

/// `a:1,b:2`; empty when host and port cannot be written so and must stand among the parameters.
std::string shown_hosts(const std::string& host, const std::string& port) {
    if (host.empty()) return {};
    const auto hosts = split_at_commas(host);
    const auto ports = port.empty() ? std::vector<std::string_view>(hosts.size()) : split_at_commas(port);
    if (ports.size() != hosts.size()) return {};
    std::string out;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        if (hosts[i].empty() || hosts[i].front() == '/' || hosts[i].front() == '@') return {};
        if (i > 0) out += ',';
        const bool brackets = hosts[i].find(':') != std::string_view::npos;
        out += brackets ? fmt::format("[{}]", encoded(hosts[i], "-._:")) : encoded(hosts[i], "-._");
        if (!ports[i].empty()) out += fmt::format(":{}", ports[i]);
    }
    return out;
}

}  // namespace

base::Result<ConnectionUrl> ConnectionUrl::parse(std::string_view text) {
    ConnectionDraft draft;
    TRY(read(without_outer_blanks(text), draft));
    ConnectionUrl url;
    url.keywords_ = TRY(std::move(draft).finish());
    url.notes_ = draft.notes();
    url.says_pgbouncer_ = draft.says_pgbouncer();
    return url;
}

std::string ConnectionUrl::value(std::string_view keyword) const {
    const auto found =
        std::find_if(keywords_.begin(), keywords_.end(), [&](const auto& entry) { return entry.first == keyword; });
    return found == keywords_.end() ? std::string() : found->second;
}

bool ConnectionUrl::has_password() const {
    return std::any_of(keywords_.begin(), keywords_.end(),
                       [](const auto& entry) { return is_secret_keyword(entry.first); });
}

std::string ConnectionUrl::shown() const {
    const std::string hosts = shown_hosts(value("host"), value("port"));
    const std::string user = value("user");
    const std::string database = value("dbname");
    std::string out = "postgresql://";
    if (!user.empty()) out += encoded(user, "-._") + "@";
    out += hosts + "/" + encoded(database, "-._");
    char separator = '?';
    for (const auto& [keyword, text] : keywords_) {
        const bool shown_before =
            keyword == "user" || keyword == "dbname" || (!hosts.empty() && (keyword == "host" || keyword == "port"));
        if (shown_before || is_secret_keyword(keyword)) continue;
        out += fmt::format("{}{}={}", separator, keyword, encoded(text, "-._/:,*"));
        separator = '&';
    }
    return out;
}

ConnectionUrl ConnectionUrl::with(std::string_view keyword, std::string_view value) const {
    const auto rank = keyword_rank(keyword);
    BUG_IF(!rank, "a connection was given a keyword that libpq does not know");
    ConnectionUrl copy = *this;
    std::erase_if(copy.keywords_, [&](const auto& entry) { return entry.first == keyword; });
    if (value.empty()) return copy;
    const auto place = std::find_if(copy.keywords_.begin(), copy.keywords_.end(),
                                    [&](const auto& entry) { return keyword_rank(entry.first) > rank; });
    copy.keywords_.emplace(place, keyword, value);
    return copy;
}

}  // namespace haetae::pg
