// SPDX-License-Identifier: Apache-2.0
// Every list of a model by the same rule: its elements say in which schema they are, each kind in its own way.
#include "model/part.hpp"

#include <algorithm>
#include <iterator>

namespace haetae::model {

namespace {

template <typename Object>
bool lies_in(const Object& object, const std::string& schema) {
    return object.name.schema == schema;
}
bool lies_in(const Schema& object, const std::string& schema) {
    return object.name == schema;
}
bool lies_in(const Extension& object, const std::string& schema) {
    return object.schema == schema;
}
bool lies_in(const DefaultPrivileges& object, const std::string& schema) {
    return object.schema == schema;
}
bool lies_in(const Unmodelled& object, const std::string& schema) {
    // The identity is SQL, in which the name may be quoted.
    std::string quoted = "\"";
    for (const char letter : schema) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return object.identity.starts_with(schema + ".") || object.identity.starts_with(quoted + "\".");
}

template <typename Object>
std::vector<Object> those_in(const std::vector<Object>& all, const std::string& schema) {
    std::vector<Object> part;
    std::copy_if(all.begin(), all.end(), std::back_inserter(part),
                 [&](const Object& object) { return lies_in(object, schema); });
    return part;
}

}  // namespace

Database part_of(const Database& database, const std::string& schema) {
    return {.schemas = those_in(database.schemas, schema),
            .extensions = those_in(database.extensions, schema),
            .enums = those_in(database.enums, schema),
            .domains = those_in(database.domains, schema),
            .composites = those_in(database.composites, schema),
            .ranges = those_in(database.ranges, schema),
            .sequences = those_in(database.sequences, schema),
            .tables = those_in(database.tables, schema),
            .views = those_in(database.views, schema),
            .materialized_views = those_in(database.materialized_views, schema),
            .functions = those_in(database.functions, schema),
            .aggregates = those_in(database.aggregates, schema),
            .statistics = those_in(database.statistics, schema),
            .default_privileges = those_in(database.default_privileges, schema),
            .unmodelled = those_in(database.unmodelled, schema),
            .origin = {.server_version = database.origin.server_version}};
}

}  // namespace haetae::model
