// SPDX-License-Identifier: Apache-2.0
// The documents, key by key. What a document does not know has no key.
#include "report/json.hpp"

#include <nlohmann/json.hpp>

#include "graph/phase.hpp"
#include "report/revision_words.hpp"

namespace haetae::report {

namespace {

using Json = nlohmann::ordered_json;
using outcome::RevisionRow;

std::string document(const Json& json) {
    // Text that is not UTF-8 cannot come out of a revision file; a replaced byte is better than no document.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <typename Ids>
Json texts_of(const Ids& ids) {
    Json list = Json::array();
    for (const auto& id : ids) list.push_back(id.text());
    return list;
}

Json names_of(const graph::DomainName& domain, const std::vector<outcome::RevisionName>& names) {
    Json list = Json::array();
    for (const auto& name : names) list.push_back(name_seen_from(domain, name));
    return list;
}

Json brief(const RevisionRow& row) {
    return {{"domain", row.domain.text()}, {"revision", row.id.text()}, {"labels", texts_of(row.labels)}};
}

Json full(const RevisionRow& row) {
    Json json{{"domain", row.domain.text()},      {"revision", row.id.text()},
              {"revises", texts_of(row.revises)}, {"depends_on", names_of(row.domain, row.depends_on)},
              {"labels", texts_of(row.labels)},   {"message", row.message},
              {"created", row.created},           {"file", row.file}};
    if (row.phase) json["phase"] = graph::phase_word(*row.phase);
    return json;
}

/// A head is effective where another revision of its domain depends on it.
Json head(const RevisionRow& row) {
    Json json = brief(row);
    json["effective"] = row.head == outcome::HeadKind::effective;
    return json;
}

Json statements_of(const outcome::PartText& part) {
    Json list = Json::array();
    std::size_t group_number = 0;
    for (const auto& group : part.groups) {
        ++group_number;
        for (const auto& statement : group.statements) {
            list.push_back({{"sql", statement.sql},
                            {"line", statement.line},
                            {"segment", group_number},
                            {"transaction", group.transactional}});
        }
    }
    return list;
}

Json part_of(const outcome::PartText& part) {
    return {{"transaction", part.is_one_transaction()}, {"statements", statements_of(part)}};
}

Json detail(const outcome::RevisionDetail& revision) {
    Json json = full(revision.row);
    json["revised_by"] = texts_of(revision.children);
    json["needed_by"] = names_of(revision.row.domain, revision.dependents);
    json["replaces"] = texts_of(revision.replaces);
    Json extra = Json::object();
    for (const auto& [key, value] : revision.extra) extra[key] = value;
    json["extra"] = extra;
    json["up"] = part_of(revision.up);
    Json backfills = Json::array();
    for (const auto& backfill : revision.backfills) {
        Json options = Json::object();
        for (const auto& [key, value] : backfill.options) options[key] = value;
        backfills.push_back({{"options", options}, {"statements", statements_of(backfill.part)}});
    }
    json["backfills"] = backfills;
    if (revision.down) {
        json["down"] = part_of(*revision.down);
    } else {
        json["irreversible"] = revision.irreversible_reason;
    }
    return json;
}

Json ids_of(const std::vector<RevisionRow>& rows) {
    Json list = Json::array();
    for (const auto& row : rows) list.push_back(row.id.text());
    return list;
}

Json step_of(const outcome::PlannedStep& step) {
    Json json{{"domain", step.row.domain.text()},
              {"revision", step.row.id.text()},
              {"direction", step.is_up ? "up" : "down"},
              {"message", step.row.message},
              {"file", step.row.file},
              {"from", texts_of(step.from)},
              {"to", texts_of(step.to)},
              {"transaction", step.part.is_one_transaction() && step.backfills == 0}};
    if (step.row.phase) json["phase"] = graph::phase_word(*step.row.phase);
    json["statements"] = statements_of(step.part);
    if (step.irreversible) json["irreversible"] = *step.irreversible;
    if (step.backfills > 0) json["backfills"] = step.backfills;
    return json;
}

Json error_of(const base::Error& error) {
    Json json{{"code", error.code}, {"message", error.sentence}};
    if (!error.sqlstate.empty()) json["sqlstate"] = error.sqlstate;
    if (!error.hint.empty()) json["help"] = error.hint;
    if (error.span) json["file"] = error.span->file;
    if (error.span && error.span->line > 0) json["line"] = error.span->line;
    return json;
}

Json proof_of(const outcome::Proof& proof) {
    const auto milliseconds = [](std::chrono::microseconds took) { return took.count() / 1000; };
    Json json{{"domain", proof.row.domain.text()}, {"revision", proof.row.id.text()}};
    if (proof.up) json["up_ms"] = milliseconds(*proof.up);
    if (proof.down) json["down_ms"] = milliseconds(*proof.down);
    json["restored"] = proof.verdict == outcome::Verdict::restored;
    json["difference"] = proof.difference;
    json["verdict"] = outcome::verdict_word(proof.verdict);
    if (proof.error) json["error"] = error_of(*proof.error);
    return json;
}

Json halts_of(const std::vector<outcome::Halt>& halts) {
    Json list = Json::array();
    for (const auto& halt : halts) {
        Json json{{"domain", halt.revision.domain.text()}, {"revision", halt.revision.id.text()}};
        json["irreversible"] = !halt.error.has_value();
        if (halt.error) json["error"] = error_of(*halt.error);
        list.push_back(json);
    }
    return list;
}

Json round_trip_of(const outcome::RoundTrip& trip) {
    return {{"undone", trip.undone},
            {"halts", halts_of(trip.halts)},
            {"left", trip.left},
            {"up_halts", halts_of(trip.up_halts)},
            {"difference", trip.head_difference}};
}

}  // namespace

std::string heads_json(std::span<const RevisionRow> heads) {
    Json list = Json::array();
    for (const auto& row : heads) list.push_back(head(row));
    return document(list);
}

std::string history_json(std::span<const RevisionRow> rows) {
    Json list = Json::array();
    for (const auto& row : rows) list.push_back(full(row));
    return document(list);
}

std::string history_json(std::span<const RevisionRow> rows, std::span<const outcome::RevisionName> current) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back(full(row));
        list.back()["current"] = is_among(row, current);
    }
    return document(list);
}

std::string branches_json(std::span<const outcome::Branch> branches) {
    Json list = Json::array();
    for (const auto& branch : branches) {
        Json json = brief(branch.point);
        json["message"] = branch.point.message;
        Json children = Json::array();
        for (const auto& child : branch.children) {
            Json entry = brief(child);
            entry["message"] = child.message;
            children.push_back(entry);
        }
        json["children"] = children;
        list.push_back(json);
    }
    return document(list);
}

std::string show_json(std::span<const outcome::RevisionDetail> revisions) {
    Json list = Json::array();
    for (const auto& revision : revisions) list.push_back(detail(revision));
    return document(list);
}

std::string current_json(std::span<const outcome::DomainStatus> domains) {
    Json list = Json::array();
    for (const auto& status : domains) {
        for (const auto& row : status.current) {
            Json json = brief(row);
            json["head"] = row.head != outcome::HeadKind::none;
            list.push_back(json);
        }
    }
    return document(list);
}

std::string status_json(std::span<const outcome::DomainStatus> domains) {
    Json list = Json::array();
    std::size_t pending = 0;
    bool at_heads = true;
    for (const auto& status : domains) {
        Json in_progress = Json::array();
        for (const auto& step : status.in_progress) {
            in_progress.push_back({{"revision", step.id.text()}, {"direction", step.direction}});
        }
        list.push_back({{"domain", status.domain.text()},
                        {"deprecated", status.deprecated},
                        {"heads", ids_of(status.heads)},
                        {"current", ids_of(status.current)},
                        {"pending", ids_of(status.pending)},
                        {"in_progress", in_progress}});
        pending += status.pending.size();
        at_heads = at_heads && status.is_at_heads();
    }
    return document({{"domains", list}, {"pending", pending}, {"at_heads", at_heads}});
}

std::string plan_json(const outcome::PlannedRun& run) {
    Json steps = Json::array();
    for (const auto& step : run.steps) steps.push_back(step_of(step));
    return document({{"direction", run.is_up ? "up" : "down"}, {"steps", steps}});
}

std::string graph_json(std::span<const graph::DomainName> domains, std::span<const RevisionRow> rows) {
    Json revisions = Json::array();
    Json edges = Json::array();
    for (const auto& row : rows) {
        Json json = full(row);
        json["head"] = row.head != outcome::HeadKind::none;
        revisions.push_back(json);
        const auto edge = [&](const outcome::RevisionName& from, const char* kind) {
            edges.push_back({{"from", {{"domain", from.domain.text()}, {"revision", from.id.text()}}},
                             {"to", {{"domain", row.domain.text()}, {"revision", row.id.text()}}},
                             {"kind", kind}});
        };
        for (const auto& parent : row.revises) edge({.domain = row.domain, .id = parent}, "revises");
        for (const auto& name : row.depends_on) edge(name, "depends_on");
    }
    return document({{"domains", texts_of(domains)}, {"revisions", revisions}, {"edges", edges}});
}

std::string verification_json(const outcome::Verification& verification, bool is_ok) {
    Json revisions = Json::array();
    for (const auto& proof : verification.proofs) revisions.push_back(proof_of(proof));
    Json json{{"postgres", verification.postgres}, {"revisions", revisions}};
    if (verification.round_trip) json["round_trip"] = round_trip_of(*verification.round_trip);
    json["notes"] = verification.notes;
    json["ok"] = is_ok;
    return document(json);
}

std::string written_json(const RevisionRow& row, const std::string& file) {
    Json json = full(row);
    json["file"] = file;
    return document(json);
}

}  // namespace haetae::report
