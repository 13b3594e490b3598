// SPDX-License-Identifier: Apache-2.0
// The program with an administrator who is no superuser, as on a managed platform, and logins that need passwords.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <regex>
#include <thread>

#include "kit/eventually.hpp"
#include "kit/pgbouncer.hpp"
#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"

namespace haetae::verbs {
namespace {

using kit::first_cell;

constexpr std::string_view toml = R"([domain.users]
[domain.game]
depends_on = ["users"]
[env.production]
url_env = "MIGRATION_DB_URL"
app_url_env = "APP_DB_URL"
admin_url_env = "ADMIN_DB_URL"
migration_role = "migration_user"
app_role = "app_user"
)";

/// No URL and no file may need to escape them, and nothing else looks like them.
constexpr std::string_view admin_password = "Admin8Sesame";
constexpr std::string_view migration_password = "Migration8Sesame";
constexpr std::string_view app_password = "App8Sesame";

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Reads every process's command line, over and over, and remembers whether a word ever stood in one.
class CommandLineWatch {
 public:
    explicit CommandLineWatch(std::vector<std::string> words) : words_(std::move(words)) {
        thread_ = std::thread([this] {
            while (!is_over_) look();
        });
    }
    CommandLineWatch(const CommandLineWatch&) = delete;
    CommandLineWatch& operator=(const CommandLineWatch&) = delete;
    ~CommandLineWatch() { end(); }

    /// Rounds made, and whether a word was seen.
    std::pair<std::size_t, bool> end() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
        return {rounds_, seen_};
    }

 private:
    void look() {
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
            const auto text = os::read_file(entry.path() / "cmdline", std::size_t{1} << 16);
            for (const auto& word : words_) seen_ = seen_ || (text && holds(*text, word));
        }
        ++rounds_;
    }

    std::vector<std::string> words_;
    std::atomic<bool> is_over_{false};
    std::atomic<std::size_t> rounds_{0};
    std::atomic<bool> seen_{false};
    std::thread thread_{};
};

class RolesProgram : public testing::Test {
 protected:
    void SetUp() override {
        auto started = sandbox::Cluster::start();
        ASSERT_TRUE(started.ok());
        cluster.emplace(std::move(started).value());
        auto super = kit::connect_to(cluster->url());
        first_cell(super, fmt::format("CREATE ROLE boss LOGIN CREATEROLE PASSWORD '{}'", admin_password));
        first_cell(super, "CREATE DATABASE shop OWNER boss");
        first_cell(super, "ALTER SYSTEM SET log_statement = 'all'");
        ASSERT_TRUE(os::write_file(os::join(cluster->data_folder(), "pg_hba.conf"),
                                   "local all postgres trust\nlocal all all scram-sha-256\n"));
        first_cell(super, "SELECT pg_reload_conf()");
        project.revision(
            "users", "u1", "",
            "-- migrate:up\nCREATE TABLE users.accounts (id serial PRIMARY KEY);\n-- migrate:down\nDROP TABLE "
            "users.accounts;");
        project.revision("game", "g1", "",
                         "-- migrate:up\nCREATE TABLE game.players (id int PRIMARY KEY, account int REFERENCES "
                         "users.accounts);\n-- migrate:down\nDROP TABLE game.players;",
                         "-- Depends on: users:u1\n");
        environment.set("ADMIN_DB_URL", url_of("boss", admin_password));
        environment.set("MIGRATION_DB_URL", url_of("migration_user", migration_password));
        environment.set("APP_DB_URL", url_of("app_user", app_password));
        // The reload reaches new sessions a moment later; until then a wrong password is as good.
        environment.set("MIGRATION_DB_URL", url_of("boss", "wrong"));
        ASSERT_TRUE(kit::eventually([&] { return haetae({"whoami"}).exit_code != 0; }));
        environment.set("MIGRATION_DB_URL", url_of("migration_user", migration_password));
        environment.set("HAETAE_MIGRATION_PASSWORD", std::string(migration_password));
        environment.set("HAETAE_APP_PASSWORD", std::string(app_password));
    }

    void TearDown() override {
        for (const auto* name : {"ADMIN_DB_URL", "MIGRATION_DB_URL", "APP_DB_URL"}) environment.clear(name);
    }

    [[nodiscard]] std::string url_of(std::string_view user, std::string_view password) const {
        return fmt::format("postgresql:///shop?host={}&user={}&password={}", cluster->url().value("host"), user,
                           password);
    }

    os::Finished haetae(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"-e", "production"});
        auto finished = project.run("", std::move(arguments));
        everything += finished.output;
        return finished;
    }

    /// As the superuser.
    std::string cell(std::string_view sql) {
        auto super = kit::connect_to(cluster->url().with("dbname", "shop"));
        return first_cell(super, sql);
    }

    kit::EnvironmentGuard environment;
    std::optional<sandbox::Cluster> cluster;
    kit::ProjectFolder project{std::string(HAETAE_BUILD) + "/haetae", std::string(toml)};
    std::string everything;  ///< that the program has written
};

TEST_F(RolesProgram, prepares_a_managed_server_and_proves_it_and_shows_no_password_anywhere) {
    CommandLineWatch watch({std::string(admin_password), std::string(migration_password), std::string(app_password)});
    auto done = haetae({"roles", "apply"});
    ASSERT_EQ(done.exit_code, 0) << done.output;
    EXPECT_TRUE(holds(done.output, "made role migration_user\nmade role app_user\n")) << done.output;
    done = haetae({"upgrade"});
    ASSERT_EQ(done.exit_code, 0) << done.output;
    done = haetae({"roles", "check"});
    EXPECT_EQ(done.exit_code, 0) << done.output;
    done = haetae({"roles", "check", "--format", "json"});
    EXPECT_EQ(done.exit_code, 0) << done.output;
    EXPECT_TRUE(holds(done.output, R"("ok": true)")) << done.output;
    EXPECT_EQ(haetae({"roles", "apply", "-v"}).exit_code, 0);
    EXPECT_EQ(haetae({"roles", "sql"}).exit_code, 0);
    EXPECT_EQ(haetae({"ledger", "--limit", "0", "--format", "json"}).exit_code, 0);
    const auto [rounds, seen] = watch.end();
    EXPECT_GT(rounds, 0U);
    EXPECT_FALSE(seen);

    EXPECT_TRUE(holds(everything, "SCRAM-SHA-256$")) << "roles sql prints what the server keeps";
    const auto ledger = cell("SELECT string_agg(l::text, ' ') FROM haetae.ledger AS l");
    EXPECT_TRUE(holds(ledger, "roles-applied")) << ledger;
    const auto log = cluster->log();
    EXPECT_TRUE(holds(log, "CREATE ROLE %I LOGIN")) << "the server logs statements";
    for (const auto password : {admin_password, migration_password, app_password}) {
        EXPECT_FALSE(holds(everything, password));
        EXPECT_FALSE(holds(ledger, password));
        // The superuser's own statement in SetUp came before the server logged.
        EXPECT_FALSE(holds(log, password));
    }
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE kind = 'roles-applied' AND role = 'migration_user' AND "
                   "session_role = 'boss' AND details->'made' IS NOT NULL"),
              "2");
    EXPECT_TRUE(
        cell("SELECT string_agg(rolpassword, ' ') FROM pg_authid WHERE rolname IN ('migration_user', 'app_user')")
            .starts_with("SCRAM-SHA-256$4096:"));
}

TEST_F(RolesProgram, a_domain_added_later_is_as_open_to_the_application_and_as_closed) {
    ASSERT_EQ(haetae({"roles", "apply"}).exit_code, 0) << everything;
    ASSERT_EQ(haetae({"upgrade"}).exit_code, 0) << everything;
    project.write(
        "haetae.toml",
        std::string(toml) +
            "[domain.shop]\n[domain.late]\nversion_schema = \"users\"\n"
            "version_table = \"late_version\"\n[domain.near]\nschema = \"game\"\nversion_table = \"near_version\"\n");
    project.revision("near", "n1", "", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 1;");
    project.revision(
        "shop", "s1", "",
        "-- migrate:up\nCREATE TABLE shop.goods (id serial PRIMARY KEY);\n-- migrate:down\nDROP TABLE shop.goods;");
    project.revision(
        "late", "l1", "",
        "-- migrate:up\nCREATE SCHEMA late;\nCREATE TABLE late.things (id int PRIMARY KEY);\n-- migrate:down\n"
        "DROP SCHEMA late CASCADE;");
    ASSERT_EQ(haetae({"upgrade"}).exit_code, 0) << everything;
    const auto checked = haetae({"roles", "check"});
    EXPECT_EQ(checked.exit_code, 0) << checked.output;
    EXPECT_EQ(cell("SELECT has_table_privilege('app_user', 'shop.goods', 'INSERT') AND "
                   "NOT has_table_privilege('app_user', 'shop.alembic_version', 'INSERT') AND "
                   "has_table_privilege('app_user', 'late.things', 'DELETE') AND "
                   "NOT has_table_privilege('app_user', 'users.late_version', 'UPDATE') AND "
                   "NOT has_table_privilege('app_user', 'game.alembic_version', 'UPDATE')"),
              "t");
}

TEST_F(RolesProgram, a_stamped_domain_is_given_its_rights_too) {
    ASSERT_EQ(haetae({"roles", "apply"}).exit_code, 0) << everything;
    ASSERT_EQ(haetae({"stamp", "head"}).exit_code, 0) << everything;
    EXPECT_EQ(cell("SELECT has_table_privilege('app_user', 'users.alembic_version', 'SELECT') AND "
                   "NOT has_table_privilege('app_user', 'users.alembic_version', 'DELETE')"),
              "t");
}

TEST_F(RolesProgram, takes_over_what_the_administrator_and_the_application_own) {
    {
        auto admin = kit::connect_to(cluster->url().with("dbname", "shop"));
        first_cell(admin,
                   "CREATE ROLE app_user LOGIN; CREATE SCHEMA game AUTHORIZATION app_user; SET ROLE app_user; "
                   "CREATE TABLE game.heroes (id serial PRIMARY KEY); CREATE VIEW game.seen AS SELECT 1 AS a; "
                   "CREATE TYPE game.mood AS ENUM ('a'); CREATE DOMAIN game.small AS int; "
                   "CREATE PROCEDURE game.act() LANGUAGE sql AS 'SELECT 1'; RESET ROLE; "
                   "SET ROLE boss; CREATE SCHEMA users; CREATE TABLE users.old (a int)");
    }
    auto done = haetae({"roles", "apply"});
    ASSERT_EQ(done.exit_code, 0) << done.output;
    EXPECT_EQ(cell("SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ' ') FROM pg_class WHERE relnamespace IN "
                   "('game'::regnamespace, 'users'::regnamespace)"),
              "migration_user");
    EXPECT_EQ(cell("SELECT pg_has_role('boss', 'app_user', 'MEMBER')"), "f") << "what was borrowed is given back";
    ASSERT_EQ(haetae({"upgrade"}).exit_code, 0) << everything;
    done = haetae({"roles", "check"});
    EXPECT_EQ(done.exit_code, 0) << done.output;
}

TEST_F(RolesProgram, leaves_everything_as_it_was_when_the_administrator_may_not) {
    environment.set("ADMIN_DB_URL", url_of("boss", admin_password));
    cell("ALTER DATABASE shop OWNER TO postgres");
    const auto refused = haetae({"roles", "apply"});
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused.output, "error[HT0748]")) << refused.output;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_roles WHERE rolname IN ('migration_user', 'app_user')"), "0");
}

TEST_F(RolesProgram, a_superuser_is_no_role_for_this) {
    cell("CREATE ROLE app_user SUPERUSER");
    const auto refused = haetae({"roles", "apply"});
    EXPECT_EQ(refused.exit_code, 3) << refused.output;
    EXPECT_TRUE(holds(refused.output, "error[HT0747]")) << refused.output;
    EXPECT_EQ(cell("SELECT rolsuper FROM pg_roles WHERE rolname = 'app_user'"), "t");
}

TEST_F(RolesProgram, a_check_without_the_applications_url_says_so_and_exits_1) {
    ASSERT_EQ(haetae({"roles", "apply"}).exit_code, 0) << everything;
    environment.clear("APP_DB_URL");
    auto checked = haetae({"roles", "check"});
    EXPECT_EQ(checked.exit_code, 1) << checked.output;
    EXPECT_TRUE(holds(checked.output, "not attempted, APP_DB_URL is not set")) << checked.output;
    environment.set("APP_DB_URL", url_of("app_user", "wrong"));
    checked = haetae({"roles", "check"});
    EXPECT_EQ(checked.exit_code, 1) << checked.output;
    EXPECT_TRUE(holds(checked.output, "not attempted, ")) << checked.output;
}

TEST_F(RolesProgram, the_proof_works_through_a_transaction_pooler) {
    ASSERT_EQ(haetae({"roles", "apply"}).exit_code, 0) << everything;
    ASSERT_EQ(haetae({"upgrade"}).exit_code, 0) << everything;
    ASSERT_TRUE(os::write_file(os::join(cluster->data_folder(), "pg_hba.conf"), "local all all trust\n"));
    cell("SELECT pg_reload_conf()");
    const kit::PgBouncer pooler(cluster->url().with("dbname", "shop").with("user", "app_user"), "transaction", 1);
    environment.set("APP_DB_URL", fmt::format("postgresql:///shop?host={}&port={}&user=app_user",
                                              pooler.url().value("host"), pooler.url().value("port")));
    os::Finished checked;
    EXPECT_TRUE(kit::eventually([&] {
        checked = haetae({"roles", "check"});
        return checked.exit_code == 0;
    })) << checked.output;
    cell("GRANT CREATE ON SCHEMA users TO app_user");
    checked = haetae({"roles", "check"});
    EXPECT_EQ(checked.exit_code, 1);
    EXPECT_TRUE(holds(checked.output, "in schema users: it could create a table")) << checked.output;
}

/// What a program says on a terminal.
std::string on_terminal(const os::Command& command, int& exit_code) {
    int terminal = -1;
    const int pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (pid == 0) {
        for (const auto& [name, value] : command.environment) {
            if (value)
                ::setenv(name.c_str(), value->c_str(), 1);
            else
                ::unsetenv(name.c_str());
        }
        std::vector<char*> words{const_cast<char*>(command.program.c_str())};
        for (const auto& argument : command.arguments) words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        if (::chdir(command.working_folder.c_str()) == 0) ::execv(words[0], words.data());
        ::_exit(127);
    }
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    ::close(terminal);
    int status = 0;
    ::waitpid(pid, &status, 0);
    exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return text;
}

TEST_F(RolesProgram, passwords_that_nobody_gave_are_made_and_shown_once_on_a_terminal_only) {
    environment.clear("HAETAE_MIGRATION_PASSWORD");
    environment.clear("HAETAE_APP_PASSWORD");
    const auto refused = haetae({"roles", "apply"});
    EXPECT_EQ(refused.exit_code, 2) << refused.output;
    EXPECT_TRUE(holds(refused.output, "error[HT0746]")) << refused.output;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_roles WHERE rolname = 'app_user'"), "0");

    int exit_code = 0;
    const auto command = project.command("", {"roles", "apply", "-e", "production"});
    const auto shown = on_terminal(command, exit_code);
    ASSERT_EQ(exit_code, 0) << shown;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(shown, found, std::regex("shown once: app_user: ([A-Za-z0-9_-]{32})"))) << shown;
    const auto made = found[1].str();
    environment.set("APP_DB_URL", url_of("app_user", made));
    environment.set("MIGRATION_DB_URL", url_of("boss", admin_password));
    const auto checked = haetae({"roles", "check"});
    EXPECT_FALSE(holds(checked.output, "not attempted")) << checked.output;
    EXPECT_FALSE(holds(everything, made));
    EXPECT_FALSE(holds(cluster->log(), made));
    EXPECT_FALSE(holds(cell("SELECT string_agg(l::text, ' ') FROM haetae.ledger AS l"), made));

    const auto before = cell("SELECT rolpassword FROM pg_authid WHERE rolname = 'app_user'");
    EXPECT_FALSE(holds(on_terminal(command, exit_code), "shown once")) << "a role that is there keeps its password";
    EXPECT_EQ(exit_code, 0);
    EXPECT_EQ(cell("SELECT rolpassword FROM pg_authid WHERE rolname = 'app_user'"), before);
}

TEST_F(RolesProgram, letters_beyond_ascii_in_a_password_log_in) {
    const std::string password = "p\u00e4ss \u2168 \uc554\ud638";
    environment.set("HAETAE_APP_PASSWORD", password);
    ASSERT_EQ(haetae({"roles", "apply"}).exit_code, 0) << everything;
    EXPECT_EQ(
        first_cell(*std::make_unique<connect::Connection>(kit::connect_to(
                       cluster->url().with("dbname", "shop").with("user", "app_user").with("password", password))),
                   "SELECT CURRENT_USER"),
        "app_user");
}

}  // namespace
}  // namespace haetae::verbs
