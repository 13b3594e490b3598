// SPDX-License-Identifier: Apache-2.0
// Each check looks at the facts of one statement.
#include "plan/runnable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace haetae::plan {

namespace {

base::SourceSpan line_of(const graph::Revision& revision, std::size_t line) {
    return {.file = revision.file, .line = line, .column = 0, .line_text = ""};
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

base::Status check_statement(const settings::Settings& settings, const settings::Domain& domain,
                             const graph::Revision& revision, const revisions::Statement& statement) {
    const auto& facts = statement.facts;
    const bool is_nameless_build = facts.index_build && facts.index_build->action == sql::IndexBuild::Action::create &&
                                   facts.index_build->name.empty();
    if (is_nameless_build) {
        return base::Error{.code = "HT0617",
                           .sentence = "CREATE INDEX CONCURRENTLY without a name",
                           .hint =
                               "name the index: a build that is interrupted leaves an invalid index, which can only be "
                               "found and cleared away by its name",
                           .span = line_of(revision, statement.line),
                           .database_state = "nothing was changed"};
    }
    if (holds(facts.creates_schemas, domain.version_schema)) {
        return base::Error{.code = "HT0618",
                           .sentence = fmt::format(
                               "CREATE SCHEMA {0}: haetae makes the schema {0} itself, because the version table of "
                               "domain {1} lies in it",
                               domain.version_schema, domain.name.text()),
                           .hint = fmt::format("write CREATE SCHEMA IF NOT EXISTS {}, or leave the statement out",
                                               domain.version_schema),
                           .span = line_of(revision, statement.line),
                           .database_state = "nothing was changed"};
    }
    if (holds(facts.creates_schemas, settings.ledger_schema)) {
        return base::Error{
            .code = "HT0618",
            .sentence = fmt::format("CREATE SCHEMA {0}: haetae makes the schema {0} itself, for its ledger",
                                    settings.ledger_schema),
            .hint = "leave the statement out, or name another ledger_schema in haetae.toml",
            .span = line_of(revision, statement.line),
            .database_state = "nothing was changed"};
    }
    const auto lost =
        std::find_if(settings.domains.begin(), settings.domains.end(),
                     [&](const settings::Domain& other) { return holds(facts.drops_schemas, other.version_schema); });
    const bool drops_ledger = holds(facts.drops_schemas, settings.ledger_schema);
    if (lost != settings.domains.end() || drops_ledger) {
        return base::Error{
            .code = "HT0619",
            .sentence = drops_ledger ? fmt::format("DROP SCHEMA {} would drop haetae's ledger", settings.ledger_schema)
                                     : fmt::format("DROP SCHEMA {} would drop the version table of domain {}",
                                                   lost->version_schema, lost->name.text()),
            .hint =
                "drop the objects in the schema one by one, and leave the schema itself; or keep the version table "
                "elsewhere, with version_schema in haetae.toml",
            .span = line_of(revision, statement.line),
            .database_state = "nothing was changed"};
    }
    return base::Done{};
}

}  // namespace

base::Status check_runnable(const settings::Settings& settings, const graph::Revision& revision,
                            const revisions::Parts& parts, Direction direction) {
    const auto* domain = settings.find_domain(revision.domain);
    BUG_IF(domain == nullptr, "a revision of a domain that the settings lack");
    if (direction == Direction::up && !parts.backfills.empty()) {
        return base::Error{
            .code = "HT0616",
            .sentence = fmt::format("revision {} has a backfill part, and this haetae cannot run backfills",
                                    revision.id.text()),
            .hint = "until it can, change the rows in the up part of a revision of their own",
            .span = line_of(revision, parts.backfills.front().line),
            .database_state = "nothing was changed"};
    }
    if (direction == Direction::down && !parts.down) {
        return base::Error{
            .code = "HT0622",
            .sentence =
                fmt::format("revision {} of domain {} cannot be undone{}{}", revision.id.text(), revision.domain.text(),
                            parts.irreversible_reason ? ": " : "", parts.irreversible_reason.value_or("")),
            .hint = "write its `-- migrate:down` part, restore a backup, or go forward with a new revision",
            .span = line_of(revision, 0),
            .database_state = "nothing was changed"};
    }
    const auto& part = direction == Direction::up ? parts.up : *parts.down;
    for (const auto& statement : part.statements) TRY(check_statement(settings, *domain, revision, statement));
    return base::Done{};
}

}  // namespace haetae::plan
