// SPDX-License-Identifier: Apache-2.0
// The program beside its peers, in one run on one machine: start-up, looking at a large history, applying a thousand
// revisions, and having nothing to do. psql runs the same statements, one transaction a file, without any bookkeeping:
// it is the limit. dbmate (HAETAE_DBMATE, or in PATH) and Alembic are left out where they are not installed.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "connect/connection.hpp"
#include "measured.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/cluster.hpp"
#include "sandbox/programs.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::bench {
namespace {

constexpr int tables = 1000;
constexpr int large = 10000;

template <typename T>
T must(base::Result<T> result) {
    if (result) return std::move(result).value();
    fmt::print("{}\n", result.error().sentence);
    std::exit(1);
}

void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << text;
}

std::string id_of(int i) {
    return fmt::format("r{:05}", i);
}

std::string table_of(int i) {
    return fmt::format("CREATE TABLE shop.m{} (id bigint PRIMARY KEY, name text NOT NULL);", i);
}

void write_project(const std::string& folder, int count) {
    write(folder + "/haetae.toml", "[domain.shop]\n");
    for (int i = 0; i < count; ++i) {
        write(fmt::format("{}/migrations/shop/versions/20260101_{}_m.sql", folder, id_of(i)),
              fmt::format("-- m{0}\n--\n-- Revision ID: {1}\n-- Revises: {2}\n\n-- migrate:up\n{3}\n\n-- migrate:down\n"
                          "DROP TABLE shop.m{0};\n",
                          i, id_of(i), i == 0 ? "" : id_of(i - 1), table_of(i)));
    }
}

void write_alembic(const std::string& folder, int count) {
    write(folder + "/alembic.ini", "[alembic]\nscript_location = scripts\n");
    write(folder + "/scripts/env.py",
          "import os\nfrom alembic import context\nfrom sqlalchemy import create_engine\n"
          "with create_engine(os.environ['DATABASE_URL']).connect() as connection:\n"
          "    context.configure(connection=connection, transaction_per_migration=True)\n"
          "    with context.begin_transaction():\n        context.run_migrations()\n");
    for (int i = 0; i < count; ++i) {
        write(fmt::format("{}/scripts/versions/{}.py", folder, id_of(i)),
              fmt::format("from alembic import op\nrevision = '{}'\ndown_revision = {}\n"
                          "def upgrade():\n    op.execute(\"{}\")\ndef downgrade():\n    pass\n",
                          id_of(i), i == 0 ? "None" : "'" + id_of(i - 1) + "'", table_of(i)));
    }
}

void write_dbmate(const std::string& folder, int count) {
    for (int i = 0; i < count; ++i) {
        write(fmt::format("{}/migrations/{:014}_m.sql", folder, i + 1),
              fmt::format("-- migrate:up\n{}\n-- migrate:down\nDROP TABLE shop.m{};\n", table_of(i), i));
    }
}

std::vector<std::string> write_plain(const std::string& folder, int count) {
    std::vector<std::string> files;
    for (int i = 0; i < count; ++i) {
        files.push_back(fmt::format("{}/{}.sql", folder, id_of(i)));
        write(files.back(), "BEGIN;\n" + table_of(i) + "\nCOMMIT;\n");
    }
    return files;
}

class Databases {
 public:
    Databases() : cluster_(must(sandbox::Cluster::start())) {}
    /// The name of a new one with a schema `shop`.
    std::string make() {
        const auto name = fmt::format("bench_{}", ++count_);
        must(open("postgres").simple("CREATE DATABASE " + name));
        must(open(name).simple("CREATE SCHEMA shop"));
        return name;
    }
    std::string host() const { return cluster_.url().value("host"); }
    std::string url(const std::string& name) const { return sandbox::socket_url_text(host()) + "&dbname=" + name; }

 private:
    connect::Connection open(const std::string& name) {
        return must(connect::Connection::open(cluster_.url().with("dbname", name), {}));
    }
    sandbox::Cluster cluster_;
    int count_ = 0;
};

void print(const std::string& what, const Measured& it, const Measured* limit = nullptr) {
    const auto ratio = limit == nullptr ? std::string() : fmt::format("  {:6.2f} x", it.seconds / limit->seconds);
    const auto failed = it.exit_code == 0 ? std::string() : fmt::format("  (exit code {})", it.exit_code);
    fmt::print("  {:<44} {:8.3f} s  {:7.3f} s cpu  {:6.1f} MB{}{}\n", what, it.seconds, it.cpu_seconds, it.peak_mb,
               ratio, failed);
    std::fflush(stdout);
}

void start_up() {
    fmt::print("start-up, against `true`\n");
    const auto limit = median_of(21, {.words = {"true"}});
    print("true", limit);
    print("haetae --version", median_of(21, {.words = {HAETAE_PROGRAM, "--version"}}), &limit);
    print("psql --version", median_of(21, {.words = {"psql", "--version"}}), &limit);
}

void large_history(const std::string& folder) {
    fmt::print("looking at {} revisions (Alembic: at {})\n", large, tables);
    write_project(folder + "/large", large);
    print("haetae history", median_of(5, {.words = {HAETAE_PROGRAM, "history"}, .folder = folder + "/large"}));
    print("haetae plan --from base",
          median_of(5, {.words = {HAETAE_PROGRAM, "plan", "--from", "base"}, .folder = folder + "/large"}));
    print("haetae heads", median_of(5, {.words = {HAETAE_PROGRAM, "heads"}, .folder = folder + "/large"}));
    if (os::find_program("alembic")) {
        print("alembic history", median_of(3, {.words = {"alembic", "history"}, .folder = folder + "/alembic"}));
    }
}

void thousand_tables(const std::string& folder, Databases& databases) {
    fmt::print("applying {} revisions of one table, against psql\n", tables);
    std::vector<std::string> psql = {"psql",           "-X", "-q",      "-v", "ON_ERROR_STOP=1", "-h",
                                     databases.host(), "-U", "postgres"};
    for (const auto& file : write_plain(folder + "/plain", tables)) {
        psql.push_back("-f");
        psql.push_back(file);
    }
    const auto best = [](auto run) {
        Measured least = run();
        for (int i = 1; i < 3; ++i) {
            const Measured next = run();
            if (next.seconds < least.seconds) least = next;
        }
        return least;
    };
    const auto limit = best([&] {
        auto words = psql;
        words.push_back("-d");
        words.push_back(databases.make());
        return run_once({.words = words});
    });
    print("psql, no bookkeeping", limit);
    std::string applied;
    const auto ours = best([&] {
        applied = databases.make();
        return run_once({.words = {HAETAE_PROGRAM, "upgrade", "-q"},
                         .folder = folder + "/project",
                         .environment = {{"DATABASE_URL", databases.url(applied)}}});
    });
    print("haetae upgrade", ours, &limit);
    const char* given = std::getenv("HAETAE_DBMATE");
    if (given != nullptr || os::find_program("dbmate")) {
        write_dbmate(folder + "/dbmate", tables);
        print("dbmate up", best([&] {
                  const auto url = fmt::format("postgres://postgres@/{}?socket={}&sslmode=disable", databases.make(),
                                               databases.host());
                  return run_once({.words = {given == nullptr ? "dbmate" : given, "--url", url, "--migrations-dir",
                                             folder + "/dbmate/migrations", "--no-dump-schema", "up"}});
              }),
              &limit);
    }
    if (os::find_program("alembic")) {
        print("alembic upgrade head",
              run_once({.words = {"alembic", "upgrade", "head"},
                        .folder = folder + "/alembic",
                        .environment = {{"DATABASE_URL", fmt::format("postgresql+psycopg2://postgres@/{}?host={}",
                                                                     databases.make(), databases.host())}}}),
              &limit);
    }
    fmt::print("nothing to do, with {} applied\n", tables);
    print("haetae upgrade", median_of(9, {.words = {HAETAE_PROGRAM, "upgrade"},
                                          .folder = folder + "/project",
                                          .environment = {{"DATABASE_URL", databases.url(applied)}}}));
}

}  // namespace
}  // namespace haetae::bench

int main() {
    using namespace haetae;
    ::unsetenv("CI");
    const auto folder = bench::must(os::TempDir::make());
    bench::start_up();
    bench::write_project(folder.path() + "/project", bench::tables);
    bench::write_alembic(folder.path() + "/alembic", bench::tables);
    bench::large_history(folder.path());
    bench::Databases databases;
    bench::thousand_tables(folder.path(), databases);
    return 0;
}
