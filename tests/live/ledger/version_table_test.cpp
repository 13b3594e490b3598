// SPDX-License-Identifier: Apache-2.0
// What is read of version tables, and what is refused before anything is written.
#include "ledger/version_table.hpp"

#include <gtest/gtest.h>

#include "kit/sandbox_fixture.hpp"
#include "ledger/own_schema.hpp"
#include "ledger/rights.hpp"

namespace haetae::ledger {
namespace {

class VersionTableTest : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        session.emplace(connection());
        role = "role_of_" + url().value("dbname");
        sql("DROP ROLE IF EXISTS " + role + "; CREATE ROLE " + role);
    }
    void TearDown() override { sql("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role); }
    void sql(const std::string& text) {
        const auto done = session->simple(text);
        ASSERT_TRUE(done) << text << ": " << done.error().sentence;
    }
    static settings::Domain domain(const std::string& name, const std::string& table = "alembic_version") {
        return {.name = graph::DomainName(name),
                .folder = "migrations/" + name,
                .schema = name,
                .version_schema = name,
                .version_table = table};
    }
    VersionTable table_of(const settings::Domain& wanted) {
        auto tables = read_version_tables(*session, {&wanted, 1});
        EXPECT_TRUE(tables) << (tables ? "" : tables.error().sentence);
        return tables ? tables->at(wanted.name) : VersionTable{};
    }
    base::Error refusal_of(const settings::Domain& wanted) {
        const auto tables = read_version_tables(*session, {&wanted, 1});
        return tables ? base::Error{.code = "read", .sentence = ""} : tables.error();
    }
    base::Error rights_refusal(const settings::Domain& wanted) {
        const auto tables = read_version_tables(*session, {&wanted, 1});
        if (!tables) return tables.error();
        const auto missing = check_rights(*session, {&wanted, 1}, *tables, "haetae");
        return missing ? base::Error{.code = "allowed", .sentence = ""} : missing.error();
    }

    std::optional<connect::Connection> session;
    std::string role;
};

TEST_F(VersionTableTest, a_missing_schema_or_table_reads_as_no_rows) {
    const auto missing = table_of(domain("game"));
    EXPECT_FALSE(missing.schema_exists);
    EXPECT_TRUE(missing.may_create);
    EXPECT_TRUE(missing.rows.empty());
    sql("CREATE SCHEMA game");
    EXPECT_TRUE(table_of(domain("game")).schema_exists);
    EXPECT_FALSE(table_of(domain("game")).table_exists);
}

TEST_F(VersionTableTest, rows_of_several_tables_come_sorted_and_with_what_the_column_holds) {
    sql("CREATE SCHEMA a; CREATE SCHEMA \"B\"; CREATE TABLE a.alembic_version (version_num varchar(12) PRIMARY KEY);"
        "CREATE TABLE \"B\".\"버전\" (version_num text); INSERT INTO a.alembic_version VALUES ('z'), ('b');"
        "INSERT INTO \"B\".\"버전\" VALUES ('q')");
    const std::vector domains{domain("a"), domain("B", "버전"), domain("none")};
    const auto tables = read_version_tables(*session, domains);
    ASSERT_TRUE(tables) << tables.error().sentence;
    const auto& a = tables->at(graph::DomainName("a"));
    EXPECT_EQ(a.rows, (std::vector{graph::RevisionId("b"), graph::RevisionId("z")}));
    EXPECT_EQ(a.id_length_max, 12U);
    EXPECT_GT(tables->at(graph::DomainName("B")).id_length_max, 1000U);
    EXPECT_EQ(tables->at(graph::DomainName("B")).rows.size(), 1U);
    EXPECT_FALSE(tables->at(graph::DomainName("none")).table_exists);
}

TEST_F(VersionTableTest, what_is_no_version_table_is_refused) {
    sql("CREATE SCHEMA game; CREATE TABLE game.other (n int); CREATE TABLE game.numbers (version_num int);"
        "CREATE VIEW game.seen AS SELECT 'x'::text AS version_num; CREATE SEQUENCE game.counted");
    for (const auto* name : {"other", "numbers", "seen", "counted"}) {
        EXPECT_EQ(refusal_of(domain("game", name)).code, "HT0607") << name;
    }
}

TEST_F(VersionTableTest, a_role_that_may_not_read_is_told_which_right_it_lacks) {
    sql("CREATE SCHEMA game; CREATE TABLE game.alembic_version (version_num varchar(32)); GRANT USAGE ON SCHEMA game "
        "TO " +
        role + "; SET ROLE " + role);
    const auto refused = refusal_of(domain("game"));
    EXPECT_EQ(refused.code, "HT0605");
    EXPECT_NE(refused.sentence.find(role), std::string::npos);
    EXPECT_NE(refused.hint.find("GRANT SELECT ON"), std::string::npos);
}

TEST_F(VersionTableTest, a_locked_table_is_waited_for_for_a_while) {
    sql("CREATE SCHEMA game; CREATE TABLE game.alembic_version (version_num varchar(32) PRIMARY KEY)");
    table_of(domain("game"));
    EXPECT_EQ(kit::first_cell(*session, "SHOW lock_timeout"), "10s");
    sql("SET lock_timeout = '50ms'");
    auto holder = connection();
    ASSERT_TRUE(holder.simple("BEGIN; LOCK TABLE game.alembic_version"));
    EXPECT_EQ(refusal_of(domain("game")).code, "HT0636");
    EXPECT_EQ(kit::first_cell(*session, "SHOW lock_timeout"), "50ms");
}

TEST_F(VersionTableTest, missing_rights_name_the_role_and_the_right) {
    sql("CREATE SCHEMA game; SET ROLE " + role);
    auto refused = rights_refusal(domain("game"));
    EXPECT_EQ(refused.code, "HT0631");
    EXPECT_EQ(refused.sentence, "role " + role + " lacks the right CREATE on database " + url().value("dbname") +
                                    ", to make the schema haetae");
    sql("RESET ROLE; CREATE SCHEMA haetae; SET ROLE " + role);
    EXPECT_NE(rights_refusal(domain("game")).sentence.find("CREATE on schema haetae"), std::string::npos);
    sql("RESET ROLE");
    ASSERT_TRUE(ensure_own_schema(*session, "haetae"));
    sql("SET ROLE " + role);
    EXPECT_NE(rights_refusal(domain("game")).sentence.find("to write the ledger in schema haetae"), std::string::npos);
    sql("RESET ROLE; GRANT USAGE ON SCHEMA haetae TO " + role + "; GRANT ALL ON ALL TABLES IN SCHEMA haetae TO " +
        role + "; SET ROLE " + role);
    EXPECT_NE(rights_refusal(domain("game")).sentence.find("CREATE on schema game"), std::string::npos);
    EXPECT_NE(rights_refusal(domain("new")).sentence.find("to make the schema new"), std::string::npos);
    sql("RESET ROLE; CREATE TABLE game.alembic_version (version_num varchar(32)); GRANT USAGE, CREATE ON SCHEMA game "
        "TO " +
        role + "; GRANT SELECT ON game.alembic_version TO " + role + "; SET ROLE " + role);
    refused = rights_refusal(domain("game"));
    EXPECT_NE(refused.sentence.find("to write the version table"), std::string::npos);
    EXPECT_NE(refused.hint.find("GRANT SELECT, INSERT, UPDATE, DELETE"), std::string::npos);
    sql("RESET ROLE; GRANT ALL ON game.alembic_version TO " + role + "; SET ROLE " + role);
    EXPECT_EQ(rights_refusal(domain("game")).code, "allowed");
}

TEST_F(VersionTableTest, a_read_only_session_is_refused) {
    sql("SET default_transaction_read_only = on");
    EXPECT_EQ(rights_refusal(domain("game")).code, "HT0630");
    sql("SET default_transaction_read_only = off");
}

}  // namespace
}  // namespace haetae::ledger
