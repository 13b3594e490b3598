// SPDX-License-Identifier: Apache-2.0
// All domains are read at once, and all are compared: a revision may reach into the schema of another domain.
#include "verbs/fingerprints.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "catalog/fingerprint.hpp"
#include "catalog/snapshot.hpp"
#include "ledger/fingerprints.hpp"
#include "model/part.hpp"

namespace haetae::verbs {

namespace {

base::Result<ledger::Fingerprints> fingerprints_of(connect::Connection& connection,
                                                   const settings::Settings& settings) {
    std::vector<model::SchemaName> schemas;
    std::vector<model::QualifiedName> version_tables;
    for (const auto& domain : settings.domains) {
        schemas.emplace_back(domain.schema);
        version_tables.push_back({domain.version_schema, domain.version_table});
    }
    const model::SchemaName own[] = {model::SchemaName(settings.ledger_schema)};
    const auto database =
        TRY(catalog::read(connection, {.schemas = schemas, .without_schemas = own, .without_tables = version_tables}));
    ledger::Fingerprints found;
    for (const auto& domain : settings.domains) {
        found.emplace(domain.name, catalog::fingerprint(model::part_of(database, domain.schema)));
    }
    return found;
}

/// As much as people compare by eye; the ledger has the rest.
std::string shortened(const std::string& fingerprint) {
    return fingerprint.substr(0, 12);
}

std::string difference_words(const ledger::Fingerprints& recorded, const ledger::Fingerprints& found) {
    std::string text;
    for (const auto& [domain, fingerprint] : recorded) {
        const auto now = found.find(domain);
        if (now == found.end() || now->second == fingerprint) continue;
        text += fmt::format("{}the schema of domain {} has the fingerprint {}, and the last run left {}",
                            text.empty() ? "" : "; ", domain.text(), shortened(now->second), shortened(fingerprint));
    }
    return text;
}

std::string drift_rows(const ledger::Fingerprints& recorded, const ledger::Fingerprints& found,
                       const execute::Books& books, const Drift& drift) {
    std::string rows;
    for (const auto& [domain, fingerprint] : recorded) {
        const auto now = found.find(domain);
        if (now == found.end() || now->second == fingerprint) continue;
        const nlohmann::ordered_json details{
            {"recorded", fingerprint}, {"found", now->second}, {"accepted", drift.accepted}};
        rows += ledger::insert_sql(books.schema, {.kind = "drifted",
                                                  .run = books.run,
                                                  .domain = domain.text(),
                                                  .reason = drift.reason,
                                                  .details = details.dump()}) +
                ";\n";
    }
    return rows;
}

}  // namespace

cli::Option accept_drift_option() {
    return {"--accept-drift", 0, cli::Option::Kind::flag, "",
            "run although the schema was changed past haetae, and record that"};
}

base::Status check_fingerprints(connect::Connection& connection, const settings::Settings& settings,
                                const execute::Books& books, const Drift& drift, cli::Talk& talk) {
    const auto recorded = TRY(ledger::last_fingerprints(connection, books.schema, books.run));
    if (recorded.empty()) return base::Done{};
    const auto found = fingerprints_of(connection, settings);
    if (!found) {
        talk.note("whether the schema is as the last run left it was not looked at: " + found.error().sentence);
        return base::Done{};
    }
    const auto words = difference_words(recorded, *found);
    if (words.empty()) return base::Done{};
    TRY(connection.simple(drift_rows(recorded, *found, books, drift)));
    if (drift.accepted) {
        talk.note("recorded as accepted: " + words);
        return base::Done{};
    }
    if (!drift.is_protected) {
        talk.warning(words + ": somebody changed it past haetae (HT0718)");
        return base::Done{};
    }
    // They stay what the next run compares with.
    TRY(connection.simple(ledger::insert_sql(books.schema, ledger::fingerprints_entry(recorded, books.run))));
    return base::Error{.code = "HT0718",
                       .sentence = words,
                       .hint =
                           "somebody changed the schema past haetae. Compare `haetae schema dump` with `haetae schema "
                           "dump history` and put back what should not be; or run again with --accept-drift, which "
                           "the ledger keeps",
                       .database_state = "no revision was run"};
}

void record_fingerprints(connect::Connection& connection, const settings::Settings& settings,
                         const execute::Books& books, cli::Talk& talk) {
    const auto found = fingerprints_of(connection, settings);
    if (!found) {
        talk.detail("no fingerprint was recorded: " + found.error().sentence);
        return;
    }
    const auto written =
        connection.simple(ledger::insert_sql(books.schema, ledger::fingerprints_entry(*found, books.run)));
    if (!written) talk.detail("no fingerprint was recorded: " + written.error().sentence);
}

}  // namespace haetae::verbs
