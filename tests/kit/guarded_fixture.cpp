// SPDX-License-Identifier: Apache-2.0
// Roles belong to the cluster, so they are made once for the test program.
#include "kit/guarded_fixture.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <stdexcept>

namespace haetae::kit {

namespace {

void make_roles_once() {
    static bool made = false;
    if (made) return;
    auto admin = connect_to(shared_cluster().url());
    first_cell(admin, "CREATE ROLE migration_user LOGIN; CREATE ROLE app_user LOGIN; CREATE ROLE stranger LOGIN");
    made = true;
}

const char* const toml = R"([domain.app]
[env.local]
[env.staging]
url_env = "MIGRATION_DB_URL"
app_role = "app_user"
[env.production]
url_env = "MIGRATION_DB_URL"
admin_url_env = "ADMIN_DB_URL"
protected = true
migration_role = "migration_user"
app_role = "app_user"
)";

}  // namespace

std::string guarded_url(const pg::ConnectionUrl& database, const std::string& role) {
    const auto port = database.value("port");
    return fmt::format("postgresql://{}:{}@/{}?host={}&port={}", role, guarded_password, database.value("dbname"),
                       database.value("host"), port.empty() ? "5432" : port);
}

GuardedTest::GuardedTest() : project(std::string(HAETAE_PROGRAM), toml) {}

void GuardedTest::SetUp() {
    SandboxTest::SetUp();
    make_roles_once();
    migrated = url();
    sql("ALTER DATABASE " + url().value("dbname") + " OWNER TO migration_user");
    project.revision("app", "a1", "", "-- migrate:up\nCREATE TABLE app.one (n int);\n-- migrate:down\nSELECT 1;\n");
}

void GuardedTest::TearDown() {
    EXPECT_EQ(outputs_.find(guarded_password), std::string::npos) << outputs_;
    if (sql("SELECT to_regclass('haetae.ledger')").empty()) return;
    EXPECT_EQ(
        sql(fmt::format("SELECT count(*) FROM haetae.ledger AS l WHERE strpos(l::text, '{}') > 0", guarded_password)),
        "0");
}

os::Command GuardedTest::command(std::vector<std::string> arguments, const Variables& variables) const {
    auto command = project.command("", std::move(arguments));
    std::map<std::string, std::optional<std::string>> all{{"CI", std::nullopt},
                                                          {"GITHUB_ACTIONS", std::nullopt},
                                                          {"GITLAB_CI", std::nullopt},
                                                          {"DATABASE_URL", std::nullopt},
                                                          {"MIGRATION_DB_URL", guarded_url(migrated, "migration_user")},
                                                          {"ADMIN_DB_URL", guarded_url(migrated, "postgres")}};
    for (const auto& [name, value] : variables) all[name] = value;
    command.environment.assign(all.begin(), all.end());
    return command;
}

os::Finished GuardedTest::finished(const os::Command& command) {
    auto done = os::run(command, std::chrono::minutes(2));
    if (!done) throw std::runtime_error(done.error().sentence);
    outputs_ += done->output;
    return *std::move(done);
}

os::Finished GuardedTest::by_hand(std::vector<std::string> arguments, const Variables& variables) {
    return finished(command(std::move(arguments), variables));
}

os::Child GuardedTest::start_by_hand(std::vector<std::string> arguments) {
    auto child = os::start(command(std::move(arguments), {}));
    if (!child) throw std::runtime_error(child.error().sentence);
    return *std::move(child);
}

os::Finished GuardedTest::by_pipeline(std::vector<std::string> arguments, Variables variables) {
    const Variables github = {{"CI", "true"},
                              {"GITHUB_ACTIONS", "true"},
                              {"GITHUB_SERVER_URL", "https://github.example"},
                              {"GITHUB_REPOSITORY", "game/server"},
                              {"GITHUB_RUN_ID", "77"},
                              {"GITHUB_ACTOR", "kim"},
                              {"GITHUB_SHA", "0123abcd"}};
    variables.insert(variables.begin(), github.begin(), github.end());
    return by_hand(std::move(arguments), variables);
}

os::Finished GuardedTest::at_terminal(const std::string& line, const std::string& typed, Variables variables) {
    variables.emplace_back("TYPED", typed);
    auto shell =
        command({"-c", fmt::format("printf '%s\\n' \"$TYPED\" | script -qec '{} {}' /dev/null", HAETAE_PROGRAM, line)},
                variables);
    shell.program = "/bin/sh";
    return finished(shell);
}

void GuardedTest::write_toml(const std::string& production) const {
    project.write("haetae.toml", toml + production);
}

std::string GuardedTest::sql_in(const pg::ConnectionUrl& database, const std::string& text) {
    auto connection = connect_to(database);
    return first_cell(connection, text);
}

std::string GuardedTest::sql(const std::string& text) const {
    return sql_in(url(), text);
}

void GuardedTest::second_revision(const std::string& up, const std::string& down, const std::string& header) const {
    project.revision("app", "a2", "a1", fmt::format("-- migrate:up\n{}\n-- migrate:down\n{}\n", up, down), header);
}

std::string GuardedTest::applied() const {
    return sql("SELECT coalesce(string_agg(version_num, ' '), '') FROM app.alembic_version");
}

pg::ConnectionUrl GuardedTest::clone() const {
    return new_database("TEMPLATE " + url().value("dbname") + " OWNER migration_user");
}

testing::AssertionResult ended(const os::Finished& finished, int exit_code, const std::string& part) {
    if (finished.exit_code == exit_code && finished.output.find(part) != std::string::npos) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "ended with " << finished.exit_code << ", not " << exit_code
                                       << ", or without '" << part << "':\n"
                                       << finished.output;
}

}  // namespace haetae::kit
