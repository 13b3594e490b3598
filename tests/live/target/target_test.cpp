// SPDX-License-Identifier: Apache-2.0
// The order in which a database is found, each refusal with its reason, and that no password is shown.
#include "target/target.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kit/environment_guard.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "os/private_folder.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/local_place.hpp"

namespace haetae::target {
namespace {

class TargetTest : public testing::Test {
 protected:
    void SetUp() override {
        auto folder = os::TempDir::make();
        ASSERT_TRUE(folder);
        temp_ = std::make_unique<os::TempDir>(std::move(*folder));
        settings.root = temp_->path();
        settings.environments["local"] = {};
        settings.environments["staging"] = {.name = "staging", .url_env = "STAGING_URL"};
    }
    void TearDown() override {
        EXPECT_TRUE(kit::eventually([this] { return sandbox::reset_local(settings.root).ok(); }));
        if (::geteuid() == 0) {
            // The server's keeper may still be on its way out, and touch the folder.
            const auto folder = sandbox::local_place(settings.root)->folder;
            EXPECT_TRUE(kit::eventually([&] { return os::remove_tree(folder).ok(); }));
        }
    }
    void write_dotenv(const std::string& text) const {
        ASSERT_TRUE(os::write_file(os::join(settings.root, ".env"), text));
    }
    void add_protected() {
        settings.environments["production"] = {.name = "production", .url_env = "PROD_URL", .is_protected = true};
    }
    [[nodiscard]] Target found(const Choice& choice = {}) const {
        auto target = find_target(settings, choice);
        if (!target) throw std::runtime_error(target.error().code + " " + target.error().sentence);
        return std::move(*target);
    }
    [[nodiscard]] base::Error refused(const Choice& choice = {}) const {
        const auto target = find_target(settings, choice);
        return target ? base::Error{.code = "found", .sentence = target->described()} : target.error();
    }

    kit::EnvironmentGuard environment;
    settings::Settings settings;

 private:
    std::unique_ptr<os::TempDir> temp_;
};

TEST_F(TargetTest, the_option_goes_before_the_environment_and_that_before_dotenv) {
    write_dotenv("DATABASE_URL=postgresql://me@dotenv/game\n");
    EXPECT_EQ(found().described(), "database game on dotenv:5432 as me (DATABASE_URL (.env), environment local)");
    environment.set("DATABASE_URL", "postgresql://me@process:6432/game");
    EXPECT_EQ(found().described(),
              "database game on process:6432 as me (DATABASE_URL (environment), environment local)");
    EXPECT_EQ(found({.url = "postgresql://me@option/game"}).described(),
              "database game on option:5432 as me (--url, environment local)");
}

TEST_F(TargetTest, the_option_may_name_a_variable_of_the_process_or_of_dotenv) {
    write_dotenv("OTHER=postgresql://me@dotenv/game\n");
    EXPECT_EQ(found({.url = "env:OTHER"}).origin, "OTHER (.env)");
    environment.set("OTHER", "postgresql://me@process/game");
    const auto target = found({.environment = "staging", .url = "env:OTHER"});
    EXPECT_EQ(target.origin, "OTHER (environment)");
    EXPECT_EQ(target.url.value("host"), "process");
}

TEST_F(TargetTest, set_but_empty_is_an_error_and_leads_to_no_other_source) {
    write_dotenv("DATABASE_URL=postgresql://me@dotenv/game\n");
    for (const char* empty : {"", "  ", "\n"}) {
        environment.set("DATABASE_URL", empty);
        EXPECT_EQ(refused().code, "HT0403");
    }
    environment.clear("DATABASE_URL");
    write_dotenv("DATABASE_URL=\n");
    EXPECT_EQ(refused().code, "HT0403");
    EXPECT_EQ(refused({.url = ""}).code, "HT0403");
    EXPECT_EQ(refused({.url = "env:NOWHERE"}).code, "HT0403");
    EXPECT_EQ(refused({.url = "env:"}).code, "HT0403");
}

TEST_F(TargetTest, an_unknown_environment_is_named_with_the_known_ones) {
    const auto error = refused({.environment = "prodution"});
    EXPECT_EQ(error.code, "HT0302");
    EXPECT_NE(error.hint.find("local, staging"), std::string::npos) << error.hint;
}

TEST_F(TargetTest, a_url_that_cannot_be_read_says_where_it_stands) {
    environment.set("DATABASE_URL", "mysql://me:hunter2@db/game");
    const auto error = refused();
    EXPECT_EQ(error.code, "HT0401");
    EXPECT_EQ(error.clauses, std::vector<std::string>{"in DATABASE_URL (environment)"});
    EXPECT_EQ(error.sentence.find("hunter2"), std::string::npos);
}

TEST_F(TargetTest, the_embedded_server_is_not_for_ci_nor_for_other_environments) {
    environment.set("CI", "true");
    const auto ci = refused();
    EXPECT_EQ(ci.code, "HT0404");
    EXPECT_NE(ci.sentence.find("CI is set"), std::string::npos) << ci.sentence;
    environment.clear("CI");
    const auto other = refused({.environment = "staging"});
    EXPECT_EQ(other.code, "HT0404");
    EXPECT_NE(other.sentence.find("STAGING_URL is not set"), std::string::npos) << other.sentence;
    EXPECT_FALSE(sandbox::local_exists(settings.root));
}

TEST_F(TargetTest, a_ci_in_dotenv_counts_for_nothing) {
    add_protected();
    write_dotenv("CI=true\n");
    EXPECT_NE(refused().sentence.find("protected environment (production)"), std::string::npos) << refused().sentence;
}

TEST_F(TargetTest, next_to_a_protected_environment_the_embedded_server_must_be_asked_for_once) {
    add_protected();
    const auto error = refused();
    EXPECT_EQ(error.code, "HT0404");
    EXPECT_NE(error.hint.find("haetae local start"), std::string::npos) << error.hint;
    ASSERT_TRUE(sandbox::use_local(settings.root));
    EXPECT_TRUE(found().lease.has_value());
}

TEST_F(TargetTest, without_any_url_the_embedded_server_is_started_and_reached_whatever_pg_variables_say) {
    environment.set("PGHOSTADDR", "192.0.2.1");
    environment.set("PGOPTIONS", "-c work_mem=123kB");
    const auto target = found();
    ASSERT_TRUE(target.lease.has_value());
    EXPECT_TRUE(target.lease->created_now());
    EXPECT_EQ(target.origin, "embedded server");
    EXPECT_EQ(target.described(), "database postgres of the project's embedded server");
    auto connection = open(target, {});
    ASSERT_TRUE(connection) << connection.error().sentence;
    EXPECT_EQ(kit::first_cell(*connection, "SHOW work_mem"), "4MB");
}

TEST_F(TargetTest, a_password_on_the_command_line_is_refused_for_a_protected_environment_and_noted_otherwise) {
    add_protected();
    const std::string url = "postgresql://me:hunter2@db/game";
    EXPECT_EQ(refused({.environment = "production", .url = url}).code, "HT0405");
    EXPECT_EQ(found({.environment = "production", .url = "postgresql://me@db/game"}).origin, "--url");
    environment.set("PROD_URL", url);
    EXPECT_EQ(found({.environment = "production"}).notes.size(), 0U) << "a variable is the right place";

    const auto local = found({.url = url});
    ASSERT_EQ(local.notes.size(), 1U);
    EXPECT_NE(local.notes[0].find("env:NAME"), std::string::npos);
    EXPECT_EQ((local.notes[0] + local.described()).find("hunter2"), std::string::npos);
}

TEST_F(TargetTest, a_url_in_the_project_file_is_used_and_for_a_protected_environment_without_a_password_only) {
    settings.environments["local"].url = "postgresql://me:hunter2@db/game";
    settings.environments["local"].url_env = "";
    EXPECT_EQ(found().origin, "url in haetae.toml");
    settings.environments["local"].is_protected = true;
    EXPECT_EQ(refused().code, "HT0405");
}

TEST_F(TargetTest, what_pg_variables_add_is_part_of_what_is_said) {
    environment.set("DATABASE_URL", "postgresql:///game");
    environment.set("PGHOST", "db.example.com");
    environment.set("PGUSER", "me");
    environment.set("PGPASSWORD", "hunter2");
    const auto target = found();
    EXPECT_EQ(target.described(),
              "database game on db.example.com:5432 as me (DATABASE_URL (environment), environment local)");
    ASSERT_EQ(target.notes.size(), 1U);
    EXPECT_EQ(target.notes[0],
              "what the URL leaves open is filled by PGUSER=me, PGPASSWORD=***, PGHOST=db.example.com");
}

TEST_F(TargetTest, several_hosts_sockets_and_ipv6_are_described) {
    EXPECT_EQ(found({.url = "postgresql://me@a:1,b:2/game"}).described(),
              "database game on a:1, b:2 as me (--url, environment local)");
    EXPECT_EQ(found({.url = "postgresql://me@[::1]/game"}).described(),
              "database game on [::1]:5432 as me (--url, environment local)");
    EXPECT_EQ(found({.url = "host=/run/pg user=me dbname=game"}).described(),
              "database game on the socket in /run/pg, port 5432 as me (--url, environment local)");
}

}  // namespace
}  // namespace haetae::target
