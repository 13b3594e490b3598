// SPDX-License-Identifier: Apache-2.0
// Each look goes by one snapshot, and is compared with what the history says of the point that `progress` names.
#include "kit/crash_fixture.hpp"

#include <algorithm>

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "ledger/ledger.hpp"
#include "os/file.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::kit {

namespace {

const std::string all_up = "u1 up, u2 up, u3 up, u4 up, g1 up, g2 up";

std::vector<std::string> arguments_of(bool is_up) {
    return is_up ? std::vector<std::string>{"upgrade", "head"} : std::vector<std::string>{"downgrade", "base"};
}

}  // namespace

CrashTest::CrashTest(std::string program)
    : url_(server.new_database()), project(std::move(program), "[domain.game]\n[domain.users]\n") {
    write_crash_history(project);
}

std::string CrashTest::url_text() const {
    return sandbox::socket_url_text(url_.value("host")) + "&dbname=" + url_.value("dbname");
}

os::Child CrashTest::start(Way way, const std::string& url) const {
    auto command = project.command(url, arguments_of(way == Way::up));
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

void CrashTest::finish(const std::string& when, Way way) {
    auto last = project.run(url_text(), arguments_of(way == Way::up));
    if (last.exit_code == 6 && last.output.find("HT0614") != std::string::npos) {
        EXPECT_NE(last.output.find("statement 4 of revision u4"), std::string::npos) << last.output;
        last = project.run(url_text(), {"upgrade", "head", "--in-doubt", "again"});
        ++in_doubt;
    }
    ASSERT_EQ(last.exit_code, 0) << when << "\n" << last.output;
    expect_agreement(when);
    way == Way::up ? expect_applied(when) : expect_undone(when);
}

void CrashTest::expect_whole(const std::string& when, const std::string& ledger, const std::string& users,
                             const std::string& game) const {
    EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM users.t"), users.empty() ? "" : "128") << when;
    EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM game.t"), game.empty() ? "" : "256") << when;
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM users.alembic_version"), users) << when;
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM game.alembic_version"), game) << when;
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.progress"), "0") << when;
    EXPECT_EQ(cell("SELECT string_agg(revision || ' ' || direction, ', ' ORDER BY id) FROM haetae.ledger WHERE "
                   "outcome = 'done'"),
              ledger)
        << when;
    auto books = connect_to(url_);
    EXPECT_TRUE(ledger::broken_rows(books, "haetae").value().empty()) << when;
}

void CrashTest::expect_applied(const std::string& when) const {
    expect_whole(when, all_up, "u4", "g2");
}

void CrashTest::expect_undone(const std::string& when) const {
    expect_whole(when, all_up + ", g2 down, g1 down, u4 down, u3 down, u2 down, u1 down", "", "");
}

void CrashTest::expect_agreement(const std::string& when) const {
    ASSERT_TRUE(eventually([&] { return connect::Connection::open(url_, {}).ok(); })) << "the server comes back";
    auto look = connect_to(url_);
    if (first_cell(look, "SELECT to_regclass('haetae.ledger') IS NULL OR to_regclass('users.t') IS NULL") == "t")
        return;
    // In one snapshot: what the killed process had sent may be committed at any moment.
    ASSERT_TRUE(look.simple("BEGIN ISOLATION LEVEL REPEATABLE READ"));
    for (const auto* domain : {"users", "game"}) expect_agreement_of(domain, look, when);
}

void CrashTest::expect_agreement_of(const std::string& domain, connect::Connection& look,
                                    const std::string& when) const {
    const auto told = [&](const std::string& sql) { return first_cell(look, sql); };
    const auto of_domain = " WHERE domain = '" + domain + "'";
    const auto row = told("SELECT string_agg(version_num, ' ') FROM " + domain + ".alembic_version");

    const auto newest = " FROM haetae.ledger" + of_domain + " AND outcome = 'done' ORDER BY id DESC LIMIT 1";
    const auto recorded = told("SELECT revision" + newest);
    const bool was_up = told("SELECT direction" + newest) != "down";
    EXPECT_EQ(row, was_up ? recorded : parent_of(recorded)) << when;

    Stand stand;
    if (told("SELECT to_regclass('" + domain + ".t')") != "") {
        stand.n = std::stol(told("SELECT coalesce(sum(n), 0) FROM " + domain + ".t"));
    }
    std::set<std::string> invalid;
    const auto indexes = look.simple(
        "SELECT c.relname, i.indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN "
        "pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = '" +
        domain + "' AND c.relname LIKE 'i%'");
    for (std::size_t i = 0; i < indexes->size(); ++i) {
        (indexes->is_true(i, 1) ? stand.indexes : invalid).insert(indexes->text(i, 0));
    }

    const auto progress = " FROM haetae.progress" + of_domain;
    Halt halt{.revision = told("SELECT string_agg(DISTINCT revision, ' ')" + progress),
              .is_up = told("SELECT string_agg(DISTINCT direction, ' ')" + progress) == "up",
              .finished = std::stoul(told("SELECT count(*)" + progress + " AND state = 'done'")),
              .is_intended = told("SELECT count(*)" + progress + " AND state = 'intended'") == "1"};
    const auto numbers = told("SELECT coalesce(max(statement) + 1, 0)" + progress);
    EXPECT_EQ(numbers, std::to_string(halt.finished + (halt.is_intended ? 1 : 0))) << when << ": " << halt.revision;

    const auto possible =
        halt.revision.empty() ? std::vector<Stand>{stand_at(domain, row)} : stands_at(domain, row, halt);
    EXPECT_NE(std::find(possible.begin(), possible.end(), stand), possible.end())
        << when << ": " << domain << " at '" << row << "', n = " << stand.n << ", " << stand.indexes.size()
        << " valid indexes, " << halt.finished << " statements of '" << halt.revision << "' finished"
        << (halt.is_intended ? ", one intended" : "");
    // What a concurrent rebuild leaves has a name made from the index's own.
    const bool is_reindex = !halt.is_up && halt.is_intended && halt.revision == "u4";
    const auto stray = std::count_if(invalid.begin(), invalid.end(), [&](const std::string& name) {
        return halt.revision.empty() || (name != index_of_intended(halt) && !(is_reindex && name.starts_with("i4_cc")));
    });
    EXPECT_EQ(stray, 0) << when << ": invalid indexes that nobody is building";
}

}  // namespace haetae::kit
