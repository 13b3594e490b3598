// SPDX-License-Identifier: Apache-2.0
// A missing fingerprint costs one comparison; a false alarm costs trust. So what cannot be told counts as nothing.
#include "ledger/fingerprints.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

// Counted up when the facts behind a fingerprint change their words.
constexpr int form = 1;

// Marks change no schema, and neither does a run that was refused for its drift: that one records the old ones again.
constexpr std::string_view query = R"(
WITH last AS (SELECT l.id, l.details FROM {0} AS l WHERE l.kind = 'fingerprint' ORDER BY l.id DESC LIMIT 1)
SELECT f.key, f.value FROM last CROSS JOIN LATERAL pg_catalog.jsonb_each_text(last.details -> 'fingerprints') AS f
WHERE last.details ->> 'form' = '{1}' AND NOT EXISTS (
    SELECT FROM {0} AS l WHERE l.id > last.id AND l.id <> {2} AND l.run IS DISTINCT FROM {2}
    AND l.kind NOT IN ('protected', 'unprotected', 'broke-glass', 'drifted')
    AND NOT (l.kind = 'run' AND l.details ->> 'verb' ~ '^(un)?protect')))";

}  // namespace

Entry fingerprints_entry(const Fingerprints& fingerprints, RunId run) {
    nlohmann::ordered_json list = nlohmann::ordered_json::object();
    for (const auto& [domain, fingerprint] : fingerprints) list[domain.text()] = fingerprint;
    return {.kind = "fingerprint",
            .run = run,
            .details = nlohmann::ordered_json{{"form", form}, {"fingerprints", list}}.dump()};
}

base::Result<Fingerprints> last_fingerprints(connect::Connection& connection, const std::string& schema, RunId run) {
    const auto rows = TRY(connection.simple(fmt::format(query, pg::quote(schema, "ledger"), form, run)));
    Fingerprints fingerprints;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fingerprints.emplace(graph::DomainName(rows.text(i, 0)), rows.text(i, 1));
    }
    return fingerprints;
}

}  // namespace haetae::ledger
