// SPDX-License-Identifier: Apache-2.0
// The tables of parameters. A new libpq keyword or driver parameter is one line here.
#include "pg/connection_parameter.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/nearest.hpp"

namespace haetae::pg {

namespace {

struct Keyword {
    std::string_view name;
    bool secret = false;
    std::string_view values{};  ///< the closed set, separated by blanks; "#" = a whole number; empty = any text
};

// In the order in which a person reads a connection; what follows sslmode has the order of the manual.
constexpr std::array keywords{
    Keyword{"host"},
    Keyword{"hostaddr"},
    Keyword{"port"},
    Keyword{"user"},
    Keyword{"password", true},
    Keyword{"dbname"},
    Keyword{"sslmode", false, "disable allow prefer require verify-ca verify-full"},
    Keyword{"passfile"},
    Keyword{"require_auth"},
    Keyword{"channel_binding", false, "disable prefer require"},
    Keyword{"connect_timeout", false, "#"},
    Keyword{"client_encoding"},
    Keyword{"options"},
    Keyword{"application_name"},
    Keyword{"fallback_application_name"},
    Keyword{"keepalives", false, "#"},
    Keyword{"keepalives_idle", false, "#"},
    Keyword{"keepalives_interval", false, "#"},
    Keyword{"keepalives_count", false, "#"},
    Keyword{"tcp_user_timeout", false, "#"},
    Keyword{"replication"},
    Keyword{"gssencmode", false, "disable prefer require"},
    Keyword{"sslnegotiation", false, "postgres direct"},
    Keyword{"sslcompression"},
    Keyword{"sslcert"},
    Keyword{"sslkey"},
    Keyword{"sslkeylogfile"},
    Keyword{"sslpassword", true},
    Keyword{"sslcertmode", false, "disable allow require"},
    Keyword{"sslrootcert"},
    Keyword{"sslcrl"},
    Keyword{"sslcrldir"},
    Keyword{"sslsni", false, "0 1"},
    Keyword{"requirepeer"},
    Keyword{"ssl_min_protocol_version", false, "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"},
    Keyword{"ssl_max_protocol_version", false, "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"},
    Keyword{"min_protocol_version"},
    Keyword{"max_protocol_version"},
    Keyword{"krbsrvname"},
    Keyword{"gsslib"},
    Keyword{"gssdelegation", false, "0 1"},
    Keyword{"scram_client_key", true},
    Keyword{"scram_server_key", true},
    Keyword{"service"},
    Keyword{"servicefile"},
    Keyword{"target_session_attrs", false, "any read-write read-only primary standby prefer-standby"},
    Keyword{"load_balance_hosts", false, "disable random"},
    Keyword{"oauth_issuer"},
    Keyword{"oauth_client_id"},
    Keyword{"oauth_client_secret", true},
    Keyword{"oauth_scope"},
};

struct DriverParameters {
    std::string_view owner;
    std::string_view names;  ///< separated by blanks
};

constexpr std::array driver_parameters{
    DriverParameters{"asyncpg",
                     "statement_cache_size max_cached_statement_lifetime max_cacheable_statement_size command_timeout "
                     "timeout direct_tls record_class connection_class"},
    DriverParameters{"SQLAlchemy",
                     "async_fallback prepared_statement_cache_size prepared_statement_name_func executemany_mode "
                     "executemany_batch_page_size use_native_unicode use_native_hstore use_native_uuid pool_size "
                     "max_overflow pool_recycle pool_pre_ping pool_use_lifo isolation_level echo"},
    DriverParameters{"psycopg",
                     "prepare_threshold autocommit cursor_factory row_factory connection_factory async async_"},
    DriverParameters{"pg8000", "ssl_context tcp_keepalive source_address"},
    DriverParameters{"Prisma",
                     "schema connection_limit pool_timeout socket_timeout pgbouncer sslaccept sslidentity "
                     "max_connection_lifetime max_idle_connection_lifetime single_use_connections"},
    DriverParameters{"JDBC",
                     "prepareThreshold preparedStatementCacheQueries preparedStatementCacheSizeMiB "
                     "reWriteBatchedInserts loginTimeout connectTimeout socketTimeout ApplicationName tcpKeepAlive "
                     "stringtype defaultRowFetchSize binaryTransfer sslfactory autosave preferQueryMode readOnly "
                     "loadBalanceHosts targetServerType assumeMinServerVersion"},
    DriverParameters{"Rails",
                     "pool reaping_frequency checkout_timeout idle_timeout prepared_statements statement_limit "
                     "advisory_locks min_messages encoding adapter"},
    DriverParameters{"Django", "conn_max_age conn_health_checks disable_server_side_cursors"},
    DriverParameters{"node-postgres",
                     "max min idleTimeoutMillis connectionTimeoutMillis uselibpqcompat query_timeout max_lifetime"},
    DriverParameters{"pgx",
                     "pool_max_conns pool_min_conns pool_min_idle_conns pool_max_conn_lifetime "
                     "pool_max_conn_lifetime_jitter pool_max_conn_idle_time pool_health_check_period "
                     "default_query_exec_mode statement_cache_capacity statement_cache_mode "
                     "description_cache_capacity prefer_simple_protocol"},
    DriverParameters{"lib/pq", "binary_parameters disable_prepared_binary_result"},
    DriverParameters{"sqlx", "statement-cache-capacity"},
    DriverParameters{"Supabase", "workaround"},
};

template <typename Visit>
void each_word(std::string_view words, Visit visit) {
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        visit(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

bool has_word(std::string_view words, std::string_view wanted) {
    bool found = false;
    each_word(words, [&](std::string_view word) { found = found || word == wanted; });
    return found;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

const Keyword* find_keyword(std::string_view name) {
    const auto* found =
        std::find_if(keywords.begin(), keywords.end(), [&](const Keyword& k) { return k.name == name; });
    return found == keywords.end() ? nullptr : found;
}

}  // namespace

std::optional<std::size_t> keyword_rank(std::string_view keyword) {
    const Keyword* found = find_keyword(keyword);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - keywords.data());
}

bool is_secret_keyword(std::string_view keyword) {
    const Keyword* found = find_keyword(keyword);
    return found != nullptr && found->secret;
}

std::string_view owner_of_driver_parameter(std::string_view name) {
    // golang-migrate reads its own settings from parameters that begin with x-.
    if (name.starts_with("x-") && name.size() > 2) return "golang-migrate";
    for (const auto& driver : driver_parameters) {
        if (has_word(driver.names, name)) return driver.owner;
    }
    return {};
}

std::optional<std::string> nearest_keyword(std::string_view name) {
    const std::string wanted = lower(name);
    // What other drivers call a thing is nearer in meaning than any spelling.
    if (wanted == "username") return "user";
    if (wanted == "database" || wanted == "db") return "dbname";
    if (wanted == "server" || wanted == "hostname") return "host";
    if (wanted == "pass" || wanted == "pwd" || wanted == "passwd") return "password";
    std::array<std::string_view, keywords.size()> names;
    std::transform(keywords.begin(), keywords.end(), names.begin(), [](const Keyword& k) { return k.name; });
    return base::nearest(name, names);
}

std::string wrong_value(std::string_view keyword, std::string_view value) {
    const Keyword* found = find_keyword(keyword);
    if (found == nullptr || found->values.empty()) return {};
    if (found->values == "#") {
        const auto digits = value.starts_with('-') ? value.substr(1) : value;
        const bool number = !digits.empty() && digits.size() < 10 &&
                            std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        return number ? std::string() : "is not a whole number";
    }
    if (has_word(found->values, value)) return {};
    std::string list;
    each_word(found->values, [&](std::string_view word) { list += (list.empty() ? "" : ", ") + std::string(word); });
    return "is none of " + list;
}

std::optional<std::string_view> sslmode_of_ssl(std::string_view ssl) {
    const std::string value = lower(ssl);
    if (value == "true" || value == "1" || value == "on" || value == "yes" || value == "no-verify") return "require";
    if (value == "false" || value == "0" || value == "off" || value == "no") return "disable";
    constexpr std::array modes{std::string_view("disable"),   std::string_view("allow"),
                               std::string_view("prefer"),    std::string_view("require"),
                               std::string_view("verify-ca"), std::string_view("verify-full")};
    const auto* mode = std::find(modes.begin(), modes.end(), value);
    if (mode == modes.end()) return std::nullopt;
    return *mode;
}

}  // namespace haetae::pg
