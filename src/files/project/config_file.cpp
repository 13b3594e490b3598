// SPDX-License-Identifier: Apache-2.0
// Each table of haetae.toml is a list of its keys and where they go; docs/reference/project-file.md has the same lists.
#include "project/config_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pg/connection_url.hpp"
#include "project/toml_reader.hpp"

namespace haetae::project {

namespace {

/// A field whose value goes to `target` as `read` gives it.
template <typename Target, typename Read>
Field into(std::string_view name, Target& target, Read read) {
    return {name, [&target, read](const TomlEntry& entry) -> base::Status {
                target = TRY(read(entry));
                return base::Done{};
            }};
}

class ConfigReader {
    // The ways of reading a value, as functions that can be put into a field.
    [[nodiscard]] auto text() const {
        return [this](const TomlEntry& e) { return reader_.text(e); };
    }
    [[nodiscard]] auto boolean() const {
        return [this](const TomlEntry& e) { return reader_.boolean(e); };
    }
    [[nodiscard]] auto duration() const {
        return [this](const TomlEntry& e) { return reader_.duration(e); };
    }
    [[nodiscard]] auto schema_name() const {
        return [this](const TomlEntry& e) { return reader_.schema_name(e); };
    }
    [[nodiscard]] auto identifier() const {
        return [this](const TomlEntry& e) { return reader_.identifier(e); };
    }
    [[nodiscard]] auto variable_name() const {
        return [this](const TomlEntry& e) { return reader_.variable_name(e); };
    }
    [[nodiscard]] auto inner_path() const {
        return [this](const TomlEntry& e) { return reader_.inner_path(e); };
    }
    [[nodiscard]] auto number(int min, int max) const {
        return [this, min, max](const TomlEntry& e) { return reader_.number(e, min, max); };
    }
    template <typename Value, std::size_t size>
    [[nodiscard]] auto choice(const std::array<std::pair<std::string_view, Value>, size>& choices) const {
        return [this, &choices](const TomlEntry& e) {
            return reader_.choice(e, std::span<const std::pair<std::string_view, Value>>(choices));
        };
    }

 public:
    explicit ConfigReader(const TomlFile& file) : reader_(file) {}

    base::Result<ConfigFile> read(const TomlTable& top) {
        const std::vector<Field> fields{
            into("migrations", config_.settings.migrations, inner_path()),
            into("ledger_schema", config_.settings.ledger_schema, schema_name()),
            {"domain",
             [this](const TomlEntry& entry) { return each(entry, [this](const auto& e) { return domain(e); }); }},
            {"env",
             [this](const TomlEntry& entry) { return each(entry, [this](const auto& e) { return environment(e); }); }},
            {"ci", [this](const TomlEntry& entry) { return ci(entry); }},
            {"lint", [this](const TomlEntry& entry) { return lint(entry); }},
            {"sandbox", [this](const TomlEntry& entry) { return sandbox(entry); }},
        };
        TRY(reader_.read(top, "haetae.toml", fields));
        config_.settings.environments.try_emplace("local");
        return std::move(config_);
    }

 private:
    /// `[domain.*]`, `[env.*]`: every entry is a table under a name of the user's.
    template <typename Take>
    base::Status each(const TomlEntry& group, Take take) {
        const TomlTable entries = TRY(reader_.table(group));
        for (const auto& entry : entries) {
            if (const auto wrong = settings::wrong_name(entry.key); !wrong.empty()) {
                return base::Error{.code = "HT0306",
                                   .sentence = fmt::format("a name in [{}.…] {}", group.key, wrong),
                                   .hint = "use letters, digits, '_' and '-'",
                                   .span = reader_.key_span(entry)};
            }
            TRY(take(entry));
        }
        return base::Done{};
    }

    base::Status domain(const TomlEntry& entry) {
        DomainEntry found{
            .domain = {.name = graph::DomainName(entry.key), .folder = {}, .schema = {}, .version_schema = {}},
            .place = reader_.key_span(entry)};
        settings::Domain& domain = found.domain;
        const std::vector<Field> fields{
            into("schema", domain.schema, schema_name()),
            into("version_table", domain.version_table, identifier()),
            into("version_schema", domain.version_schema, schema_name()),
            into("search_path", domain.search_path, text()),
            {"depends_on", [&](const TomlEntry& e) { return depends_on(e, found); }},
            into("deprecated", domain.deprecated, boolean()),
            into("planned", domain.planned, boolean()),
            {"desired", [&](const TomlEntry& e) { return desired(e, domain); }},
        };
        const TomlTable table = TRY(reader_.table(entry));
        TRY(reader_.read(table, fmt::format("[domain.{}]", entry.key), fields));
        config_.domains.push_back(std::move(found));
        return base::Done{};
    }

    base::Status depends_on(const TomlEntry& entry, DomainEntry& found) const {
        found.depends_on_place = reader_.key_span(entry);
        const auto names = TRY(reader_.texts(entry));
        for (const auto& name : names) {
            const graph::DomainName dependency(name);
            auto& list = found.domain.depends_on;
            if (std::find(list.begin(), list.end(), dependency) == list.end()) list.push_back(dependency);
        }
        return base::Done{};
    }

    base::Status desired(const TomlEntry& entry, settings::Domain& domain) const {
        using Source = settings::Desired::Source;
        settings::Desired wish;
        int sources = 0;
        const auto source = [&](std::string_view name, Source kind, auto read) {
            return Field{name, [&wish, &sources, kind, read](const TomlEntry& e) -> base::Status {
                             wish = {.source = kind, .value = TRY(read(e))};
                             ++sources;
                             return base::Done{};
                         }};
        };
        const std::vector<Field> fields{source("file", Source::file, inner_path()),
                                        source("command", Source::command, text()),
                                        source("url_env", Source::url_env, variable_name())};
        const TomlTable table = TRY(reader_.table(entry));
        TRY(reader_.read(table, "'desired'", fields));
        if (sources != 1) {
            return reader_.wrong_value(entry, "'desired' must have exactly one of file, command and url_env",
                                       "write desired = { file = \"migrations/users/schema.sql\" }");
        }
        domain.desired = std::move(wish);
        return base::Done{};
    }

    base::Status environment(const TomlEntry& entry) {
        settings::Environment environment{.name = entry.key};
        settings::Limits& limits = environment.limits;
        std::optional<TomlEntry> url_entry;
        bool has_url_env = false;
        const std::vector<Field> fields{
            {"url_env",
             [&](const TomlEntry& e) -> base::Status {
                 environment.url_env = TRY(reader_.variable_name(e));
                 has_url_env = true;
                 return base::Done{};
             }},
            {"url",
             [&](const TomlEntry& e) -> base::Status {
                 environment.url = TRY(reader_.text(e));
                 url_entry = e;
                 return base::Done{};
             }},
            into("app_url_env", environment.app_url_env, variable_name()),
            into("admin_url_env", environment.admin_url_env, variable_name()),
            into("protected", environment.is_protected, boolean()),
            into("migration_role", environment.migration_role, identifier()),
            into("app_role", environment.app_role, identifier()),
            into("allow_down", environment.allow_down, boolean()),
            into("allow_contract", environment.allow_contract, boolean()),
            into("lock_timeout", limits.lock_timeout, duration()),
            into("concurrent_lock_timeout", limits.concurrent_lock_timeout, duration()),
            into("statement_timeout", limits.statement_timeout, duration()),
            into("migrator_wait", limits.migrator_wait, duration()),
            into("connect_timeout", limits.connect_timeout, duration()),
            into("retries", limits.retries, number(0, 1000)),
            {"backup", [&](const TomlEntry& e) { return backup(e, environment); }},
        };
        const TomlTable table = TRY(reader_.table(entry));
        TRY(reader_.read(table, fmt::format("[env.{}]", entry.key), fields));
        if (url_entry) TRY(check_url(*url_entry, has_url_env, environment));
        config_.settings.environments.insert_or_assign(entry.key, std::move(environment));
        return base::Done{};
    }

    base::Status check_url(const TomlEntry& entry, bool has_url_env, settings::Environment& environment) {
        if (has_url_env) {
            return reader_.wrong_value(entry, fmt::format("[env.{}] has both url and url_env", environment.name),
                                       "keep one of them; url_env keeps the password out of the file");
        }
        environment.url_env.clear();
        auto url = pg::ConnectionUrl::parse(*environment.url);
        const auto place = reader_.wrong_value(entry, "", "").span;
        if (!url) return std::move(url).error().at(*place);
        if (!url->has_password()) return base::Done{};
        if (environment.is_protected) {
            return base::Error{
                .code = "HT0314",
                .sentence = fmt::format("the URL of the protected environment '{}' holds a password", environment.name),
                .hint = "put the URL into a variable and write url_env = \"NAME\"; then change the password",
                .span = place};
        }
        config_.settings.notes.push_back(fmt::format(
            "haetae.toml holds a password in [env.{}]; url_env keeps it out of the file", environment.name));
        return base::Done{};
    }

    base::Status backup(const TomlEntry& entry, settings::Environment& environment) const {
        using Mode = settings::Backup::Mode;
        using Verify = settings::Backup::Verify;
        static constexpr std::array<std::pair<std::string_view, Mode>, 5> modes{{{"full", Mode::full},
                                                                                 {"domains", Mode::domains},
                                                                                 {"schema", Mode::schema},
                                                                                 {"command", Mode::command},
                                                                                 {"off", Mode::off}}};
        static constexpr std::array<std::pair<std::string_view, Verify>, 3> proofs{
            {{"none", Verify::none}, {"checksum", Verify::checksum}, {"restored", Verify::restored}}};
        settings::Backup backup;
        const std::vector<Field> fields{
            into("mode", backup.mode, choice(modes)),      into("directory", backup.directory, text()),
            into("command", backup.command, text()),       into("verify", backup.verify, choice(proofs)),
            into("keep", backup.keep, number(1, 1000000)),
        };
        const TomlTable table = TRY(reader_.table(entry));
        TRY(reader_.read(table, "'backup'", fields));
        if ((backup.mode == Mode::command) != backup.command.has_value()) {
            return reader_.wrong_value(entry, "'backup' must have mode = \"command\" and a command, or neither",
                                       "write backup = { mode = \"command\", command = \"…\" }");
        }
        environment.backup = std::move(backup);
        return base::Done{};
    }

    base::Status ci(const TomlEntry& entry) {
        settings::Ci& ci = config_.settings.ci;
        const std::vector<Field> fields{
            into("run_env", ci.run_env, variable_name()),
            into("actor_env", ci.actor_env, variable_name()),
            into("commit_env", ci.commit_env, variable_name()),
        };
        const TomlTable table = TRY(reader_.table(entry));
        TRY(reader_.read(table, "[ci]", fields));
        if (!ci.run_env.empty() && !ci.actor_env.empty() && !ci.commit_env.empty()) return base::Done{};
        return reader_.wrong_value(entry, "[ci] must name all of run_env, actor_env and commit_env",
                                   "a run is known by all three: which run, who started it, which commit");
    }

    base::Status lint(const TomlEntry& entry) {
        settings::Lint& lint = config_.settings.lint;
        const std::vector<Field> fields{
            into("postgres", lint.postgres, number(13, 18)),
            {"ignore",
             [&](const TomlEntry& e) -> base::Status {
                 const auto names = TRY(reader_.texts(e));
                 for (const auto& name : names) lint.ignore.push_back(TRY(reader_.rule_name(e, name)));
                 return base::Done{};
             }},
            {"severity", [&](const TomlEntry& e) { return severities(e); }},
        };
        const TomlTable table = TRY(reader_.table(entry));
        return reader_.read(table, "[lint]", fields);
    }

    base::Status sandbox(const TomlEntry& entry) {
        const std::vector<Field> fields{into("roles", config_.settings.sandbox.roles,
                                             [this](const TomlEntry& e) { return reader_.texts(e); })};
        const TomlTable table = TRY(reader_.table(entry));
        return reader_.read(table, "[sandbox]", fields);
    }

    base::Status severities(const TomlEntry& group) {
        using Severity = settings::Lint::Severity;
        static constexpr std::array<std::pair<std::string_view, Severity>, 4> words{{{"off", Severity::off},
                                                                                     {"note", Severity::note},
                                                                                     {"warning", Severity::warning},
                                                                                     {"error", Severity::error}}};
        const TomlTable entries = TRY(reader_.table(group));
        for (const auto& entry : entries) {
            auto rule = TRY(reader_.rule_name(entry, entry.key));
            config_.settings.lint.severity[std::move(rule)] = TRY(choice(words)(entry));
        }
        return base::Done{};
    }

    TomlReader reader_;
    ConfigFile config_;
};

}  // namespace

base::Result<ConfigFile> read_config(const TomlFile& file) {
    const auto top = TRY(parse_toml(file));
    return ConfigReader(file).read(top);
}

}  // namespace haetae::project
