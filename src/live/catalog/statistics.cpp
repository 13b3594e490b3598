// SPDX-License-Identifier: Apache-2.0
// Extended statistics: what CREATE STATISTICS takes, and the target beside it.
#include "catalog/kinds.hpp"
#include "model/quoted.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT s.oid, n.nspname, s.stxname, pg_catalog.pg_get_statisticsobjdef(s.oid),
       CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END, pg_catalog.pg_get_userbyid(s.stxowner)
FROM scope, pg_catalog.pg_statistic_ext AS s JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
WHERE s.stxnamespace = ANY (scope.schemas) AND s.stxrelid <> ALL (scope.left_out) AND s.oid NOT IN ({members})
ORDER BY n.nspname, s.stxname)";

/// Without CREATE STATISTICS and the name: what follows the third blank.
std::string behind_name(const std::string& printed) {
    std::size_t at = 0;
    for (int blanks = 0; blanks < 3; ++blanks) {
        at = model::find_outside_quotes(printed, " ", at);
        if (at == std::string::npos) return printed;
        ++at;
    }
    return printed.substr(at);
}

}  // namespace

base::Status read_statistics(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::statistics));
    while (answer.next()) {
        const Address address{.of = Class::statistics, .oid = answer.oid()};
        model::Statistics statistics{.name = answer.name()};
        statistics.definition = behind_name(answer.definition());
        statistics.target = answer.optional_number();
        statistics.owner = answer.text();
        statistics.comment = scope.comment(address);
        scope.names.emplace(
            address, model::ObjectName{model::ObjectKind::statistics, statistics.name.schema, statistics.name.name});
        scope.database.statistics.push_back(std::move(statistics));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
