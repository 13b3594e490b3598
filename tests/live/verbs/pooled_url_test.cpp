// SPDX-License-Identifier: Apache-2.0
// The program itself before the distribution's PgBouncer: refused where server processes are shared, on any database;
// allowed and recorded where they are not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/pgbouncer.hpp"
#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::verbs {
namespace {

using kit::first_cell;

class PooledUrl : public kit::SandboxTest {
 protected:
    PooledUrl() : project(HAETAE_BUILD "/haetae", "[domain.app]\n") {
        project.revision("app", "aaaa01", "",
                         "-- migrate:up\nCREATE TABLE app.one (a int);\n-- migrate:down\nDROP TABLE app.one;");
    }
    std::string cell(const std::string& sql) const {
        auto direct = connection();
        return first_cell(direct, sql);
    }
    static std::string text_of(const pg::ConnectionUrl& url) { return url.shown(); }
    static bool holds(const os::Finished& finished, std::string_view text) {
        return finished.output.find(text) != std::string::npos;
    }

    kit::ProjectFolder project;
};

TEST_F(PooledUrl, transaction_and_statement_pooling_are_refused_before_anything_is_changed) {
    for (const auto* mode : {"transaction", "statement"}) {
        const kit::PgBouncer pooler(url(), mode, 4);
        const auto through = text_of(pooler.url());
        for (const auto& arguments :
             {std::vector<std::string>{"upgrade"}, std::vector<std::string>{"stamp", "head"},
              std::vector<std::string>{"downgrade", "base"}, std::vector<std::string>{"upgrade", "--abandon"},
              std::vector<std::string>{"guard", "install"}}) {
            const auto refused = project.run(through, arguments);
            EXPECT_EQ(refused.exit_code, 3) << mode << " " << arguments.front() << refused.output;
            EXPECT_TRUE(holds(refused, "error[HT0760]")) << refused.output;
        }
        EXPECT_EQ(cell("SELECT count(*) FROM pg_namespace WHERE nspname IN ('app', 'haetae', 'haetae_guard')"), "0");
        EXPECT_EQ(cell("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0");
    }
}

TEST_F(PooledUrl, session_pooling_is_allowed_and_recorded) {
    const kit::PgBouncer pooler(url(), "session", 4);
    const auto through = text_of(pooler.url());
    const auto done = project.run(through, {"upgrade"});
    ASSERT_EQ(done.exit_code, 0) << done.output;
    EXPECT_TRUE(holds(done, "session pooling")) << done.output;
    EXPECT_EQ(cell("SELECT details->>'pooling' FROM haetae.ledger WHERE kind = 'run'"), "session pooling");
    ASSERT_EQ(project.run(text_of(url()), {"downgrade", "base"}).exit_code, 0);
    EXPECT_EQ(cell("SELECT details ? 'pooling' FROM haetae.ledger WHERE kind = 'run' ORDER BY id DESC LIMIT 1"), "f");
}

TEST_F(PooledUrl, a_host_known_for_transaction_pooling_is_not_even_looked_up) {
    const auto refused =
        project.run("postgresql://u:secret-word@db.no-such-project.supabase.co:6543/postgres", {"upgrade"});
    EXPECT_EQ(refused.exit_code, 3) << refused.output;
    EXPECT_TRUE(holds(refused, "HT0760")) << refused.output;
    EXPECT_TRUE(holds(refused, "5432")) << refused.output;
    EXPECT_FALSE(holds(refused, "secret-word")) << refused.output;
}

TEST_F(PooledUrl, a_session_pooler_with_one_slot_ends_in_an_error) {
    project.write("haetae.toml", "[domain.app]\n[env.local]\nurl_env = \"DATABASE_URL\"\nconnect_timeout = \"1s\"\n");
    const kit::PgBouncer pooler(url(), "session", 1);
    const auto refused = project.run(text_of(pooler.url()), {"upgrade"});
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused, "error[HT0761]")) << refused.output;
    const auto who = project.run(text_of(pooler.url()), {"whoami"});
    EXPECT_EQ(who.exit_code, 0) << who.output;
    EXPECT_TRUE(holds(who, "a second session got no answer")) << who.output;
    const auto doctor = project.run(text_of(pooler.url()), {"doctor"});
    EXPECT_EQ(doctor.exit_code, 1) << doctor.output;
}

TEST_F(PooledUrl, settings_that_a_pooler_drops_are_refused) {
    const kit::PgBouncer pooler(url(), "session", 4, "ignore_startup_parameters = options");
    const auto refused = project.run(text_of(pooler.url().with("options", "-csearch_path=app")), {"upgrade"});
    EXPECT_EQ(refused.exit_code, 3) << refused.output;
    EXPECT_TRUE(holds(refused, "error[HT0762]")) << refused.output;
    EXPECT_TRUE(holds(refused, "search_path")) << refused.output;
}

TEST_F(PooledUrl, whoami_and_doctor_say_what_stands_in_between) {
    const kit::PgBouncer shared(url(), "transaction", 4);
    const kit::PgBouncer session(url(), "session", 4);
    auto who = project.run(text_of(shared.url()), {"whoami"});
    EXPECT_EQ(who.exit_code, 0) << who.output;
    EXPECT_TRUE(holds(who, "connection transaction or statement pooling: ")) << who.output;
    who = project.run(text_of(session.url()), {"whoami", "--format", "json"});
    EXPECT_TRUE(holds(who, R"("pooling": "session pooling")")) << who.output;
    who = project.run(text_of(url()), {"whoami"});
    EXPECT_TRUE(holds(who, "connection direct; ")) << who.output;

    auto doctor = project.run(text_of(shared.url()), {"doctor"});
    EXPECT_EQ(doctor.exit_code, 1) << doctor.output;
    EXPECT_TRUE(holds(doctor, "failure   pooler")) << doctor.output;
    doctor = project.run(text_of(session.url()), {"doctor"});
    EXPECT_EQ(doctor.exit_code, 0) << doctor.output;
    EXPECT_TRUE(holds(doctor, "session pooling")) << doctor.output;
}

}  // namespace
}  // namespace haetae::verbs
