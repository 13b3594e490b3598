// SPDX-License-Identifier: Apache-2.0
#include "kit/crash_fixture.hpp"

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "ledger/ledger.hpp"
#include "os/file.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::kit {

CrashTest::CrashTest(std::string program)
    : url_(server.new_database()), project(std::move(program), "[domain.game]\n[domain.users]\n") {
    project.revision("users", "u1", "",
                     "-- migrate:up\nCREATE TABLE users.t (n bigint NOT NULL);\nINSERT INTO users.t VALUES (1)");
    project.revision("users", "u2", "u1", "-- migrate:up\nUPDATE users.t SET n = n * 2");
    project.revision("users", "u3", "u2",
                     "-- migrate:up\nUPDATE users.t SET n = n * 2;\nCREATE INDEX CONCURRENTLY i3 ON users.t (n);\n"
                     "UPDATE users.t SET n = n * 2;\nDROP INDEX CONCURRENTLY users.i3;\n"
                     "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i4 ON users.t (n)");
    project.revision("users", "u4", "u3",
                     "-- migrate:up transaction=off\nUPDATE users.t SET n = n * 2;\nVACUUM users.t;\n"
                     "DO $$ BEGIN UPDATE users.t SET n = n * 2; PERFORM pg_sleep(0.02); END $$;\n"
                     "DO $$ BEGIN UPDATE users.t SET n = 64 WHERE n = 32; COMMIT; PERFORM pg_sleep(0.01); END $$;\n"
                     "UPDATE users.t SET n = n * 2");
    project.revision("game", "g1", "", "-- migrate:up\nCREATE TABLE game.t AS SELECT n FROM users.t",
                     "-- Depends on: users:u4\n");
    project.revision("game", "g2", "g1", "-- migrate:up\nUPDATE game.t SET n = n * 2;\nSELECT pg_sleep(0.02)");
}

std::string CrashTest::url_text() const {
    return sandbox::socket_url_text(url_.value("host")) + "&dbname=" + url_.value("dbname");
}

os::Child CrashTest::start_upgrade(const std::string& url) const {
    auto command = project.command(url, {"upgrade", "head"});
    command.output_file = project.path("output");
    return os::start(command).value();
}

std::string CrashTest::output() const {
    auto text = os::read_file(project.path("output"), 1024 * 1024);
    return text ? std::move(text).value() : std::string();
}

std::string CrashTest::cell(const std::string& sql) const {
    auto own = connect_to(url_);
    return first_cell(own, sql);
}

void CrashTest::finish(const std::string& when) {
    auto last = project.run(url_text(), {"upgrade", "head"});
    if (last.exit_code == 6 && last.output.find("HT0614") != std::string::npos) {
        EXPECT_NE(last.output.find("statement 4 of revision u4"), std::string::npos) << last.output;
        last = project.run(url_text(), {"upgrade", "head", "--in-doubt", "again"});
        ++in_doubt;
    }
    ASSERT_EQ(last.exit_code, 0) << when << "\n" << last.output;
    expect_applied(when);
}

void CrashTest::expect_applied(const std::string& when) const {
    EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM users.t"), "128") << when;
    EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM game.t"), "256") << when;
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM users.alembic_version"), "u4") << when;
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM game.alembic_version"), "g2") << when;
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.progress"), "0") << when;
    EXPECT_EQ(cell("SELECT string_agg(revision, ' ' ORDER BY id) FROM haetae.ledger WHERE outcome = 'done'"),
              "u1 u2 u3 u4 g1 g2")
        << when;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0") << when;
    EXPECT_EQ(cell("SELECT to_regclass('users.i3') IS NULL AND to_regclass('users.i4') IS NOT NULL"), "t") << when;
    auto books = connect_to(url_);
    EXPECT_TRUE(ledger::broken_rows(books, "haetae").value().empty()) << when;
}

void CrashTest::expect_agreement(const std::string& when) const {
    ASSERT_TRUE(eventually([&] { return connect::Connection::open(url_, {}).ok(); })) << "the server comes back";
    if (cell("SELECT to_regclass('haetae.ledger') IS NULL OR to_regclass('users.alembic_version') IS NULL") == "t")
        return;
    // In one statement: what the killed process had sent may be committed at any moment.
    EXPECT_EQ(
        cell("SELECT (SELECT coalesce(max(version_num), '') FROM users.alembic_version) = "
             "(SELECT coalesce(max(revision), '') FROM haetae.ledger WHERE domain = 'users' AND outcome = 'done')"),
        "t")
        << when;
}

}  // namespace haetae::kit
