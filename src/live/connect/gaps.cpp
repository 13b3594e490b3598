// SPDX-License-Identifier: Apache-2.0
// PQconndefaults() says what libpq would fill in, and knows the service file; each value is traced to its variable.
#include "connect/gaps.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "os/environment.hpp"

namespace haetae::connect {

namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

// haetae sets these itself on every connection, so that what the environment says of them is never used.
bool is_ours(std::string_view keyword) {
    return keyword == "client_encoding" || keyword == "application_name" || keyword == "fallback_application_name" ||
           keyword == "connect_timeout" || keyword.starts_with("keepalives") || keyword == "tcp_user_timeout";
}

bool is_secret(std::string_view keyword) {
    return keyword == "password" || keyword == "sslpassword";
}

bool has(const pg::ConnectionUrl& url, std::string_view keyword) {
    for (const auto& [given, value] : url.keywords()) {
        if (given == keyword && !value.empty()) return true;
    }
    return false;
}

std::string shown(std::string_view keyword, std::string_view value) {
    return is_secret(keyword) ? "***" : pg::mask_passwords(value);
}

std::string os_user() {
    const passwd* entry = getpwuid(geteuid());
    return entry == nullptr ? "" : entry->pw_name;
}

// "PGHOST=db" or "service prod: host=db"; "" for libpq's own default.
std::string origin_of(const PQconninfoOption& option, const std::string& service) {
    if (option.val == nullptr || *option.val == '\0') return "";
    const std::string_view keyword = option.keyword;
    const std::string_view value = option.val;
    if (option.envvar != nullptr && os::environment_variable(option.envvar) == value) {
        return fmt::format("{}={}", option.envvar, shown(keyword, value));
    }
    const std::string usual = keyword == "user" ? os_user() : option.compiled != nullptr ? option.compiled : "";
    if (service.empty() || value == usual) return "";
    return fmt::format("service {}: {}={}", service, keyword, shown(keyword, value));
}

// Sent by libpq as settings of the session, without a keyword in a URL.
constexpr std::array session_variables = {"PGTZ", "PGDATESTYLE", "PGGEQO"};

}  // namespace

FilledUrl fill_gaps(const pg::ConnectionUrl& url) {
    FilledUrl filled{.url = url};
    // A service named in the URL goes before the variables, and only libpq reads it: trace_gaps() tells afterwards.
    if (has(url, "service")) return filled;
    const Options options(PQconndefaults());
    if (options == nullptr) return filled;  // a service file that cannot be read: libpq says so when it connects
    const auto service = os::environment_variable("PGSERVICE").value_or("");
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (is_ours(option->keyword) || has(url, option->keyword)) continue;
        // A URL that names db.example.com must not lead elsewhere.
        if (std::string_view(option->keyword) == "hostaddr" && has(url, "host")) continue;
        const auto origin = origin_of(*option, service);
        if (origin.empty()) continue;
        filled.added.push_back(origin);
        filled.url = filled.url.with(option->keyword, option->val);
    }
    for (const char* name : session_variables) {
        const auto value = os::environment_variable(name);
        if (value && !value->empty()) filled.added.push_back(fmt::format("{}={}", name, *value));
    }
    return filled;
}

EnvironmentSetAside::EnvironmentSetAside(bool session_too) {
    std::vector<std::string> names;
    const Options options(PQconndefaults());
    for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
        if (option->envvar != nullptr) names.emplace_back(option->envvar);
    }
    // PGSERVICE names a service that no file has: libpq says so itself, unless the environment is not wanted at all.
    if (options == nullptr && !session_too) return;
    if (options == nullptr)
        names = {"PGSERVICE", "PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGOPTIONS"};
    if (session_too) names.insert(names.end(), session_variables.begin(), session_variables.end());
    for (const auto& name : names) {
        const auto value = os::environment_variable(name);
        if (!value) continue;
        kept_.emplace_back(name, *value);
        ::unsetenv(name.c_str());
    }
}

EnvironmentSetAside::~EnvironmentSetAside() {
    for (const auto& [name, value] : kept_) ::setenv(name.c_str(), value.c_str(), 1);
}

std::vector<std::string> trace_gaps(const pg::ConnectionUrl& url, const PGconn* connection) {
    std::vector<std::string> added;
    if (!has(url, "service")) return added;
    const Options options(PQconninfo(const_cast<PGconn*>(connection)));
    if (options == nullptr) return added;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (is_ours(option->keyword) || has(url, option->keyword)) continue;
        const auto origin = origin_of(*option, url.value("service"));
        if (!origin.empty()) added.push_back(origin);
    }
    return added;
}

}  // namespace haetae::connect
