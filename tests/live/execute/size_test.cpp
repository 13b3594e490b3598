// SPDX-License-Identifier: Apache-2.0
// Large histories and large revisions, by the program itself. How fast is a matter of bench/; here they work, and the
// memory they take does not grow with what they hold.
#include <fmt/format.h>
#include <sys/resource.h>

#include "kit/crash_fixture.hpp"

namespace haetae::kit {
namespace {

const std::string program = std::string(HAETAE_BUILD) + "/haetae";

/// The largest resident set of any child of ours so far, in MB.
long peak_mb() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss / 1024;
}

class SizeTest : public CrashTest {
 protected:
    SizeTest() : CrashTest(program) {}

    void expect_upgraded(const ProjectFolder& folder, const std::string& said) const {
        const auto first = folder.run(url_text(), {"upgrade"});
        EXPECT_EQ(first.exit_code, 0) << first.output.substr(0, 2000);
        EXPECT_NE(first.output.find(said), std::string::npos) << first.output.substr(0, 2000);
        const auto again = folder.run(url_text(), {"upgrade"});
        EXPECT_EQ(again.exit_code, 0);
        EXPECT_NE(again.output.find("nothing to do"), std::string::npos) << again.output.substr(0, 2000);
    }
};

TEST_F(SizeTest, ten_thousand_revisions_are_looked_at_and_planned) {
    const ProjectFolder shop(program, "[domain.shop]\n");
    for (int i = 0; i < 10000; ++i) {
        shop.revision("shop", fmt::format("r{:05}", i), i == 0 ? "" : fmt::format("r{:05}", i - 1),
                      fmt::format("-- migrate:up\nCREATE TABLE shop.t{} (n int)", i));
    }
    EXPECT_NE(shop.run(url_text(), {"heads"}).output.find("r09999"), std::string::npos);
    const auto history = shop.run(url_text(), {"history", "-r", "r09990:head"});
    EXPECT_EQ(std::count(history.output.begin(), history.output.end(), '\n'), 11) << history.output;
    EXPECT_EQ(shop.run(url_text(), {"plan", "r09999", "--from", "r09989", "--format", "json"}).exit_code, 0);
    EXPECT_EQ(shop.run(url_text(), {"stamp", "head"}).exit_code, 0);
    const auto upgrade = shop.run(url_text(), {"upgrade"});
    EXPECT_NE(upgrade.output.find("nothing to do"), std::string::npos) << upgrade.output;
}

TEST_F(SizeTest, fifty_domains_that_depend_on_each_other_are_upgraded_in_order) {
    std::string toml;
    for (int d = 0; d < 50; ++d) {
        toml += fmt::format("[domain.d{}]\n{}", d, d == 0 ? "" : fmt::format("depends_on = [\"d{}\"]\n", d - 1));
    }
    const ProjectFolder many(program, toml);
    for (int d = 0; d < 50; ++d) {
        for (int i = 0; i < 4; ++i) {
            many.revision(fmt::format("d{}", d), fmt::format("d{}r{}", d, i),
                          i == 0 ? "" : fmt::format("d{}r{}", d, i - 1),
                          i > 0 || d == 0 ? fmt::format("-- migrate:up\nCREATE TABLE d{}.t{} (n int PRIMARY KEY)", d, i)
                                          : fmt::format("-- migrate:up\nCREATE TABLE d{0}.t0 (n int PRIMARY KEY "
                                                        "REFERENCES d{1}.t0)",
                                                        d, d - 1));
        }
    }
    expect_upgraded(many, "applied 200 revisions");
}

TEST_F(SizeTest, a_file_of_sixteen_megabytes_is_run_and_a_larger_one_refused) {
    std::string row = "INSERT INTO shop.t VALUES (1, '" + std::string(1000, 'x') + "')";
    std::string statement = row;
    while (statement.size() < 250000) statement += ", (1, '" + std::string(1000, 'x') + "')";
    std::string body = "-- migrate:up\nCREATE TABLE shop.t (n int, m text)";
    constexpr std::size_t largest = 16 * 1024 * 1024;
    while (body.size() + statement.size() + 300 < largest) body += ";\n" + statement;

    const ProjectFolder small(program, "[domain.shop]\n");
    small.revision("shop", "s1", "", "-- migrate:up\nCREATE TABLE shop.s (n int)");
    ASSERT_EQ(small.run(url_text(), {"upgrade"}).exit_code, 0);
    const long before = peak_mb();
    new_database();
    const ProjectFolder shop(program, "[domain.shop]\n");
    shop.revision("shop", "r1", "", body);
    expect_upgraded(shop, "applied 1 revision");
    // The text, its statements, the message that is sent, libpq's copy of it, and room for the sanitizers' own.
    EXPECT_LT(peak_mb() - before, 16 * 14);

    shop.revision("shop", "r2", "r1", body + std::string(1000, ' ') + body);
    const auto refused = shop.run(url_text(), {"upgrade"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.output.find("HT0902"), std::string::npos) << refused.output;
}

TEST_F(SizeTest, a_revision_of_twenty_thousand_statements_runs) {
    std::string body = "-- migrate:up\nCREATE TABLE shop.t (n int)";
    for (int i = 0; i < 20000; ++i) body += fmt::format(";\nINSERT INTO shop.t VALUES ({})", i);
    const ProjectFolder shop(program, "[domain.shop]\n");
    shop.revision("shop", "r1", "", body);
    expect_upgraded(shop, "applied 1 revision");
    EXPECT_EQ(cell("SELECT count(DISTINCT n) FROM shop.t"), "20000");
}

TEST_F(SizeTest, a_merge_of_five_hundred_branches_runs) {
    const ProjectFolder shop(program, "[domain.shop]\n");
    std::string heads;
    shop.revision("shop", "root1", "", "-- migrate:up\nCREATE TABLE shop.t (n int)");
    for (int i = 0; i < 500; ++i) {
        const auto id = fmt::format("m{:04}", i);
        shop.revision("shop", id, "root1", fmt::format("-- migrate:up\nINSERT INTO shop.t VALUES ({})", i));
        heads += (i == 0 ? "" : ", ") + id;
    }
    shop.revision("shop", "join1", heads, "-- migrate:up\nINSERT INTO shop.t VALUES (500)");
    expect_upgraded(shop, "applied 502 revisions");
    EXPECT_EQ(cell("SELECT count(DISTINCT n) FROM shop.t"), "501");
    EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM shop.alembic_version"), "join1");
}

}  // namespace
}  // namespace haetae::kit
