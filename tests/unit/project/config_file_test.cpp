// SPDX-License-Identifier: Apache-2.0
// What haetae.toml may say, and how it is told when it is wrong.
#include "project/config_file.hpp"

#include <gtest/gtest.h>

#include "project/project_file.hpp"

namespace haetae::project {
namespace {

using std::chrono::milliseconds;

TEST(ConfigFile, TakesEveryKeyThatTheReferenceLists) {
    const auto config = read_config({.name = "haetae.toml", .text = R"(
migrations = "db/migrations/"
ledger_schema = "ops"
[domain.users]
schema = "u"
version_table = "users_version"
version_schema = "meta"
search_path = "u, public"
desired = { file = "migrations/users/schema.sql" }
[domain.character]
depends_on = ["users", "users"]
deprecated = true
planned = true
desired = { command = "python -m users.models" }
[domain.shop.desired]
url_env = "SHOP_URL"
[env.staging]
url = "postgresql://me@db/game"
[env.production]
url_env = "MIGRATION_DB_URL"
app_url_env = "DATABASE_URL"
admin_url_env = "ADMIN_DB_URL"
protected = true
migration_role = "migration_user"
app_role = "app_user"
allow_down = true
allow_contract = true
lock_timeout = "1s"
concurrent_lock_timeout = "2min"
statement_timeout = 0
migrator_wait = "0"
connect_timeout = "500ms"
retries = 3
backup = { mode = "command", command = "dump", directory = "/b", verify = "checksum", keep = 2 }
[ci]
run_env = "BUILD_URL"
actor_env = "BUILD_USER_ID"
commit_env = "GIT_COMMIT"
[lint]
postgres = 15
ignore = ["prefer-text"]
[lint.severity]
ban-drop-column = "error"
prefer-identity = "off"
)"});
    ASSERT_TRUE(config.ok()) << config.error().sentence;
    const auto& settings = config->settings;
    EXPECT_EQ(settings.migrations, "db/migrations");
    EXPECT_EQ(settings.ledger_schema, "ops");
    ASSERT_EQ(config->domains.size(), 3U);
    const auto& users = config->domains[0].domain;
    EXPECT_EQ(users.schema, "u");
    EXPECT_EQ(users.version_table, "users_version");
    EXPECT_EQ(users.version_schema, "meta");
    EXPECT_EQ(users.search_path, "u, public");
    EXPECT_EQ(users.desired, (settings::Desired{settings::Desired::Source::file, "migrations/users/schema.sql"}));
    const auto& character = config->domains[1].domain;
    EXPECT_EQ(character.depends_on, std::vector{graph::DomainName("users")});
    EXPECT_TRUE(character.deprecated && character.planned);
    EXPECT_EQ(character.desired->source, settings::Desired::Source::command);
    EXPECT_EQ(config->domains[2].domain.desired->value, "SHOP_URL");

    EXPECT_EQ(settings.environments.size(), 3U);
    EXPECT_EQ(settings.environments.at("local"), settings::Environment{});
    EXPECT_EQ(settings.environments.at("staging").url, "postgresql://me@db/game");
    EXPECT_EQ(settings.environments.at("staging").url_env, "");
    const settings::Environment production{
        .name = "production",
        .url_env = "MIGRATION_DB_URL",
        .app_url_env = "DATABASE_URL",
        .admin_url_env = "ADMIN_DB_URL",
        .is_protected = true,
        .migration_role = "migration_user",
        .app_role = "app_user",
        .allow_down = true,
        .allow_contract = true,
        .limits = {milliseconds(1000), milliseconds(120000), milliseconds(0), milliseconds(0), milliseconds(500), 3},
        .backup =
            settings::Backup{settings::Backup::Mode::command, "/b", "dump", settings::Backup::Verify::checksum, 2}};
    EXPECT_EQ(settings.environments.at("production"), production);
    EXPECT_EQ(settings.ci, (settings::Ci{"BUILD_URL", "BUILD_USER_ID", "GIT_COMMIT"}));
    EXPECT_EQ(settings.lint.postgres, 15);
    EXPECT_EQ(settings.lint.ignore, std::vector<std::string>{"prefer-text"});
    EXPECT_EQ(settings.lint.severity.at("ban-drop-column"), settings::Lint::Severity::error);
    EXPECT_EQ(settings.lint.severity.at("prefer-identity"), settings::Lint::Severity::off);
}

struct Wrong {
    const char* text;
    const char* code;
    std::size_t line;
    std::size_t column;
    const char* hint;  ///< a part of it
};

TEST(ConfigFile, SaysWhereAndWhatIsWrong) {
    const Wrong table[] = {
        {"migration = 'm'", "HT0304", 1, 1, "'migrations'"},
        {"[domain.a]\ndepend_on = []", "HT0304", 2, 1, "'depends_on'"},
        {"[env.a]\n  protect = true", "HT0304", 2, 3, "'protected'"},
        {"[environment.a]", "HT0304", 1, 2, "the keys here are"},
        {"[env.a]\nbackup = { mod = 'full' }", "HT0304", 2, 12, "'mode'"},
        {"[lint]\npostgress = 15", "HT0304", 2, 1, "'postgres'"},
        {"ci = { run_env = 'A', actor_env = 'B' }", "HT0305", 1, 6, "all three"},
        {"[ci]\nrun_en = 'A'", "HT0304", 2, 1, "'run_env'"},
        {"migrations = 3", "HT0305", 1, 14, "migrations = \"…\""},
        {"migrations = ''", "HT0305", 1, 14, "remove the key"},
        {"migrations = '/abs'", "HT0305", 1, 14, "relative"},
        {"migrations = 'a/../b'", "HT0305", 1, 14, "'..'"},
        {"ledger_schema = 'pg_x'", "HT0305", 1, 17, "pg_"},
        {"domain = 3", "HT0305", 1, 10, ""},
        {"domain.users = 'x'", "HT0305", 1, 16, ""},
        {"[domain.a]\ndepends_on = 'b'", "HT0305", 2, 14, "[\"…\"]"},
        {"[domain.a]\ndepends_on = ['b', 3]", "HT0305", 2, 20, "[\"…\"]"},
        {"[domain.a]\ndeprecated = 'yes'", "HT0305", 2, 14, "without quotes"},
        {"[domain.a]\nversion_table = 'a234567890123456789012345678901234567890123456789012345678901234'", "HT0305", 2,
         17, "shorter"},
        {"[domain.a]\ndesired = {}", "HT0305", 2, 11, "desired ="},
        {"[domain.a]\ndesired = { file = 'a', command = 'b' }", "HT0305", 2, 11, "desired ="},
        {"[domain.'a/b']", "HT0306", 1, 9, "letters"},
        {"[domain.'계 정']", "HT0306", 1, 9, "letters"},
        {"[env.'a:b']", "HT0306", 1, 6, "letters"},
        {"[env.a]\nlock_timeout = 3", "HT0305", 2, 16, "\"3s\""},
        {"[env.a]\nlock_timeout = '3'", "HT0305", 2, 16, "\"3s\""},
        {"[env.a]\nlock_timeout = 3.5", "HT0305", 2, 16, "\"3s\""},
        {"[env.a]\nretries = -1", "HT0305", 2, 11, ""},
        {"[env.a]\nretries = '3'", "HT0305", 2, 11, "without quotes"},
        {"[env.a]\nurl_env = 'MY URL'", "HT0305", 2, 11, "not its value"},
        {"[env.a]\nurl = 'postgres://db'\nurl_env = 'X'", "HT0305", 2, 7, "keep one"},
        {"[env.a]\nurl = 'mysql://db'", "HT0401", 2, 7, "postgresql://"},
        {"[env.a]\nurl = 'postgres://db?sslmod=x'", "HT0402", 2, 7, "'sslmode'"},
        {"[env.a]\nbackup = { mode = 'all' }", "HT0305", 2, 19, "full, domains"},
        {"[env.a]\nbackup = { mode = 'command' }", "HT0305", 2, 10, "command ="},
        {"[env.a]\nbackup = { keep = 0 }", "HT0305", 2, 19, ""},
        {"[lint]\npostgres = 12", "HT0305", 2, 12, ""},
        {"[lint]\nignore = ['Prefer Text']", "HT0305", 2, 10, "hyphens"},
        {"[lint.severity]\nban-drop = 'fatal'", "HT0305", 2, 12, "off, note, warning, error"},
        {"migrations = ", "HT0303", 1, 14, ""},
        {"a = 1\na = 2", "HT0303", 2, 5, ""},
        {"[domain.a\n", "HT0303", 1, 10, ""},
        {"[!]", "HT0303", 1, 2, ""},
        {"[[\x01]]", "HT0303", 1, 3, ""},
        {"# 한글 = \n  키 = 'x", "HT0303", 2, 3, "double quotes"},
    };
    for (const auto& [text, code, line, column, hint] : table) {
        const auto config = read_config({.name = "haetae.toml", .text = text});
        ASSERT_FALSE(config.ok()) << text;
        const auto& error = config.error();
        EXPECT_EQ(error.code, code) << text << "\n" << error.sentence;
        ASSERT_TRUE(error.span.has_value()) << text;
        EXPECT_EQ(error.span->file, "haetae.toml");
        EXPECT_EQ(error.span->line, line) << text;
        EXPECT_EQ(error.span->column, column) << text;
        EXPECT_FALSE(error.span->line_text.empty()) << text;
        EXPECT_NE(error.hint.find(hint), std::string::npos) << text << "\n" << error.hint;
    }
}

TEST(ConfigFile, RefusesAPasswordForAProtectedEnvironmentInEitherOrderOfKeys) {
    for (const char* text : {"[env.p]\nprotected = true\nurl = 'postgres://me:hush@db/game'",
                             "[env.p]\nurl = 'host=db password=hush'\nprotected = true"}) {
        const auto config = read_config({.name = "haetae.toml", .text = text});
        ASSERT_FALSE(config.ok());
        EXPECT_EQ(config.error().code, "HT0314");
        EXPECT_EQ((config.error().sentence + config.error().span->line_text).find("hush"), std::string::npos);
    }
}

TEST(ConfigFile, WarnsOfAPasswordElsewhere) {
    const auto config = read_config({.name = "haetae.toml", .text = "[env.a]\nurl = 'postgres://me:hush@db/game'"});
    ASSERT_TRUE(config.ok());
    ASSERT_EQ(config->settings.notes.size(), 1U);
    EXPECT_EQ(config->settings.notes[0].find("hush"), std::string::npos);
}

TEST(ConfigFile, MasksPasswordsInTheLineItShows) {
    const auto config = read_config({.name = "haetae.toml", .text = "[env.a]\nurl_env = 'postgres://me:hush@db/game'"});
    ASSERT_FALSE(config.ok());
    EXPECT_EQ(config.error().span->line_text.find("hush"), std::string::npos);
    const auto broken = read_config({.name = "haetae.toml", .text = "url = postgres://me:hush@db/game"});
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ((broken.error().sentence + broken.error().span->line_text).find("hush"), std::string::npos);
}

TEST(ConfigFile, RefusesWhatIsNotUtf8) {
    const auto config = read_config({.name = "haetae.toml", .text = "# \xff"});
    ASSERT_FALSE(config.ok());
    EXPECT_EQ(config.error().code, "HT0303");
}

TEST(ProjectFile, AFreshOneIsTheDefaultSettings) {
    const auto config = read_config({.name = "haetae.toml", .text = fresh_project_file()});
    ASSERT_TRUE(config.ok()) << config.error().sentence;
    EXPECT_EQ(config->settings.environments.at("local"), settings::Environment{});
    EXPECT_EQ(config->settings.migrations, "migrations");
    EXPECT_TRUE(config->domains.empty());
    // What its comments offer must be true as well.
    std::string uncommented;
    const std::string fresh = fresh_project_file();
    for (std::size_t at = 0; at < fresh.size();) {
        const auto end = fresh.find('\n', at);
        auto line = fresh.substr(at, end - at);
        if (line.starts_with("# [") || (line.starts_with("# ") && line.find(" = ") != std::string::npos))
            line.erase(0, 2);
        uncommented += line + "\n";
        at = end + 1;
    }
    const auto all = read_config({.name = "haetae.toml", .text = uncommented});
    ASSERT_TRUE(all.ok()) << all.error().sentence;
    EXPECT_EQ(all->domains.size(), 2U);
    EXPECT_TRUE(all->settings.environments.at("production").is_protected);
}

TEST(ProjectFile, ADomainIsAddedAfterTheLastOneAndTheRestStays) {
    const NewDomain shop{
        .name = graph::DomainName("shop"), .schema = "s\"x", .depends_on = {graph::DomainName("users")}};
    const std::string entry = "[domain.shop]\nschema = \"s\\\"x\"\ndepends_on = [\"users\"]\n";
    const std::pair<std::string, std::string> table[] = {
        {"", entry},
        {"migrations = 'm' # here", "migrations = 'm' # here\n\n" + entry},
        {"[env.local]\n", "[env.local]\n\n" + entry},
        {"[domain.users]\nschema='u'\n\n# mine\n# too\n[env.local]\n",
         "[domain.users]\nschema='u'\n\n" + entry + "\n# mine\n# too\n[env.local]\n"},
        {"[domain.users]\n[domain.users.desired]\nfile='''\n[env.x]\n'''\n[lint.severity]\n[lint]\n",
         "[domain.users]\n[domain.users.desired]\nfile='''\n[env.x]\n'''\n" + entry + "\n[lint.severity]\n[lint]\n"},
    };
    for (const auto& [text, changed] : table) {
        const auto out = with_domain(text, shop);
        ASSERT_TRUE(out.ok()) << text << out.error().sentence;
        EXPECT_EQ(*out, changed);
    }
    EXPECT_EQ(*with_domain("[env.local]\r\n", {.name = graph::DomainName("a")}), "[env.local]\r\n\r\n[domain.a]\r\n");
    EXPECT_EQ(*with_domain("", {.name = graph::DomainName("계정")}), "[domain.\"계정\"]\n");
}

TEST(ProjectFile, ADomainThatCannotBeAddedIsRefused) {
    EXPECT_EQ(with_domain("[domain.a]", {.name = graph::DomainName("a")}).error().code, "HT0313");
    EXPECT_EQ(with_domain("domain = { a = {} }", {.name = graph::DomainName("b")}).error().code, "HT0313");
    EXPECT_EQ(with_domain("", {.name = graph::DomainName("a/b")}).error().code, "HT0306");
    EXPECT_EQ(with_domain("= x", {.name = graph::DomainName("a")}).error().code, "HT0303");
}

}  // namespace
}  // namespace haetae::project
