// SPDX-License-Identifier: Apache-2.0
// Plain statements a DBA can read; PL/pgSQL only for the checks. \set ON_ERROR_STOP makes psql end at the first error
// (manual, psql, "Variables").
#include "plan/script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/identifier.hpp"
#include "plan/segments.hpp"
#include "plan/version_row.hpp"

namespace haetae::plan {

namespace {

std::string block(std::string_view declarations, std::string_view body) {
    return fmt::format("DO $haetae$\nDECLARE {};\nBEGIN\n{}END\n$haetae$;\n", declarations, body);
}

std::vector<graph::RevisionId> rows_of(const Script& script, const settings::Domain& domain) {
    const auto found = script.rows.find(domain.name);
    return found == script.rows.end() ? std::vector<graph::RevisionId>{} : found->second;
}

std::string listed(const std::vector<graph::RevisionId>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : ",") + id.text();
    return text;
}

/// Compares what the table holds, in byte order, with what the plan started from.
std::string check_of(const Script& script, const settings::Domain& domain) {
    const auto table = pg::quote(domain.version_schema, domain.version_table);
    const auto rows = listed(rows_of(script, domain));
    const auto query = fmt::format(
        "SELECT coalesce(string_agg(version_num, ',' ORDER BY version_num COLLATE \"C\"), '') FROM {}", table);
    return fmt::format(
        "    present := '';\n"
        "    IF to_regclass({}) IS NOT NULL THEN EXECUTE {} INTO present; END IF;\n"
        "    IF present <> {} THEN\n"
        "        RAISE EXCEPTION USING ERRCODE = 'HT001',\n"
        "            MESSAGE = {} || CASE present WHEN '' THEN 'base' ELSE present END;\n"
        "    END IF;\n",
        pg::literal(table), pg::literal(query), pg::literal(rows),
        pg::literal(fmt::format("this script starts from {} in domain {}, but the database is at ",
                                rows.empty() ? "base" : rows, domain.name.text())));
}

/// Does a revision on the way up make the schema itself, so that it must not be there before?
bool is_made_by_revision(const Script& script, const std::string& schema) {
    return std::any_of(script.steps.begin(), script.steps.end(), [&](const ScriptStep& step) {
        const auto& statements = step.part.statements;
        return std::any_of(statements.begin(), statements.end(), [&](const revisions::Statement& statement) {
            const auto& created = statement.facts.creates_schemas;
            return std::find(created.begin(), created.end(), schema) != created.end();
        });
    });
}

std::string making_of(const Script& script, const settings::Domain& domain) {
    const auto make_schema = [](const std::string& schema) {
        return fmt::format("    IF to_regnamespace({}) IS NULL THEN CREATE SCHEMA {}; END IF;\n",
                           pg::literal(pg::quote(schema)), pg::quote(schema));
    };
    std::string body = make_schema(domain.version_schema);
    const bool is_apart = domain.schema != domain.version_schema;
    if (is_apart && !is_made_by_revision(script, domain.schema)) body += make_schema(domain.schema);
    body += fmt::format("    IF to_regclass({}) IS NULL THEN\n{};\n    END IF;\n",
                        pg::literal(pg::quote(domain.version_schema, domain.version_table)),
                        create_version_table_sql(domain));
    return body;
}

void add_statements(std::string& text, const ScriptStep& step, const Segment& segment, bool in_transaction) {
    if (step.domain.search_path) {
        text += fmt::format("SELECT set_config('search_path', {}, {});\n", pg::literal(*step.domain.search_path),
                            in_transaction);
    }
    for (const auto i : earlier_settings(step.part, segment.first)) text += step.part.statements[i].sql + ";\n";
    for (std::size_t i = segment.first; i < segment.first + segment.count; ++i)
        text += step.part.statements[i].sql + ";\n";
}

/// A procedure or DO block in a part where the user has said that it may: in a transaction block its COMMIT would fail.
bool may_commit_itself(const revisions::Part& part, const Segment& segment) {
    if (part.mode != revisions::TransactionMode::off || segment.count == 0) return false;
    const auto& kind = part.statements[segment.first].facts.kind;
    return kind == "DO" || kind == "CALL";
}

void add_step(std::string& text, const ScriptStep& step, const settings::Limits& limits) {
    text += fmt::format("\n-- {} {} of domain {}: {}\n", step.direction == Direction::up ? "up" : "down",
                        step.revision.text(), step.domain.name.text(), step.message);
    const auto rows = [&] { return block("n bigint", checked_row_changes(step.domain, step.row_changes)); };
    const auto segments = cut_segments(step.part);
    for (const auto& segment : segments) {
        const bool is_last = &segment == &segments.back();
        if (segment.transactional && !may_commit_itself(step.part, segment)) {
            text += fmt::format("BEGIN;\nSET LOCAL lock_timeout = '{}ms';\n", limits.lock_timeout.count());
            if (is_last) text += rows();
            add_statements(text, step, segment, true);
            text += "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nCOMMIT;\n";
        } else {
            add_statements(text, step, segment, false);
            text += "RESET SESSION AUTHORIZATION;\nRESET ROLE;\n";
            if (is_last) text += "BEGIN;\n" + rows() + "COMMIT;\n";
        }
    }
    text += "RESET ALL;\n";
}

}  // namespace

std::string script_text(const Script& script) {
    std::string starts;
    std::string checks;
    std::string makings;
    bool goes_up = !script.stamps.empty();
    for (const auto& step : script.steps) goes_up = goes_up || step.direction == Direction::up;
    for (const auto& domain : script.domains) {
        const auto rows = listed(rows_of(script, domain));
        starts +=
            fmt::format("{}{} at {}", starts.empty() ? "" : ", ", domain.name.text(), rows.empty() ? "base" : rows);
        checks += check_of(script, domain);
        if (goes_up) makings += making_of(script, domain);
    }
    std::string text = fmt::format(
        "-- haetae {}\n-- Run it with psql. It starts from: {}; otherwise it stops and changes nothing.\n"
        "\\set ON_ERROR_STOP on\n\\set AUTOCOMMIT on\n",
        script.command, starts);
    if (script.steps.empty() && script.stamps.empty()) return text + "-- There is nothing to do.\n";
    text += block("present text", checks);
    if (!makings.empty()) text += fmt::format("DO $haetae$\nBEGIN\n{}END\n$haetae$;\n", makings);
    for (const auto& step : script.steps) add_step(text, step, script.limits);
    for (const auto& stamp : script.stamps) {
        const auto domain = std::find_if(script.domains.begin(), script.domains.end(),
                                         [&](const settings::Domain& each) { return each.name == stamp.domain; });
        BUG_IF(domain == script.domains.end(), "a stamp of a domain that the script does not check");
        text += block("n bigint", checked_row_changes(*domain, stamp.row_changes));
    }
    return text;
}

}  // namespace haetae::plan
