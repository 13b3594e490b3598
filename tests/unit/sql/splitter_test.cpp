// SPDX-License-Identifier: Apache-2.0
// Where statements end, what is refused and at which place, and what a checksum is made of. The tables compare with
// libpg_query's splitter where that one can tell.
#include "sql/splitter.hpp"

#include <gtest/gtest.h>
#include <pg_query.h>

#include <chrono>
#include <string>
#include <vector>

using namespace haetae;

namespace {

std::vector<std::string> statements_of(const std::string& text) {
    const auto scan = sql::scan(text, "f.sql");
    if (!scan) return {"error " + scan.error().code + " " + scan.error().sentence};
    std::vector<std::string> list;
    for (const auto& span : scan->statements) list.push_back(text.substr(span.begin, span.end - span.begin));
    return list;
}

std::vector<std::string> split_by_pg_query(const std::string& text) {
    const PgQuerySplitResult result = pg_query_split_with_scanner(text.c_str());
    std::vector<std::string> list;
    for (int i = 0; i < result.n_stmts; ++i) {
        const auto* statement = result.stmts[i];
        list.push_back(sql::canonical_text(text.substr(static_cast<std::size_t>(statement->stmt_location),
                                                       static_cast<std::size_t>(statement->stmt_len))));
    }
    pg_query_free_split_result(result);
    return list;
}

struct Case {
    const char* name;
    std::string text;
    std::vector<std::string> statements;
};

class SplitterTable : public testing::TestWithParam<Case> {};

TEST_P(SplitterTable, cuts_as_psql_does) {
    EXPECT_EQ(statements_of(GetParam().text), GetParam().statements);
}

TEST_P(SplitterTable, cuts_the_same_with_windows_line_ends) {
    std::string text;
    for (const char c : GetParam().text) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::vector<std::string> canonical;
    std::vector<std::string> wanted;
    for (const auto& statement : statements_of(text)) canonical.push_back(sql::canonical_text(statement));
    for (const auto& statement : GetParam().statements) {
        std::string with_ends;
        for (const char c : statement) with_ends += c == '\n' ? std::string("\r\n") : std::string(1, c);
        wanted.push_back(sql::canonical_text(with_ends));
    }
    EXPECT_EQ(canonical, wanted);
}

INSTANTIATE_TEST_SUITE_P(
    statements, SplitterTable,
    testing::Values(
        Case{"nothing", "", {}}, Case{"only_blanks_and_comments", " \n-- a\n/* b; */ ;; ;\n", {}},
        Case{"no_last_semicolon", "SELECT 1; SELECT 2", {"SELECT 1", "SELECT 2"}},
        Case{"comments_between", "-- a;\nSELECT 1 /* x; /* y; */ ; */;-- b\nSELECT 2;", {"SELECT 1", "SELECT 2"}},
        Case{"comment_inside", "SELECT 1 -- ; no\n + 2;", {"SELECT 1 -- ; no\n + 2"}},
        Case{"quotes", "SELECT 'a;''b;', \"c;\"\"d\";", {"SELECT 'a;''b;', \"c;\"\"d\""}},
        Case{"backslash_is_plain_in_usual_strings", R"(SELECT 'a\'; SELECT 'b';)", {R"(SELECT 'a\')", "SELECT 'b'"}},
        Case{"escapes_in_E_strings", R"(SELECT E'a\';b', e'\\';SELECT 1;)", {R"(SELECT E'a\';b', e'\\')", "SELECT 1"}},
        Case{"E_only_alone", R"(SELECT typE'a\'; SELECT 2;)", {R"(SELECT typE'a\')", "SELECT 2"}},
        Case{"E_string_goes_on_in_the_next_line",
             "SELECT E'a'\n'b\\';c'; SELECT 2;",
             {"SELECT E'a'\n'b\\';c'", "SELECT 2"}},
        Case{"E_string_goes_on_behind_a_comment",
             "SELECT E'a' -- c\n 'b\\';c'; SELECT 2;",
             {"SELECT E'a' -- c\n 'b\\';c'", "SELECT 2"}},
        Case{"other_strings",
             R"(SELECT U&'\0041;', B'01;', X'1F;', N'x;'; SELECT U&"a;b";)",
             {R"(SELECT U&'\0041;', B'01;', X'1F;', N'x;')", R"(SELECT U&"a;b")"}},
        Case{"dollar_quotes",
             "DO $$ a; $x$ b; $$; SELECT $x$ a; $$ b; $x$;",
             {"DO $$ a; $x$ b; $$", "SELECT $x$ a; $$ b; $x$"}},
        Case{"korean_dollar_tag",
             "SELECT $함수$ 가; $함수$; SELECT '나;';",
             {"SELECT $함수$ 가; $함수$", "SELECT '나;'"}},
        Case{"dollar_in_identifiers", "SELECT a$b$c; SELECT d$b$;", {"SELECT a$b$c", "SELECT d$b$"}},
        Case{"parameters", "SELECT $1; SELECT $2$$;$$;", {"SELECT $1", "SELECT $2$$;$$"}},
        Case{"operator_before_comment",
             "SELECT 1 +-- ;\n2; SELECT 3*/* ; */4;",
             {"SELECT 1 +-- ;\n2", "SELECT 3*/* ; */4"}},
        Case{"rules",
             "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;); SELECT 3;",
             {"CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)", "SELECT 3"}},
        Case{"begin_atomic",
             "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3;",
             {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"}},
        Case{"begin_atomic_with_cases",
             "create or replace procedure p() begin atomic select case when a then case b when 1 then 2 end end; "
             "insert into t values (case 1 when 1 then 2 end); end; SELECT 3;",
             {"create or replace procedure p() begin atomic select case when a then case b when 1 then 2 end end; "
              "insert into t values (case 1 when 1 then 2 end); end",
              "SELECT 3"}},
        Case{"begin_atomic_with_end_as_name",
             "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT t.case FROM t; END; SELECT 3;",
             {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT t.case FROM t; END", "SELECT 3"}},
        Case{"a_column_called_begin",
             "CREATE TABLE t (begin int, atomic int); SELECT begin FROM t; SELECT 2;",
             {"CREATE TABLE t (begin int, atomic int)", "SELECT begin FROM t", "SELECT 2"}},
        Case{"transaction_blocks_are_statements", "BEGIN; SELECT 1; END;", {"BEGIN", "SELECT 1", "END"}},
        Case{"stray_closing_parenthesis", "SELECT 1); SELECT 2;", {"SELECT 1)", "SELECT 2"}},
        Case{"byte_order_mark", "\xEF\xBB\xBFSELECT 1;", {"SELECT 1"}},
        Case{"numbers_of_newer_servers",
             "SELECT 1_000, 0xFF, 0b1, 1.5e-3, .5; SELECT 2;",
             {"SELECT 1_000, 0xFF, 0b1, 1.5e-3, .5", "SELECT 2"}},
        Case{"copy_out_is_fine",
             "COPY t TO STDOUT; COPY t FROM '/tmp/x';",
             {"COPY t TO STDOUT", "COPY t FROM '/tmp/x'"}}),
    [](const auto& case_info) { return std::string(case_info.param.name); });

struct Refusal {
    const char* name;
    std::string text;
    std::string code;
    std::size_t line;
    std::size_t column;
};

class SplitterRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(SplitterRefusals, names_the_place) {
    const auto scan = sql::scan(GetParam().text, "f.sql");
    ASSERT_FALSE(scan.ok());
    EXPECT_EQ(scan.error().code, GetParam().code);
    ASSERT_TRUE(scan.error().span.has_value());
    EXPECT_EQ(scan.error().span->line, GetParam().line);
    EXPECT_EQ(scan.error().span->column, GetParam().column);
    EXPECT_FALSE(scan.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    refusals, SplitterRefusals,
    testing::Values(Refusal{"string", "SELECT 1;\nSELECT '가', 'b;\n\n", "HT0218", 2, 13},
                    Refusal{"escape_string", R"(SELECT E'a\')", "HT0218", 1, 8},
                    Refusal{"identifier", "SELECT \"a;\n", "HT0218", 1, 8},
                    Refusal{"comment", "/* a /* b */\nSELECT 1;", "HT0218", 1, 1},
                    Refusal{"dollar_quote", "DO\n$fn$ BEGIN $fn;\n$$", "HT0218", 2, 1},
                    Refusal{"parenthesis", "CREATE TABLE t (a int;\nCREATE TABLE u (b int);", "HT0218", 1, 16},
                    Refusal{"begin_atomic", "CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC SELECT 1;", "HT0218", 2, 1},
                    Refusal{"case", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT\ncase WHEN a THEN 1; END;",
                            "HT0218", 1, 33},
                    Refusal{"psql_command", "SELECT 1;\n  \\i other.sql\n", "HT0217", 2, 3},
                    Refusal{"psql_command_behind_sql", "SELECT 1 \\gexec\n", "HT0217", 1, 10},
                    Refusal{"copy_data", "SELECT 1;\ncopy public.t (a, b)\n from stdin;\n1\t'x\n\\.\n", "HT0216", 2, 1},
                    Refusal{"nul_byte", std::string("SELECT 1;\nSEL\0ECT", 17), "HT0200", 2, 4},
                    Refusal{"latin1", "SELECT '\xE9';", "HT0200", 1, 9},
                    Refusal{"byte_order_mark_of_a_joined_file", "SELECT 1;\n\xEF\xBB\xBFSELECT 2;", "HT0200", 2, 1}),
    [](const auto& case_info) { return std::string(case_info.param.name); });

TEST(Splitter, agrees_with_libpg_query_where_that_one_can_tell) {
    const std::string texts[] = {
        "SELECT 1; SELECT 'a;''b', \"x;\"\"y\", E'q\\';', $$ ; $$, $a$ $$; $a$; UPDATE t SET a = B'01';",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3 /* ; /* ; */ */ + 4; -- ;\nSELECT 5",
        "SELECT E'a'\n'b\\';c'; SELECT '가나;다', U&'\\0041;' UESCAPE '!'; SELECT a$b$c; SELECT $1",
        "SELECT 1 +-- x\n 2; SELECT 3 */* ; */ 4; SELECT 5 <-- ;\n6; SELECT a -/* ; */- b"};
    for (const auto& text : texts) {
        std::vector<std::string> ours;
        for (const auto& statement : statements_of(text)) ours.push_back(sql::canonical_text(statement));
        EXPECT_EQ(ours, split_by_pg_query(text)) << text;
    }
}

bool is_marker(std::string_view comment) {
    return comment.starts_with("-- migrate:");
}

TEST(Splitter, ends_a_statement_at_a_boundary_comment) {
    const std::string text = "SELECT 1\n-- migrate:down\nSELECT 2\n  -- migrate:not\n, 3";
    const auto scan = sql::scan(text, "f.sql", is_marker);
    ASSERT_TRUE(scan.ok());
    ASSERT_EQ(scan->statements.size(), 2U);
    EXPECT_EQ(scan->statements[0], (sql::StatementSpan{0, 8, 1}));
    EXPECT_EQ(scan->statements[1].line, 3U);
    ASSERT_EQ(scan->line_comments.size(), 2U);
    EXPECT_FALSE(scan->line_comments[0].indented);
    EXPECT_TRUE(scan->line_comments[1].indented);
}

TEST(Splitter, finds_no_line_comments_in_quotes_comments_and_behind_sql) {
    const std::string text =
        "/*\n-- migrate:a\n*/ SELECT '\n-- migrate:b\n', \"\n-- migrate:c\n\", $$\n-- migrate:d\n$$; -- migrate:e\n";
    const auto scan = sql::scan(text, "f.sql", is_marker);
    ASSERT_TRUE(scan.ok());
    EXPECT_TRUE(scan->line_comments.empty());
    EXPECT_EQ(scan->statements.size(), 1U);
}

TEST(Splitter, finds_a_line_comment_behind_the_byte_order_mark_and_before_a_carriage_return) {
    const std::string text = "\xEF\xBB\xBF-- migrate:up\r\nSELECT 1;\r\n";
    const auto scan = sql::scan(text, "f.sql", is_marker);
    ASSERT_TRUE(scan.ok());
    ASSERT_EQ(scan->line_comments.size(), 1U);
    EXPECT_EQ(scan->line_comments[0], (sql::LineComment{3, 16, 1, false}));
    EXPECT_EQ(scan->statements[0].line, 2U);
}

TEST(Splitter, needs_time_in_proportion_to_the_text) {
    std::string text;
    while (text.size() < std::size_t{16} * 1024 * 1024) text += "INSERT INTO t (a, b) VALUES (1, 'x'); -- 가\n/**/\n";
    std::string comments(std::size_t{4} * 1024 * 1024, '\n');
    for (std::size_t i = 0; i + 8 < comments.size(); i += 8) comments.replace(i, 4, "-- a");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(sql::scan(text, "f.sql").ok());
    EXPECT_TRUE(sql::scan(comments, "f.sql").ok());
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(CanonicalText, leaves_comments_and_layout_out) {
    const std::string plain = "ALTER TABLE t ADD COLUMN a int DEFAULT (1+2)";
    for (const char* same :
         {"ALTER TABLE t ADD COLUMN a int DEFAULT(1+2)", "ALTER  TABLE\r\n\tt ADD COLUMN a int DEFAULT ( 1 + 2 )",
          "ALTER TABLE t -- why\n ADD /* x /* y */ */ COLUMN a int DEFAULT (/**/1+2)--\n"}) {
        EXPECT_EQ(sql::canonical_text(same), sql::canonical_text(plain)) << same;
    }
    EXPECT_EQ(sql::canonical_text("  SELECT\n'a'  ,  \"b\" -- c"), "SELECT 'a' , \"b\"");
}

TEST(CanonicalText, keeps_what_is_quoted_and_tells_statements_apart) {
    EXPECT_EQ(sql::canonical_text("SELECT '--  a', $$ -- b\r\n $$"), "SELECT '--  a' , $$ -- b\r\n $$");
    const char* different[] = {"SELECT a",       "SELECT A",   "SELECT \"a\"", "SELECT 'a'",
                               "SELECT 'a '",    "SELECT 1.5", "SELECT 1 .5",  "SELECT a <> b",
                               "SELECT a < > b", "SELECT ab",  "SELECT a b"};
    for (const char* a : different) {
        for (const char* b : different) {
            if (a == b) continue;
            EXPECT_NE(sql::canonical_text(a), sql::canonical_text(b)) << a << " | " << b;
        }
    }
}

}  // namespace
