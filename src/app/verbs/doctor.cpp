// SPDX-License-Identifier: Apache-2.0
// `haetae doctor`: everything a migration stands on, looked at once. What cannot be looked at is said, and ends
// nothing.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "checkup/server.hpp"
#include "checkup/way.hpp"
#include "connect/gaps.hpp"
#include "connect/library_version.hpp"
#include "os/process.hpp"
#include "os/terminal.hpp"
#include "protect/guard.hpp"
#include "protect/server_facts.hpp"
#include "revisions/folder.hpp"
#include "sandbox/programs.hpp"
#include "sql/extension.hpp"
#include "sql/grammar.hpp"
#include "verbs/emergency.hpp"
#include "verbs/gate.hpp"
#include "verbs/pooling.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

using checkup::Lines;
using outcome::CheckLine;
using State = CheckLine::State;

constexpr std::string_view no_url_here = "HT0404";  // none is set, and the embedded server is not for this case

std::string word_of(State state) {
    switch (state) {
        case State::ok:
            return "ok";
        case State::warning:
            return "warning";
        case State::failure:
            return "failure";
        case State::unseen:
            return "unseen";
    }
    return {};
}

CheckLine failed(std::string topic, const base::Error& error) {
    return {.state = State::failure, .topic = std::move(topic), .text = error.sentence, .remedy = error.hint};
}

void append(Lines& lines, Lines more) {
    std::move(more.begin(), more.end(), std::back_inserter(lines));
}

/// The major version of "pg_dump (PostgreSQL) 15.18 (Debian …)"; nothing where there is no pg_dump.
std::optional<int> pg_dump_version() {
    auto program = os::find_program("pg_dump");
    if (!program) {
        const auto programs = sandbox::find_programs();
        if (programs) program = programs->folder + "/pg_dump";
    }
    if (!program) return std::nullopt;
    const auto finished = os::run({.program = *program, .arguments = {"--version"}}, std::chrono::seconds(10));
    if (!finished || finished->exit_code != 0) return std::nullopt;
    const auto& text = finished->output;
    const auto begin = text.find_first_of("0123456789");
    int major = 0;
    if (begin == std::string::npos) return std::nullopt;
    std::from_chars(text.data() + begin, text.data() + text.size(), major);
    return major;
}

Lines graph_lines(const settings::Settings& settings, const graph::Graph& graph) {
    Lines lines;
    for (const auto& domain : settings.domains) {
        const auto heads = graph.heads_of(domain.name).size();
        CheckLine line{.topic = "domain " + domain.name.text()};
        if (heads <= 1) {
            line.text = heads == 0 ? "no revisions yet" : "one head";
        } else {
            line.state = State::warning;
            line.text = fmt::format("{} heads: `upgrade head` does not know which is meant", heads);
            line.remedy = fmt::format("haetae merge heads -d {} -m TEXT", domain.name.text());
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

/// What the revisions create by CREATE EXTENSION. A file that cannot be read is a line of its own.
std::vector<std::string> extensions_of(const settings::Settings& settings, const graph::Graph& graph, Lines& lines) {
    std::set<std::string> names;
    for (const auto node : graph.topological()) {
        const auto parts = revisions::load_parts(settings, graph.at(node));
        if (!parts) {
            lines.push_back(failed("revision " + graph.at(node).id.text(), parts.error()));
            continue;
        }
        for (const auto& statement : parts->up.statements) {
            if (auto name = sql::created_extension(statement.sql)) names.insert(*std::move(name));
        }
    }
    return {names.begin(), names.end()};
}

CheckLine guard_line(connect::Connection& connection, const settings::Settings& settings) {
    const auto state = protect::read_guard(connection, settings);
    if (!state) return failed("guard", state.error());
    if (!state->is_installed) return {.topic = "guard", .text = "none; `haetae guard install` makes one"};
    if (state->problems.empty()) return {.topic = "guard", .text = "is in place"};
    return {
        .state = State::warning, .topic = "guard", .text = state->problems.front(), .remedy = "haetae guard install"};
}

/// The mark as the gate judges it, and the last emergency.
Lines mark_lines(connect::Connection& connection, const settings::Settings& settings,
                 const settings::Environment& environment) {
    const auto gate = read_gate(connection, settings, environment);
    if (!gate) return {failed("mark", gate.error())};
    const auto verdict =
        policy::judge(gate->settings, gate->session, gate->ci, {.command = "upgrade", .changes = false});
    Lines lines;
    for (const auto& refusal : verdict.refusals) {
        lines.push_back(
            {.state = State::failure, .topic = "mark", .text = refusal.sentence, .remedy = refusal.instead});
    }
    for (const auto& note : verdict.notes) lines.push_back({.state = State::warning, .topic = "mark", .text = note});
    if (lines.empty()) {
        const auto mark = mark_text(gate->session.mark);
        lines.push_back({.topic = "mark", .text = mark.empty() ? "none, and the environment is not protected" : mark});
    }
    if (const auto last = last_emergency(connection, settings.ledger_schema); !last.empty()) {
        lines.push_back({.topic = "emergency", .text = "the last one: " + last});
    }
    return lines;
}

checkup::WayFacts way_of(connect::Connection& connection, const target::Target& target, cli::Talk& talk) {
    const auto encryption = encryption_of(connection, target);
    checkup::WayFacts facts{.encryption = encryption.method, .is_local = encryption.is_local};
    auto pooling = examine_pooling(connection, target, talk);
    if (pooling) {
        facts.pooling = *std::move(pooling);
    } else {
        facts.why_not = pooling.error().sentence;
    }
    return facts;
}

/// Fills in the server's version. The rest of what is known where the database cannot be reached.
Lines database_lines(const settings::Settings& settings, const target::Target& target,
                     const std::vector<std::string>& extensions, checkup::Versions& versions, cli::Talk& talk) {
    const auto url = target.lease ? target.url : connect::fill_gaps(target.url).url;
    Lines lines{{.topic = "target", .text = target.described()}};
    append(lines, checkup::judge_host(url));
    auto connection = open_to_look(target, talk);
    if (!connection) {
        lines.push_back(failed("connection", connection.error()));
        lines.push_back(
            {.state = State::unseen,
             .topic = "server",
             .text = "role, rights, mark, pooler, encryption, limits, extensions, guard: there is no connection"});
        append(lines, checkup::judge_schema_names(settings.domains, false));
        return lines;
    }
    versions.server = connection->server_version();
    auto facts = protect::read_server_facts(*connection, settings.domains, extensions);
    if (facts) {
        append(lines, checkup::judge_server(*facts, target.environment));
        append(lines, checkup::judge_schema_names(settings.domains, facts->is_supabase));
    } else {
        lines.push_back(failed("server", facts.error()));
    }
    append(lines, mark_lines(*connection, settings, target.environment));
    lines.push_back(guard_line(*connection, settings));
    append(lines, checkup::judge_way(way_of(*connection, target, talk), url));  // last: it may cost the connection
    return lines;
}

Lines look(const cli::Given& given, cli::Talk& talk) {
    checkup::Versions versions{
        .client = connect::library_version_number(), .grammar = sql::grammar_version(), .pg_dump = pg_dump_version()};
    Lines lines;
    const auto project = open_project(given, talk);
    if (!project) {
        lines.push_back(failed("project", project.error()));
        lines.push_back(
            {.state = State::unseen, .topic = "database", .text = "which one is meant stands in haetae.toml"});
        append(lines, checkup::judge_versions(versions));
        return lines;
    }
    const auto& settings = project->settings;
    lines.push_back({.topic = "project", .text = fmt::format("{}/haetae.toml can be read", settings.root)});
    std::vector<std::string> extensions;
    if (const auto graph = revisions::load_graph(settings)) {
        append(lines, graph_lines(settings, *graph));
        extensions = extensions_of(settings, *graph, lines);
    } else {
        lines.push_back(failed("revisions", graph.error()));
    }
    const auto target = find_target(settings, given, talk);
    if (target) {
        append(lines, database_lines(settings, *target, extensions, versions, talk));
    } else {
        auto line = failed("database", target.error());
        if (target.error().code == no_url_here) line.state = State::unseen;
        lines.push_back(std::move(line));
        append(lines, checkup::judge_schema_names(settings.domains, false));
    }
    append(lines, checkup::judge_versions(versions));
    return lines;
}

std::string as_text(const Lines& lines) {
    std::size_t width = 0;
    for (const auto& line : lines) width = std::max(width, os::display_width(line.topic));
    std::string text;
    for (const auto& line : lines) {
        text += fmt::format("{:<8}  {}  {}\n", word_of(line.state), os::pad_to_width(line.topic, width), line.text);
        if (line.state != State::ok && !line.remedy.empty()) {
            const std::string indent(width + 12, ' ');
            std::string remedy = line.remedy;
            for (auto end = remedy.find('\n'); end != std::string::npos; end = remedy.find('\n', end + 1)) {
                remedy.insert(end + 1, indent + "      ");
            }
            text += indent + "help: " + remedy + "\n";
        }
    }
    return text;
}

std::string as_json(const Lines& lines, bool is_ok) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& line : lines) {
        nlohmann::ordered_json item{{"state", word_of(line.state)}, {"topic", line.topic}, {"text", line.text}};
        if (!line.remedy.empty()) item["remedy"] = line.remedy;
        list.push_back(std::move(item));
    }
    return nlohmann::ordered_json{{"ok", is_ok}, {"checks", list}}.dump(2) + "\n";
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto lines = look(given, talk);
    const bool is_ok =
        std::none_of(lines.begin(), lines.end(), [](const CheckLine& line) { return line.state == State::failure; });
    return cli::Output{.text = given.json() ? as_json(lines, is_ok) : as_text(lines), .exit_code = is_ok ? 0 : 1};
}

}  // namespace

extern const cli::Verb doctor_verb{
    .name = "doctor",
    .group = cli::Group::check,
    .summary = "project, role, server, pooler and programs: is everything fit to migrate?",
    .description =
        "Looks at everything a migration stands on, one line each: ok, warning or failure, with a remedy; `unseen` is\n"
        "what could not be looked at. Project files and heads, the role and its rights in each domain's schema, the\n"
        "limits in force, extensions that revisions create, mark and guard, pooler and encryption on the way to the "
        "server,\n"
        "versions. Works without a database as far as it goes. Writes nothing. Exits 1 on a failure.",
    .example = "haetae doctor\nhaetae doctor -e production --format json",
    .run = run,
};

}  // namespace haetae::verbs
