// SPDX-License-Identifier: Apache-2.0
// The built program before a database that will not: a role that may not, a password that is wrong, a standby, a full
// disk. What a golden case cannot stage is staged here; each test looks into the database for what was left behind.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/programs.hpp"

namespace haetae::verbs {
namespace {

using kit::first_cell;

os::TempDir temp_folder() {
    auto folder = os::TempDir::make();
    if (!folder) throw std::runtime_error(folder.error().sentence);
    return std::move(folder).value();
}

/// A project of one domain `app`, and the program run in it.
class Project {
 public:
    Project() {
        write("haetae.toml", "[domain.app]\n");
        revision("aaaa01", "", "CREATE TABLE app.one (a int);");
    }

    void write(const std::string& name, const std::string& text) const {
        const auto path = os::join(folder_.path(), name);
        if (!os::make_folder(path.substr(0, path.rfind('/'))) || !os::write_file(path, text)) {
            throw std::runtime_error("cannot write " + path);
        }
    }

    void revision(const std::string& id, const std::string& revises, const std::string& sql) const {
        write(fmt::format("migrations/app/versions/{}.sql", id),
              fmt::format("-- step\n--\n-- Revision ID: {}\n-- Revises: {}\n\n-- migrate:up\n{}\n", id, revises, sql));
    }

    [[nodiscard]] os::Finished haetae(const std::string& url, std::vector<std::string> arguments) const {
        os::Command command{.program = std::string(HAETAE_BUILD) + "/haetae",
                            .arguments = std::move(arguments),
                            .environment = {{"DATABASE_URL", url}},
                            .working_folder = folder_.path()};
        auto finished = os::run(command, std::chrono::minutes(2));
        if (!finished) throw std::runtime_error(finished.error().sentence);
        return std::move(finished).value();
    }

 private:
    os::TempDir folder_ = temp_folder();
};

std::string url_text(const pg::ConnectionUrl& url, const std::string& user, const std::string& password = "") {
    return fmt::format("postgresql:///{}?host={}&port={}&user={}{}", url.value("dbname"), url.value("host"),
                       url.value("port").empty() ? "5432" : url.value("port"), user,
                       password.empty() ? "" : "&password=" + password);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class UnwillingDatabase : public kit::SandboxTest {
 protected:
    Project project;

    /// Schemas that a run would make.
    [[nodiscard]] std::string schemas_made() const {
        auto looking = connection();
        return first_cell(looking, "SELECT count(*) FROM pg_namespace WHERE nspname IN ('app', 'haetae')");
    }
};

TEST_F(UnwillingDatabase, a_role_that_may_not_create_is_told_the_right_it_lacks_before_anything_runs) {
    auto admin = connection();
    first_cell(admin, "CREATE ROLE unwilling_weak LOGIN");
    const auto url = url_text(this->url(), "unwilling_weak");
    for (const auto& arguments : {std::vector<std::string>{"upgrade"}, std::vector<std::string>{"stamp", "head"}}) {
        const auto refused = project.haetae(url, arguments);
        EXPECT_EQ(refused.exit_code, 4) << refused.output;
        EXPECT_TRUE(holds(refused.output, "role unwilling_weak lacks the right CREATE on database")) << refused.output;
        EXPECT_TRUE(holds(refused.output, "GRANT CREATE ON DATABASE")) << refused.output;
    }
    EXPECT_EQ(schemas_made(), "0");
}

TEST_F(UnwillingDatabase, a_role_needs_no_right_on_the_database_where_the_schemas_are_there) {
    auto admin = connection();
    first_cell(admin, "CREATE ROLE unwilling_modest LOGIN; CREATE SCHEMA app; CREATE SCHEMA haetae");
    const auto url = url_text(this->url(), "unwilling_modest");
    const auto refused = project.haetae(url, {"upgrade"});
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused.output, "role unwilling_modest lacks the right CREATE on schema haetae"))
        << refused.output;

    first_cell(admin, "GRANT USAGE, CREATE ON SCHEMA app, haetae TO unwilling_modest");
    const auto done = project.haetae(url, {"upgrade"});
    EXPECT_EQ(done.exit_code, 0) << done.output;
    EXPECT_EQ(first_cell(admin, "SELECT version_num FROM app.alembic_version"), "aaaa01");
    EXPECT_EQ(first_cell(admin, "SELECT DISTINCT role FROM haetae.ledger"), "unwilling_modest");
}

TEST_F(UnwillingDatabase, a_role_that_may_look_only_sees_status_and_is_refused_by_upgrade) {
    auto admin = connection();
    ASSERT_EQ(project.haetae(url_text(url(), "postgres"), {"upgrade"}).exit_code, 0);
    project.revision("aaaa02", "aaaa01", "CREATE TABLE app.two (a int);");
    first_cell(admin,
               "CREATE ROLE unwilling_reader LOGIN; GRANT USAGE ON SCHEMA app TO unwilling_reader; "
               "GRANT SELECT ON app.alembic_version TO unwilling_reader");
    const auto reader = url_text(url(), "unwilling_reader");
    const auto status = project.haetae(reader, {"status"});
    EXPECT_EQ(status.exit_code, 0) << status.output;
    const auto refused = project.haetae(reader, {"upgrade"});
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused.output, "unwilling_reader")) << refused.output;
    EXPECT_EQ(first_cell(admin, "SELECT to_regclass('app.two') IS NULL"), "t");
}

TEST_F(UnwillingDatabase, a_revision_that_needs_more_than_the_role_may_is_rolled_back_and_says_so) {
    auto admin = connection();
    first_cell(
        admin,
        "CREATE ROLE unwilling_owner LOGIN; CREATE TABLE public.guarded (a int); "
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO unwilling_owner', current_database()); END $$");
    project.revision("aaaa02", "aaaa01", "CREATE TABLE app.two (a int);\nALTER TABLE public.guarded ADD b int;");
    const auto failed = project.haetae(url_text(url(), "unwilling_owner"), {"upgrade"});
    EXPECT_EQ(failed.exit_code, 5) << failed.output;
    EXPECT_TRUE(holds(failed.output, "aaaa02.sql:8:1")) << failed.output;
    EXPECT_TRUE(holds(failed.output, "haetae whoami")) << failed.output;
    EXPECT_EQ(first_cell(admin, "SELECT version_num FROM app.alembic_version"), "aaaa01");
    EXPECT_EQ(first_cell(admin, "SELECT to_regclass('app.two') IS NULL"), "t");
}

TEST(WrongPassword, is_named_as_such_and_shown_nowhere) {
    kit::EnvironmentGuard environment;
    auto cluster = sandbox::Cluster::start();
    ASSERT_TRUE(cluster.ok());
    auto admin = kit::connect_to(cluster->url());
    first_cell(admin, "CREATE ROLE careful LOGIN PASSWORD 'sesame'");
    ASSERT_TRUE(os::write_file(os::join(cluster->data_folder(), "pg_hba.conf"),
                               "local all careful scram-sha-256\nlocal all all trust\n"));
    first_cell(admin, "SELECT pg_reload_conf()");
    const Project project;
    const auto url = url_text(cluster->url(), "careful", "open-barley");
    // The reload reaches new sessions a moment later; until then any password is right.
    os::Finished refused;
    ASSERT_TRUE(kit::eventually([&] {
        refused = project.haetae(url, {"whoami"});
        return refused.exit_code != 0;
    }));
    refused = project.haetae(url, {"upgrade"});
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused.output, "error[HT0411]")) << refused.output;
    EXPECT_FALSE(holds(refused.output, "open-barley")) << refused.output;
    EXPECT_FALSE(holds(refused.output, "LOCATION")) << refused.output;
}

/// A server that recovers for ever, with no primary to follow.
class Standby {
 public:
    Standby() {
        const auto programs = sandbox::find_programs();
        const auto user = sandbox::server_user();
        if (!programs || !user) throw std::runtime_error("no PostgreSQL");
        const auto& folder = folder_.path();
        const auto data = folder + "/data";
        if (::chown(folder.c_str(), user->uid, user->gid) != 0) throw std::runtime_error("chown");
        if (auto made = sandbox::run_initdb(*programs, *user, data, {"--no-sync"}); !made) {
            throw std::runtime_error(made.error().sentence + made.error().hint);
        }
        if (!os::write_file(data + "/standby.signal", "")) throw std::runtime_error("standby.signal");
        os::Command command{.program = programs->postgres(),
                            .arguments = {"-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"},
                            .working_folder = folder,
                            .output_file = "",
                            .signal_when_we_die = SIGQUIT};
        if (user->uid != ::geteuid()) command.run_as = *user;
        auto started = os::start(command);
        if (!started) throw std::runtime_error(started.error().sentence);
        server_.emplace(std::move(started).value());
    }
    Standby(const Standby&) = delete;
    Standby& operator=(const Standby&) = delete;
    ~Standby() { server_->end(SIGINT, std::chrono::seconds(20)); }

    [[nodiscard]] std::string url() const {
        return fmt::format("postgresql:///postgres?host={}&user=postgres", folder_.path());
    }

 private:
    os::TempDir folder_ = temp_folder();
    std::optional<os::Child> server_{};
};

TEST(Standby, takes_no_upgrade_and_no_stamp_and_is_looked_at_all_the_same) {
    kit::EnvironmentGuard environment;
    const Project project;
    const Standby standby;
    os::Finished who;
    ASSERT_TRUE(kit::eventually([&] {
        who = project.haetae(standby.url(), {"whoami"});
        return who.exit_code == 0;
    })) << who.output;
    EXPECT_TRUE(holds(who.output, ", a standby")) << who.output;
    for (const auto& arguments : {std::vector<std::string>{"upgrade"}, std::vector<std::string>{"stamp", "head"}}) {
        const auto refused = project.haetae(standby.url(), arguments);
        EXPECT_EQ(refused.exit_code, 4) << refused.output;
        EXPECT_TRUE(holds(refused.output, "this server is a standby")) << refused.output;
    }
    EXPECT_EQ(project.haetae(standby.url(), {"status"}).exit_code, 0);
    EXPECT_EQ(project.haetae(standby.url(), {"ledger"}).exit_code, 0);
}

/// A file system of a few megabytes; only an administrator of the machine may make one.
class SmallDisk {
 public:
    explicit SmallDisk(const os::User& owner) {
        const auto options = fmt::format("size=9m,uid={},gid={},mode=700", owner.uid, owner.gid);
        is_mounted_ = ::chmod(folder_.path().c_str(), 0755) == 0 &&
                      ::mount("haetae-test", path().c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_mounted_) ::umount2(path().c_str(), MNT_DETACH);
    }
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }
    [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
    os::TempDir folder_ = temp_folder();
    bool is_mounted_ = false;
};

TEST_F(UnwillingDatabase, a_full_disk_leaves_nothing_of_the_revision_and_says_what_is_full) {
    const auto user = sandbox::server_user();
    ASSERT_TRUE(user.ok());
    const SmallDisk disk(*user);
    if (!disk.is_mounted()) GTEST_SKIP() << "a small file system can be mounted by an administrator only";
    auto admin = connection();
    first_cell(admin, fmt::format("CREATE TABLESPACE unwilling_small LOCATION '{}'", disk.path()));
    project.revision("aaaa02", "aaaa01",
                     "CREATE TABLE app.big (a text) TABLESPACE unwilling_small;\n"
                     "INSERT INTO app.big SELECT repeat(md5(g::text), 50) FROM generate_series(1, 20000) AS g;");
    const auto failed = project.haetae(url_text(url(), "postgres"), {"upgrade"});
    EXPECT_EQ(failed.exit_code, 5) << failed.output;
    EXPECT_TRUE(holds(failed.output, "No space left on device")) << failed.output;
    EXPECT_TRUE(holds(failed.output, "the server's disk is full")) << failed.output;
    EXPECT_TRUE(holds(failed.output, "now app at aaaa01")) << failed.output;
    EXPECT_EQ(first_cell(admin, "SELECT to_regclass('app.big') IS NULL"), "t");
    EXPECT_EQ(first_cell(admin, "SELECT version_num FROM app.alembic_version"), "aaaa01");
    first_cell(admin, "DROP TABLESPACE unwilling_small");
}

}  // namespace
}  // namespace haetae::verbs
