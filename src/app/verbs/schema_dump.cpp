// SPDX-License-Identifier: Apache-2.0
// `haetae schema dump`: a schema as SQL in one fixed form, out of a database, of SQL files or of the revisions.
#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "catalog/fingerprint.hpp"
#include "catalog/snapshot.hpp"
#include "ddl/script.hpp"
#include "graph/lineage.hpp"
#include "model/fact.hpp"
#include "os/file.hpp"
#include "replay/replay.hpp"
#include "verbs/sql_files.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

using base::Error;

struct Source {
    model::Database database;
    std::string silent_owner{};  ///< whose ownership says nothing: the superuser of a throw-away server
};

bool is_url(const std::string& text) {
    if (os::is_file(text) || os::is_folder(text)) return false;
    return text.find("://") != std::string::npos || text.starts_with("env:") || text.find('=') != std::string::npos;
}

std::vector<model::SchemaName> wanted_schemas(const cli::Given& given) {
    std::vector<model::SchemaName> names;
    for (const auto& name : given.values("--schema")) names.emplace_back(name);
    return names;
}

/// Of the settings' domains, unless schemas are named: all of them where the project has none.
std::vector<model::SchemaName> domain_schemas(const Workspace& workspace) {
    std::vector<model::SchemaName> names;
    for (const auto& domain : workspace.domains()) names.emplace_back(domain.schema);
    return names;
}

/// The project that counts; without one, for a database that is named on the command line, none is needed.
base::Result<Workspace> find_workspace(const cli::Given& given, cli::Talk& talk, bool is_named) {
    auto workspace = open_workspace(given, talk);
    if (!workspace && workspace.error().code == "HT0301" && is_named) {
        Workspace none;
        none.settings.environments.emplace("local", settings::Environment{});
        return none;
    }
    return workspace;
}

/// The schemas that are wanted, without haetae's own tables.
base::Result<model::Database> read_wanted(connect::Connection& connection, const Workspace& workspace,
                                          const cli::Given& given) {
    const auto& settings = workspace.settings;
    auto schemas = wanted_schemas(given);
    if (schemas.empty()) schemas = domain_schemas(workspace);
    const model::SchemaName ledger[] = {model::SchemaName(settings.ledger_schema)};
    std::vector<model::QualifiedName> version_tables;
    for (const auto& domain : settings.domains) {
        version_tables.push_back({domain.version_schema, domain.version_table});
    }
    return catalog::read(connection, {.schemas = schemas, .without_schemas = ledger, .without_tables = version_tables});
}

bool is_history(const std::string& source) {
    return (source == "history" || source.starts_with("history:")) && !os::is_file(source) && !os::is_folder(source);
}

/// The project's history up to the address behind the colon, or to its heads, on a throw-away server.
base::Result<Source> read_history(const cli::Given& given, cli::Talk& talk, const std::string& source) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& graph = workspace.graph;
    const auto colon = source.find(':');
    cli::Given meant = given;
    meant.arguments = {colon == std::string::npos ? "heads" : source.substr(colon + 1)};
    const auto nodes = TRY(meant_nodes(workspace, meant, talk));
    const auto applied = graph::ancestors(graph, nodes, graph::Edges::all);
    auto history = TRY(replay::History::read(workspace.settings, graph, applied));
    auto replay = TRY(replay::Replay::start(std::move(history)));
    TRY(replay.go_to(applied));
    return Source{.database = TRY(read_wanted(replay.connection(), workspace, given)), .silent_owner = "postgres"};
}

base::Result<Source> read_database(const cli::Given& given, cli::Talk& talk, const std::optional<std::string>& url) {
    const auto workspace = TRY(find_workspace(given, talk, url.has_value()));
    const auto& settings = workspace.settings;
    auto target =
        TRY(target::find_target(settings, {.environment = given.value("--env").value_or("local"), .url = url}));
    for (const auto& note : target.notes) talk.note(note);
    auto connection = TRY(open_to_look(target, talk));
    return Source{.database = TRY(read_wanted(connection, workspace, given))};
}

base::Result<Source> read_source(const cli::Given& given, cli::Talk& talk) {
    const auto source = given.argument(0);
    auto url = given.value("--url");
    if (source && url) {
        return Error{.code = "HT0148",
                     .sentence = "a source and --url exclude each other",
                     .hint = "give the URL as the source, or by --url"};
    }
    if (source && is_history(*source)) return read_history(given, talk, *source);
    if (source && !is_url(*source)) {
        if (given.has("--schema")) {
            return Error{.code = "HT0149",
                         .sentence = "--schema chooses among the schemas of a database, and the source is files",
                         .hint = "leave --schema out: all that the files make is dumped"};
        }
        return Source{.database = TRY(schema_of_files(*source, talk)), .silent_owner = "postgres"};
    }
    if (source) url = source;
    return read_database(given, talk, url);
}

base::Status check_schemas(const cli::Given& given, const model::Database& database) {
    for (const auto& name : given.values("--schema")) {
        const auto is_it = [&](const model::Schema& schema) { return schema.name == name; };
        if (std::any_of(database.schemas.begin(), database.schemas.end(), is_it)) continue;
        return Error{.code = "HT0693",
                     .sentence = "there is no schema " + name + " in the database",
                     .hint = "names are taken as they are stored, so capital letters count"};
    }
    return base::Done{};
}

std::string as_json(const model::Database& database, const std::vector<std::string>& left_out) {
    nlohmann::ordered_json facts = nlohmann::ordered_json::array();
    for (const auto& fact : model::facts(database)) {
        nlohmann::ordered_json entry{{"object", fact.object}};
        if (!fact.attribute.empty()) entry["attribute"] = fact.attribute;
        if (!fact.value.empty()) entry["value"] = fact.value;
        facts.push_back(std::move(entry));
    }
    const nlohmann::ordered_json document{{"server_version", database.origin.server_version},
                                          {"fingerprint", catalog::fingerprint(database)},
                                          {"left_out", left_out},
                                          {"facts", std::move(facts)}};
    return document.dump(2) + "\n";
}

void say_left_out(const std::vector<std::string>& left_out, cli::Talk& talk) {
    if (left_out.empty()) return;
    talk.warning(fmt::format("{} that the dump does not hold:",
                             left_out.size() == 1 ? "1 object" : fmt::format("{} objects", left_out.size())));
    for (const auto& object : left_out) talk.line("  " + object);
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto source = TRY(read_source(given, talk));
    TRY(check_schemas(given, source.database));
    const auto left_out = ddl::left_out(source.database);
    std::string text;
    if (given.json()) {
        text = as_json(source.database, left_out);
    } else {
        text =
            ddl::text(TRY(ddl::create_all(source.database, {.owners = !given.has("--no-owner"),
                                                            .privileges = !given.has("--no-privileges"),
                                                            .silent_owner = source.silent_owner,
                                                            .server_version = source.database.origin.server_version})));
    }
    say_left_out(left_out, talk);
    const auto file = given.value("--output");
    if (!file) return cli::Output{.text = std::move(text)};
    TRY(os::write_file(*file, text));
    return cli::Output{.next = {"wrote " + *file}};
}

}  // namespace

extern const cli::Verb schema_dump_verb{
    .name = "schema dump",
    .group = cli::Group::look,
    .summary = "a schema as SQL, in one fixed form",
    .description =
        "Prints the SQL that makes the schema anew in an empty database, every object in the order of what it needs.\n"
        "The same schema gives the same text, whatever way it came about.\n\n"
        "SOURCE is a database (a URL, or env:NAME), an .sql file, or a folder of .sql files, which are run in the "
        "order\n"
        "of their names on a throw-away server, as are the revisions of `history`, or of `history:REV` up to REV.\n"
        "Without SOURCE it is the database of the environment. Of a database and of the history come the schemas of\n"
        "the domains that are meant; `--schema` names others. haetae's own tables are left out. What the dump cannot\n"
        "hold is named on standard error.",
    .example =
        "haetae schema dump\nhaetae schema dump history:9f3c\nhaetae schema dump env:PRODUCTION_URL --schema shop -o "
        "shop.sql\n"
        "haetae schema dump migrations/users/schema.sql --format json",
    .arguments = {{"SOURCE", "a URL, env:NAME, history, history:REV, an .sql file or a folder of them", 0, 1}},
    .options = {{"--schema", 'n', cli::Option::Kind::repeated, "SCHEMA", "only this schema of the database"},
                {"--no-owner", 'O', cli::Option::Kind::flag, "", "say nothing of owners"},
                {"--no-privileges", 'x', cli::Option::Kind::flag, "",
                 "say nothing of GRANT, REVOKE and defaults for them"},
                {"--output", 'o', cli::Option::Kind::value, "FILE", "write to FILE, replacing it as a whole"}},
    .run = run,
};

}  // namespace haetae::verbs
