// SPDX-License-Identifier: Apache-2.0
// `haetae ledger`: who ran what, when, from where, with which outcome.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "ledger/ledger.hpp"
#include "ledger/own_schema.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

constexpr std::size_t rows_shown = 50;

base::Result<std::size_t> rows_max_of(const cli::Given& given) {
    const auto text = given.value("--limit");
    if (!text) return rows_shown;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc{} && end == text->data() + text->size()) return number;
    return base::Error{.code = "HT0140",
                       .sentence = "--limit takes a whole number, not " + *text,
                       .hint = "--limit 0 shows every row"};
}

nlohmann::ordered_json details_of(const ledger::Row& row) {
    auto parsed = nlohmann::ordered_json::parse(row.entry.details, nullptr, false);
    return parsed.is_object() ? parsed : nlohmann::ordered_json::object();
}

std::string about(const ledger::Row& row) {
    const auto& entry = row.entry;
    const auto details = details_of(row);
    if (entry.kind == "run") {
        std::string text = details.value("verb", "");
        for (const auto* key : {"os_user", "host", "ci_actor", "ci_commit", "ci_run"}) {
            const auto value = details.value(key, "");
            if (!value.empty()) text += fmt::format("  {} {}", key, value);
        }
        return text + (entry.reason.empty() ? "" : "  because: " + entry.reason);
    }
    if (entry.kind == "broke-glass") {
        if (!entry.outcome.empty()) return entry.outcome + (entry.error.empty() ? "" : "  " + entry.error);
        std::string codes;
        for (const auto& broken : details.value("broken", nlohmann::ordered_json::array())) {
            codes += " " + broken.value("code", "");
        }
        return fmt::format("against{}  because: {}", codes, entry.reason);
    }
    if (entry.kind == "fingerprint") {
        const auto count = details.value("fingerprints", nlohmann::ordered_json::object()).size();
        return fmt::format("of {} domain{}", count, count == 1 ? "" : "s");
    }
    if (entry.kind == "drifted") {
        return fmt::format("{}  found {}, recorded {}{}", entry.domain, details.value("found", "").substr(0, 12),
                           details.value("recorded", "").substr(0, 12),
                           details.value("accepted", false) ? "  accepted" : "");
    }
    if (entry.kind == "protected" || entry.kind == "unprotected") {
        return details.value("name", "") + (entry.reason.empty() ? "" : "  because: " + entry.reason);
    }
    if (entry.kind == "roles-applied") {
        return fmt::format("{} migrates, {} works{}", details.value("migration_role", ""),
                           details.value("app_role", ""), entry.reason.empty() ? "" : "  because: " + entry.reason);
    }
    if (details.contains("schemas")) {
        std::string text = "schemas";
        for (const auto& schema : details["schemas"]) {
            if (schema.is_string()) text += " " + schema.get<std::string>();
        }
        return text + (entry.reason.empty() ? "" : "  because: " + entry.reason);
    }
    if (details.contains("revisions")) {
        const auto count = details["revisions"].size();
        return fmt::format("{}  {} revision{} deemed applied", entry.domain, count, count == 1 ? "" : "s");
    }
    std::string text = fmt::format("{}  {}  {}  {}", entry.domain, entry.revision, entry.direction, entry.outcome);
    if (!row.duration_ms.empty()) text += "  " + row.duration_ms + " ms";
    if (!entry.error.empty()) {
        text += fmt::format("  statement {}: {} {}", entry.statement.value_or(0), entry.sqlstate, entry.error);
    }
    return text;
}

std::string as_text(const std::vector<ledger::Row>& rows) {
    if (rows.empty()) return "the ledger is empty\n";
    std::string text;
    for (const auto& row : rows) {
        text += fmt::format("{:>5}  {}  {:<8}  {:<15}  {}\n", row.id, row.at, row.role, row.entry.kind, about(row));
    }
    return text;
}

std::string as_json(const std::vector<ledger::Row>& rows) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& row : rows) {
        const auto& entry = row.entry;
        nlohmann::ordered_json item{{"id", row.id},
                                    {"at", row.at},
                                    {"kind", entry.kind},
                                    {"role", row.role},
                                    {"session_role", row.session_role}};
        if (entry.run) item["run"] = *entry.run;
        const std::pair<const char*, const std::string&> texts[] = {{"domain", entry.domain},
                                                                    {"revision", entry.revision},
                                                                    {"direction", entry.direction},
                                                                    {"outcome", entry.outcome},
                                                                    {"up_checksum", entry.up_checksum},
                                                                    {"down_checksum", entry.down_checksum},
                                                                    {"sqlstate", entry.sqlstate},
                                                                    {"error", entry.error},
                                                                    {"reason", entry.reason}};
        for (const auto& [key, text] : texts) {
            if (!text.empty()) item[key] = text;
        }
        if (!row.duration_ms.empty()) item["duration_ms"] = std::stoll(row.duration_ms);
        if (entry.statement) item["statement"] = *entry.statement;
        if (!entry.details.empty()) item["details"] = details_of(row);
        list.push_back(std::move(item));
    }
    return list.dump(2) + "\n";
}

base::Result<cli::Output> verify(connect::Connection& connection, const std::string& schema, bool json) {
    const auto broken = TRY(ledger::broken_rows(connection, schema));
    if (json) {
        const nlohmann::ordered_json document{{"unbroken", broken.empty()}, {"broken_rows", broken}};
        return cli::Output{.text = document.dump(2) + "\n", .exit_code = broken.empty() ? 0 : 1};
    }
    if (broken.empty()) return cli::Output{.text = "the chain is unbroken\n"};
    std::string ids;
    for (const auto id : broken) ids += (ids.empty() ? "" : ", ") + std::to_string(id);
    return cli::Output{
        .text = fmt::format("the chain is broken at row {}: a row there was changed, removed or put in\n", ids),
        .exit_code = 1};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto rows_max = TRY(rows_max_of(given));
    const auto target = TRY(find_target(workspace.settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    const auto& schema = workspace.settings.ledger_schema;
    TRY(ledger::check_own_schema(connection, schema));
    if (given.has("--verify")) return verify(connection, schema, given.json());
    ledger::Filter filter{.rows_max = rows_max};
    if (given.has("--broke-glass")) filter.kind = "broke-glass";
    if (workspace.scope.named) filter.domains = workspace.scope.domains;
    const auto rows = TRY(ledger::read_ledger(connection, schema, filter));
    return cli::Output{.text = given.json() ? as_json(rows) : as_text(rows)};
}

}  // namespace

extern const cli::Verb ledger_verb{
    .name = "ledger",
    .group = cli::Group::look,
    .summary = "who ran what, when, from where, with which outcome",
    .description =
        "Lists the ledger, oldest first: a row for each run, and one for each revision with its outcome. The\n"
        "ledger is append-only and its rows are chained by hash; --verify checks the chain and exits 1 where it\n"
        "is broken. --broke-glass shows the emergencies: a row before each, with its reason and what it broke, and\n"
        "one with the outcome; where that one is missing, the run was killed.",
    .example = "haetae ledger\nhaetae ledger --verify\nhaetae ledger --broke-glass --limit 0",
    .options = {{"--verify", 0, cli::Option::Kind::flag, "", "is the chain of rows unbroken?"},
                {"--broke-glass", 0, cli::Option::Kind::flag, "", "only the emergencies"},
                {"--limit", 'n', cli::Option::Kind::value, "N", "the newest N rows; 50 unless given, 0 for all"}},
    .run = run,
};

}  // namespace haetae::verbs
