// SPDX-License-Identifier: Apache-2.0
// The tables stay when their first revision is undone, so that whoever looks on from outside can always read them.
#include "kit/crash_history.hpp"

#include <algorithm>
#include <stdexcept>

namespace haetae::kit {

namespace {

struct Line {
    std::string sql;
    long times = 1;
    long divided_by = 1;
    std::optional<long> sets{};
    std::string makes{};  ///< an index
    std::string drops{};
};

struct Entry {
    std::string domain;
    std::string revision;
    std::string parent;
    std::vector<Line> up;
    std::vector<Line> down;
    std::string up_options{};
    std::string header{};
};

const std::vector<Entry>& entries() {
    static const std::vector<Entry> all{
        {"users",
         "u1",
         "",
         {{"CREATE TABLE IF NOT EXISTS users.t (n bigint NOT NULL)"},
          {.sql = "INSERT INTO users.t VALUES (1)", .sets = 1}},
         {{.sql = "DELETE FROM users.t", .sets = 0}}},
        {"users",
         "u2",
         "u1",
         {{.sql = "UPDATE users.t SET n = n * 2", .times = 2}},
         {{.sql = "UPDATE users.t SET n = n / 2", .divided_by = 2}}},
        {"users",
         "u3",
         "u2",
         {{.sql = "UPDATE users.t SET n = n * 2", .times = 2},
          {.sql = "CREATE INDEX CONCURRENTLY i3 ON users.t (n)", .makes = "i3"},
          {.sql = "UPDATE users.t SET n = n * 2", .times = 2},
          {.sql = "DROP INDEX CONCURRENTLY users.i3", .drops = "i3"},
          {.sql = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i4 ON users.t (n)", .makes = "i4"}},
         {{.sql = "UPDATE users.t SET n = n / 2", .divided_by = 2},
          {.sql = "DROP INDEX CONCURRENTLY users.i4", .drops = "i4"},
          {.sql = "UPDATE users.t SET n = n / 2", .divided_by = 2}}},
        {"users",
         "u4",
         "u3",
         {{.sql = "UPDATE users.t SET n = n * 2", .times = 2},
          {"VACUUM users.t"},
          {.sql = "DO $$ BEGIN UPDATE users.t SET n = n * 2; PERFORM pg_sleep(0.02); END $$", .times = 2},
          {.sql = "DO $$ BEGIN UPDATE users.t SET n = 64 WHERE n = 32; COMMIT; PERFORM pg_sleep(0.01); END $$",
           .sets = 64},
          {.sql = "UPDATE users.t SET n = n * 2", .times = 2}},
         {{.sql = "UPDATE users.t SET n = n / 4", .divided_by = 4},
          {.sql = "REINDEX INDEX CONCURRENTLY users.i4"},
          {.sql = "UPDATE users.t SET n = n / 4", .divided_by = 4}},
         " transaction=off"},
        {"game",
         "g1",
         "",
         {{"CREATE TABLE IF NOT EXISTS game.t (n bigint NOT NULL)"},
          {.sql = "INSERT INTO game.t SELECT n FROM users.t", .sets = 128}},
         {{.sql = "DELETE FROM game.t", .sets = 0}},
         "",
         "-- Depends on: users:u4\n"},
        {"game",
         "g2",
         "g1",
         {{.sql = "UPDATE game.t SET n = n * 2", .times = 2}, {"SELECT pg_sleep(0.02)"}},
         {{.sql = "UPDATE game.t SET n = n / 2", .divided_by = 2}}},
    };
    return all;
}

const Entry& entry_of(std::string_view revision) {
    const auto found = std::find_if(entries().begin(), entries().end(),
                                    [&](const Entry& entry) { return entry.revision == revision; });
    if (found == entries().end()) throw std::runtime_error("no such revision: " + std::string(revision));
    return *found;
}

Stand after(Stand stand, const Line& line) {
    stand.n = line.sets.value_or(stand.n * line.times / line.divided_by);
    if (!line.makes.empty()) stand.indexes.insert(line.makes);
    stand.indexes.erase(line.drops);
    return stand;
}

std::string joined(const std::vector<Line>& lines) {
    std::string text;
    for (const auto& line : lines) text += line.sql + ";\n";
    return text;
}

}  // namespace

void write_crash_history(const ProjectFolder& project) {
    for (const auto& entry : entries()) {
        project.revision(
            entry.domain, entry.revision, entry.parent,
            "-- migrate:up" + entry.up_options + "\n" + joined(entry.up) + "\n-- migrate:down\n" + joined(entry.down),
            entry.header);
    }
}

Stand stand_at(std::string_view domain, std::string_view row) {
    Stand stand;
    for (const auto& entry : entries()) {
        if (row.empty()) break;
        if (entry.domain != domain) continue;
        for (const auto& line : entry.up) stand = after(std::move(stand), line);
        if (entry.revision == row) break;
    }
    return stand;
}

std::vector<Stand> stands_at(std::string_view domain, std::string_view row, const Halt& halt) {
    const auto& entry = entry_of(halt.revision);
    const auto& lines = halt.is_up ? entry.up : entry.down;
    const bool follows = entry.domain == domain && (halt.is_up ? entry.parent : entry.revision) == row;
    if (!follows || halt.finished + (halt.is_intended ? 1 : 0) > lines.size()) return {};
    auto stand = stand_at(domain, row);
    for (std::size_t i = 0; i < halt.finished; ++i) stand = after(std::move(stand), lines[i]);
    if (!halt.is_intended) return {stand};
    return {stand, after(stand, lines[halt.finished])};
}

std::string index_of_intended(const Halt& halt) {
    if (!halt.is_intended) return "";
    const auto& entry = entry_of(halt.revision);
    const auto& line = (halt.is_up ? entry.up : entry.down)[halt.finished];
    return line.makes + line.drops;
}

std::string parent_of(std::string_view revision) {
    return entry_of(revision).parent;
}

}  // namespace haetae::kit
