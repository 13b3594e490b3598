// SPDX-License-Identifier: Apache-2.0
// A database goes back and forth between haetae and the real Alembic, each with its own files of the same revisions.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/process.hpp"

namespace haetae::verbs {
namespace {

constexpr std::string_view env_py = R"PY(from alembic import context
from sqlalchemy import create_engine
import os
engine = create_engine("postgresql+psycopg2://", connect_args=dict(
    host=os.environ["TEST_HOST"], user="postgres", dbname=os.environ["TEST_DATABASE"], port=5432))
with engine.connect() as connection:
    context.configure(connection=connection, version_table_schema="game", transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
)PY";

constexpr std::string_view revision_py = R"PY(from alembic import op
revision = "{id}"
down_revision = {down}
def upgrade():
    op.execute("CREATE TABLE game.t_{id} (n int)")
def downgrade():
    op.execute("DROP TABLE game.t_{id}")
)PY";

class AlembicTakeoverTest : public kit::SandboxTest {
 protected:
    AlembicTakeoverTest() : project(std::string(HAETAE_BUILD) + "/haetae", "[domain.game]\n") {}

    void SetUp() override {
        SandboxTest::SetUp();
        project.write("alembic.ini", "[alembic]\nscript_location = " + project.path("alembic") + "\n");
        project.write("alembic/env.py", std::string(env_py));
        std::string before;
        for (const auto* id : {"aa01", "bb02", "cc03", "dd04"}) {
            project.write(fmt::format("alembic/versions/{}.py", id),
                          fmt::format(fmt::runtime(revision_py), fmt::arg("id", id),
                                      fmt::arg("down", before.empty() ? "None" : "\"" + before + "\"")));
            project.revision("game", id, before,
                             fmt::format("-- migrate:up\nCREATE TABLE game.t_{0} (n int);\n"
                                         "-- migrate:down\nDROP TABLE game.t_{0};\n",
                                         id));
            before = id;
        }
    }
    std::string alembic(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"-m", "alembic", "-c", project.path("alembic.ini")});
        const auto done = os::run({.program = "/usr/bin/python3",
                                   .arguments = std::move(arguments),
                                   .environment = {{"TEST_HOST", url().value("host")},
                                                   {"TEST_DATABASE", url().value("dbname")},
                                                   {"PYTHONDONTWRITEBYTECODE", "1"}},
                                   .working_folder = project.path("")},
                                  std::chrono::minutes(1));
        EXPECT_TRUE(done) << (done ? "" : done.error().sentence);
        if (!done) return "";
        EXPECT_EQ(done->exit_code, 0) << done->output;
        return done->output;
    }
    std::string haetae(std::vector<std::string> arguments) const {
        const auto database =
            fmt::format("postgresql://postgres@/{}?host={}&port=5432", url().value("dbname"), url().value("host"));
        const auto done = project.run(database, std::move(arguments));
        EXPECT_EQ(done.exit_code, 0) << done.output;
        return done.output;
    }
    std::string cell(const std::string& sql) const {
        auto own = connection();
        return kit::first_cell(own, sql);
    }

    kit::ProjectFolder project;
};

TEST_F(AlembicTakeoverTest, a_database_moves_between_the_two_and_back) {
    ASSERT_TRUE(connection().simple("CREATE SCHEMA game"));
    alembic({"upgrade", "bb02"});

    const auto taken = haetae({"upgrade", "bb02"});
    EXPECT_NE(taken.find("nothing to do"), std::string::npos) << taken;
    EXPECT_EQ(cell("SELECT string_agg(key, ' ' ORDER BY key) FROM haetae.ledger, jsonb_each(details -> 'revisions') "
                   "WHERE kind = 'adopted'"),
              "aa01 bb02");

    haetae({"upgrade", "cc03"});
    EXPECT_NE(alembic({"current"}).find("cc03"), std::string::npos);
    EXPECT_EQ(cell("SELECT to_regclass('game.t_cc03') IS NOT NULL"), "t");

    alembic({"downgrade", "aa01"});
    EXPECT_NE(haetae({"current"}).find("aa01"), std::string::npos);
    alembic({"upgrade", "bb02"});
    haetae({"upgrade", "head"});
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM game.alembic_version"), "dd04");
    EXPECT_NE(alembic({"current"}).find("dd04 (head)"), std::string::npos);
    haetae({"downgrade", "base"});
    EXPECT_EQ(cell("SELECT count(*) FROM pg_tables WHERE schemaname = 'game' AND tablename <> 'alembic_version'"), "0");
    alembic({"upgrade", "head"});
    EXPECT_NE(haetae({"upgrade", "head"}).find("nothing to do"), std::string::npos);
    EXPECT_NE(haetae({"status"}).find("dd04"), std::string::npos);
}

TEST_F(AlembicTakeoverTest, a_version_table_that_haetae_made_is_the_one_alembic_makes) {
    const std::string shape =
        "SELECT string_agg(c.conname || ' ' || pg_get_constraintdef(c.oid) || ' ' || format_type(a.atttypid, "
        "a.atttypmod) || "
        "' ' || a.attnotnull, ';') FROM pg_constraint AS c JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND "
        "a.attnum = 1 WHERE conrelid = 'game.alembic_version'::regclass";
    haetae({"upgrade", "aa01"});
    const auto ours = cell(shape);
    ASSERT_TRUE(connection().simple("DROP SCHEMA game CASCADE; CREATE SCHEMA game"));
    alembic({"upgrade", "aa01"});
    EXPECT_EQ(ours, cell(shape));
}

}  // namespace
}  // namespace haetae::verbs
