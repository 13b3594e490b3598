// SPDX-License-Identifier: Apache-2.0
// A schema made by SQL, dumped, and the dump loaded into an empty database: the two must hold the same, by our own
// reader and by pg_dump.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "catalog/snapshot.hpp"
#include "ddl/script.hpp"
#include "kit/sandbox_fixture.hpp"
#include "model/fact.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/programs.hpp"

namespace haetae::ddl {

class RoundTripTest : public testing::Test {
 protected:
    /// Runs `sql` in a new database and returns its URL. The roles that the tests use are there.
    static pg::ConnectionUrl made_by(const std::string& sql) {
        auto url = kit::new_database();
        auto connection = kit::connect_to(url);
        const auto roles = connection.simple(R"(DO $$ BEGIN
            PERFORM pg_catalog.pg_advisory_xact_lock(4711);
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dump_reader') THEN
                CREATE ROLE dump_reader; CREATE ROLE "Dump ""Other"" role"; CREATE ROLE dump_third;
            END IF; END $$)");
        EXPECT_TRUE(roles) << roles.error().sentence;
        const auto outcome = connection.run_script(sql);
        EXPECT_FALSE(outcome.error) << outcome.error->message << "\nstatement " << outcome.completed << "\n"
                                    << (sql.size() < 20000 ? sql : "");
        return url;
    }
    static model::Database read(const pg::ConnectionUrl& url) {
        auto connection = kit::connect_to(url);
        auto database = catalog::read(connection, {});
        EXPECT_TRUE(database) << database.error().sentence;
        return database ? std::move(*database) : model::Database{};
    }
    static std::string dump(const model::Database& database, Style style = {}) {
        style.server_version = database.origin.server_version;
        const auto creations = create_all(database, style);
        EXPECT_TRUE(creations) << creations.error().sentence;
        return creations ? text(*creations) : "";
    }
    /// What pg_dump says, without the lines that differ from run to run.
    static std::string pg_dump(const pg::ConnectionUrl& url) {
        const auto folder = os::TempDir::make();
        const auto programs = sandbox::find_programs();
        EXPECT_TRUE(folder && programs);
        const auto file = folder->path() + "/dump.sql";
        const auto done = os::run({.program = programs->folder + "/pg_dump",
                                   .arguments = {"--schema-only", "--file", file, "--dbname", url.shown()}},
                                  std::chrono::minutes(2));
        EXPECT_TRUE(done && done->exit_code == 0) << (done ? done->output : done.error().sentence);
        std::string text;
        const auto written = os::read_file(file, std::size_t{100} << 20U);
        EXPECT_TRUE(written);
        for (std::size_t begin = 0; written && begin < written->size();) {
            const auto end = std::min(written->find('\n', begin), written->size());
            const auto line = written->substr(begin, end - begin);
            begin = end + 1;
            if (!line.starts_with("\\restrict ") && !line.starts_with("\\unrestrict ")) text += line + "\n";
        }
        return text;
    }
    /// The dump of what `sql` makes, proven to make the same; `pg_dumps_equal` false where PostgreSQL itself would
    /// print something else after the first reload.
    static std::string round_trip(const std::string& sql, bool pg_dumps_equal = true) {
        const auto source = made_by(sql);
        const auto before = read(source);
        const auto statements = dump(before);
        const auto copy = made_by(statements);
        const auto after = read(copy);
        EXPECT_EQ(model::text(model::difference(before, after)), "");
        EXPECT_EQ(before, after);
        EXPECT_EQ(dump(after), statements);
        const auto second = made_by(dump(after));
        EXPECT_EQ(pg_dump(copy), pg_dump(second));
        if (pg_dumps_equal) {
            EXPECT_EQ(pg_dump(source), pg_dump(copy));
        }
        return statements;
    }
};

}  // namespace haetae::ddl
