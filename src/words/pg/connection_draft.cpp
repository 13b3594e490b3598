// SPDX-License-Identifier: Apache-2.0
// What is done with each parameter, and the checks that need all of them.
#include "pg/connection_draft.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/connection_parameter.hpp"
#include "pg/connection_url.hpp"

namespace haetae::pg {

namespace {

base::Error wrong_parameter(std::string sentence, std::string hint) {
    return {.code = "HT0402", .sentence = std::move(sentence), .hint = std::move(hint)};
}

base::Error unknown_parameter(std::string_view name) {
    const auto nearest = nearest_keyword(name);
    std::string hint = nearest ? fmt::format("did you mean '{}'?\n", *nearest) : "";
    hint += "a setting of the server is written options=-c%20name%3Dvalue in a URL, options='-c name=value' otherwise";
    return wrong_parameter(fmt::format("unknown parameter '{}' in the database URL", name), std::move(hint));
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_parameter_name(std::string_view name) {
    constexpr std::size_t length_max = 64;
    return !name.empty() && name.size() <= length_max && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

/// What a host name, an address, a socket folder ('/…') or an abstract socket ('@…') may look like.
bool is_host(std::string_view host) {
    if (std::any_of(host.begin(), host.end(), is_control)) return false;
    if (host.starts_with('/') || host.starts_with('@')) return true;
    if (host.find(':') != std::string_view::npos) {  // IPv6, perhaps with a zone: fe80::1%eth0
        const auto address = host.substr(0, host.find('%'));
        if (address.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return false;
        if (std::count(address.begin(), address.end(), ':') < 2) return false;
    }
    return host.find_first_of(" \"'()*;<>=?@[\\]^`{|}!#$&+/~") == std::string_view::npos;
}

bool is_port(std::string_view port) {
    if (port.empty()) return true;
    if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) return false;
    const int number = std::stoi(std::string(port));
    return number >= 1 && number <= 65535;
}

std::string joined(const std::vector<std::string_view>& parts) {
    return fmt::format("{}", fmt::join(parts, ","));
}

}  // namespace

base::Error unreadable_url(std::string sentence, std::string hint) {
    return {.code = "HT0401", .sentence = std::move(sentence), .hint = std::move(hint)};
}

HostAndPort take_apart_host(std::string_view text) {
    if (text.starts_with('/') || text.starts_with('@')) return {text, {}};
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        if (text.substr(0, bracket).find(':') == std::string_view::npos) return {text, {}};
        const auto rest = bracket == std::string_view::npos ? std::string_view() : text.substr(bracket + 1);
        if (bracket != std::string_view::npos && rest.empty()) return {text.substr(1, bracket - 1), {}};
        if (rest.starts_with(':')) return {text.substr(1, bracket - 1), rest.substr(1)};
        return {text, {}};
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto comma = text.find(',');
        parts.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

std::string* ConnectionDraft::find(std::string_view keyword) {
    const auto found =
        std::find_if(keywords_.begin(), keywords_.end(), [&](const auto& entry) { return entry.first == keyword; });
    return found == keywords_.end() ? nullptr : &found->second;
}

base::Status ConnectionDraft::take(std::string_view name, std::string value, bool name_may_be_shown) {
    if (keyword_rank(name)) return set(name, std::move(value));
    if (name == "ssl") {
        const auto mode = sslmode_of_ssl(value);
        if (!mode) {
            return wrong_parameter("the value of 'ssl' in the database URL is not known",
                                   "write sslmode=require, or another mode of libpq");
        }
        notes_.push_back(fmt::format("ssl= in the database URL is read as sslmode={}", *mode));
        return set("sslmode", std::string(*mode));
    }
    if (name == "unix_sock") return take_socket_path(value);
    if (name == "search_path" || name == "currentSchema") return add_search_path(name, value);
    if (name == "pgbouncer") says_pgbouncer_ = value == "true";
    if (const auto owner = owner_of_driver_parameter(name); !owner.empty()) {
        notes_.push_back(
            fmt::format("'{}' in the database URL is for {} and is left out{}", name, owner,
                        name == "schema" ? "; the schema of a domain stands in haetae.toml" : std::string_view()));
        return base::Done{};
    }
    if (name_may_be_shown && is_parameter_name(name)) return unknown_parameter(name);
    return wrong_parameter(
        "the database URL holds an unknown parameter",
        "if it is part of the password: in a URL, percent-encode each of @ # / ? & % in the password; "
        "in key=value, put the password in single quotes");
}

base::Status ConnectionDraft::set(std::string_view keyword, std::string value) {
    if (value.find('\0') != std::string::npos) {
        return unreadable_url(fmt::format("the value of '{}' in the database URL holds a NUL byte", keyword),
                              "remove it; no PostgreSQL client can send one");
    }
    if (value.empty()) return base::Done{};
    if (!is_secret_keyword(keyword) && mask_passwords(value) != value) {
        return unreadable_url(fmt::format("the value of '{}' in the database URL seems to hold a password", keyword),
                              "parameters are separated by & in a URL and by blanks in key=value; write the database "
                              "name alone, not a URL, as dbname");
    }
    if (const auto wrong = wrong_value(keyword, value); !wrong.empty()) {
        return wrong_parameter(fmt::format("the value of '{}' in the database URL {}", keyword, wrong),
                               "correct it, or leave the parameter out");
    }
    if (std::string* old = find(keyword); old != nullptr) {
        if (*old != value) {
            notes_.push_back(fmt::format("'{}' stands twice in the database URL; the last one counts", keyword));
        }
        *old = std::move(value);
    } else {
        keywords_.emplace_back(keyword, std::move(value));
    }
    return base::Done{};
}

base::Status ConnectionDraft::take_socket_path(std::string_view path) {
    // pg8000 wants the socket itself, /run/postgresql/.s.PGSQL.5432; libpq its folder and the port.
    constexpr std::string_view socket_name = "/.s.PGSQL.";
    const auto at = path.rfind(socket_name);
    if (at == std::string_view::npos || at == 0) {
        return wrong_parameter("the value of 'unix_sock' in the database URL is not a socket of PostgreSQL",
                               "write host=/run/postgresql and port=5432 instead");
    }
    TRY(set("host", std::string(path.substr(0, at))));
    return set("port", std::string(path.substr(at + socket_name.size())));
}

base::Status ConnectionDraft::add_search_path(std::string_view name, std::string_view value) {
    std::string escaped;
    for (const char c : value) {
        if (c == ' ' || c == '\\') escaped.push_back('\\');  // the server cuts `options` at blanks
        escaped.push_back(c);
    }
    if (escaped.empty()) return base::Done{};
    std::string options = "-csearch_path=" + escaped;
    if (const std::string* old = find("options"); old != nullptr) {
        options = *old + " " + options;
        keywords_.erase(
            std::find_if(keywords_.begin(), keywords_.end(), [](const auto& k) { return k.first == "options"; }));
    }
    notes_.push_back(fmt::format("'{}' in the database URL is read as options=-csearch_path=…", name));
    return set("options", std::move(options));
}

base::Status ConnectionDraft::take_apart_hosts() {
    const std::string* written = find("host");
    if (written == nullptr) return base::Done{};
    const std::string text = *written;
    std::vector<std::string_view> hosts;
    std::vector<std::string_view> ports;
    for (const auto element : split_at_commas(text)) {
        const auto [host, port] = take_apart_host(element);
        if (!is_host(host)) {
            return unreadable_url("the host in the database URL is not a host name, an address or a socket folder",
                                  "if it is the end of the password: percent-encode each of @ # / ? in the password\n"
                                  "IPv6 addresses stand in brackets: [::1]:5432");
        }
        hosts.push_back(host);
        ports.push_back(port);
    }
    *find("host") = joined(hosts);
    if (std::any_of(ports.begin(), ports.end(), [](std::string_view p) { return !p.empty(); })) {
        TRY(set("port", joined(ports)));
    }
    return base::Done{};
}

base::Result<ConnectionDraft::Keywords> ConnectionDraft::finish() && {
    TRY(take_apart_hosts());
    const auto count = [&](std::string_view keyword) {
        const std::string* value = find(keyword);
        return value == nullptr ? std::size_t{0} : split_at_commas(*value).size();
    };
    if (const std::string* port = find("port"); port != nullptr) {
        const auto ports = split_at_commas(*port);
        if (!std::all_of(ports.begin(), ports.end(), is_port)) {
            return unreadable_url(
                "the port in the database URL is not a number from 1 to 65535",
                "if a password stands there: the form is user:password@host:port, and each of @ # / ? "
                "in the password must be percent-encoded");
        }
        const std::size_t hosts = std::max({count("host"), count("hostaddr"), std::size_t{1}});
        if (ports.size() != 1 && ports.size() != hosts) {
            return unreadable_url(fmt::format("the database URL has {} ports for {} hosts", ports.size(), hosts),
                                  "give one port for all hosts, or one for each");
        }
    }
    if (count("host") != 0 && count("hostaddr") != 0 && count("host") != count("hostaddr")) {
        return unreadable_url(
            fmt::format("the database URL has {} hosts for {} addresses", count("host"), count("hostaddr")),
            "give host and hostaddr the same number of entries");
    }
    std::sort(keywords_.begin(), keywords_.end(),
              [](const auto& a, const auto& b) { return keyword_rank(a.first) < keyword_rank(b.first); });
    return std::move(keywords_);
}

}  // namespace haetae::pg
