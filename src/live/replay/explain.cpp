// SPDX-License-Identifier: Apache-2.0
// The server's messages are English here, since initdb of our clusters chose C for them; names are read out of them.
#include "replay/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace haetae::replay {

namespace {

// What Supabase's image brings besides PostgreSQL; the ones that revisions touch.
constexpr std::array provider_schemas{"auth",    "storage",   "realtime",           "extensions", "vault",
                                      "graphql", "pgbouncer", "supabase_functions", "net",        "cron"};

/// What stands between `before` and the next quote or dot: the name in `role "app" does not exist`.
std::string_view name_after(std::string_view text, std::string_view before) {
    const auto begin = text.find(before);
    if (begin == std::string_view::npos) return {};
    const auto rest = text.substr(begin + before.size());
    return rest.substr(0, rest.find_first_of("\".("));
}

bool is_of_provider(std::string_view schema, const settings::Settings& settings) {
    const bool is_own = std::any_of(settings.domains.begin(), settings.domains.end(),
                                    [&](const settings::Domain& domain) { return domain.schema == schema; });
    return !is_own && std::find(provider_schemas.begin(), provider_schemas.end(), schema) != provider_schemas.end();
}

std::string_view missing_schema(const base::Error& error) {
    if (error.sqlstate == "3F000") return name_after(error.sentence, "schema \"");
    if (error.sqlstate == "42P01") return name_after(error.sentence, "relation \"");
    return {};
}

}  // namespace

base::Error explain(base::Error error, const settings::Settings& settings) {
    error.database_state.clear();
    const auto told = [&error](const char* code, std::string hint) {
        error.code = code;
        error.hint = std::move(hint);
    };
    if (const auto role = name_after(error.sentence, "role \""); error.sqlstate == "42704" && !role.empty()) {
        told("HT0671", fmt::format("if the databases have this role and no revision makes it, say so in haetae.toml:\n"
                                   "[sandbox]\nroles = [\"{}\"]",
                                   role));
    } else if (const auto extension = name_after(error.sentence, "extension \"");
               !extension.empty() && (error.sqlstate == "0A000" || error.sqlstate == "58P01")) {
        told("HT0672", fmt::format("install the extension {} for the PostgreSQL of this machine, whose programs the "
                                   "throw-away server runs; HAETAE_PG_BIN names another one's folder",
                                   extension));
    } else if (const auto schema = missing_schema(error); is_of_provider(schema, settings)) {
        told("HT0673", fmt::format("{} is a schema that a hosting provider such as Supabase brings; a throw-away "
                                   "PostgreSQL does not have it, so this revision cannot be tried here",
                                   schema));
    } else if (error.sqlstate == "3D000") {
        told("HT0674",
             "a throw-away server has no database of that name; a DO block with EXECUTE format('… %I', "
             "current_database()) names whichever database it runs in");
    }
    return error;
}

}  // namespace haetae::replay
