// SPDX-License-Identifier: Apache-2.0
// Left what PostgreSQL prints at first, right what it prints after loading that (15.18 and 18.4 agree); the live tests
// ask the server itself.
#include "model/canonical.hpp"

#include <gtest/gtest.h>

namespace haetae::model {
namespace {

struct Pair {
    const char* printed;
    const char* canonical;
};

TEST(Canonical, a_cast_of_an_array_goes_to_its_elements) {
    constexpr Pair pairs[] = {
        {"CHECK (((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
         "CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))"},
        {"(((v)::text = ANY ((ARRAY['c''d'::character varying, 'e\"f, ]'::character varying(5)])::text[])) OR (i = 1))",
         "(((v)::text = ANY (ARRAY[('c''d'::character varying)::text, ('e\"f, ]'::character varying(5))::text])) OR (i "
         "= 1))"},
        {"(vb = ANY ((ARRAY['1'::\"bit\", '0'::\"bit\"])::bit varying[]))",
         "(vb = ANY (ARRAY[('1'::\"bit\")::bit varying, ('0'::\"bit\")::bit varying]))"},
        {"((ARRAY[('1'::character varying)::s.\"D\"\"d\"])::s.\"E e\"[] IS NOT NULL)",
         "(ARRAY[(('1'::character varying)::s.\"D\"\"d\")::s.\"E e\"] IS NOT NULL)"},
        {"(ARRAY[(ARRAY['a'::character varying, 'b'::character varying])::text[]] IS NOT NULL)",
         "(ARRAY[ARRAY[('a'::character varying)::text, ('b'::character varying)::text]] IS NOT NULL)"},
        {"((ARRAY[ARRAY[a, b], ARRAY[c, d]])::timestamp(3) without time zone[] IS NULL)",
         "(ARRAY[ARRAY[(a)::timestamp(3) without time zone, (b)::timestamp(3) without time zone], "
         "ARRAY[(c)::timestamp(3) without time zone, (d)::timestamp(3) without time zone]] IS NULL)"},
        {"XMLSERIALIZE(CONTENT x AS text NO INDENT)", "XMLSERIALIZE(CONTENT x AS text)"},
    };
    for (const auto& [printed, expected] : pairs) {
        EXPECT_EQ(canonical(printed), expected);
        EXPECT_EQ(canonical(canonical(printed)), expected);
    }
}

TEST(Canonical, everything_else_stays) {
    for (const char* text :
         {"", "(a > 1)", "((ARRAY[1, 2])::text = 'x'::text)", "((ARRAY[1, 2])::s.pair IS NULL)",
          "('(ARRAY[1])::text[]'::text = a)", "(\"(ARRAY[1])::text[]\" = a)", "(f(ARRAY['a'::text]))::text[]",
          "(a = ANY (ARRAY[1, 2]))", "('{a}'::text[])::character varying[]", "((ARRAY( SELECT 1))::text[] IS NULL)",
          "(ARRAY[", "(ARRAY[1])::", "(ARRAY[1", "' NO INDENT'"}) {
        EXPECT_EQ(canonical(text), text);
    }
}

TEST(SingleAlias, columns_of_the_only_relation_lose_its_name) {
    constexpr Pair pairs[] = {
        {"SELECT x.a AS z,\n    x.b\n   FROM s.t x\n  WHERE (x.a > 1)\n  ORDER BY x.b, x.a",
         "SELECT a AS z,\n    b\n   FROM s.t x\n  WHERE (a > 1)\n  ORDER BY b, a"},
        {"SELECT t.a FROM s.t WHERE (t.a IN ( SELECT u.a FROM s.u WHERE (u.b = t.b)))",
         "SELECT a FROM s.t WHERE (a IN ( SELECT u.a FROM s.u WHERE (u.b = t.b)))"},
        {"SELECT \"U u\".\"X y\" FROM s.\"U u\"", "SELECT \"X y\" FROM s.\"U u\""},
        {"SELECT f.p FROM s.f(3) f(p, q)", "SELECT p FROM s.f(3) f(p, q)"},
        {"WITH q AS ( SELECT t.a FROM s.t ) SELECT q.a FROM q", "WITH q AS ( SELECT t.a FROM s.t ) SELECT a FROM q"},
        {"SELECT n.a FROM ( SELECT t.a FROM s.t) n", "SELECT a FROM ( SELECT t.a FROM s.t) n"},
        {"SELECT s.f(s.a), s.b COLLATE s.\"de\", s.c OPERATOR(s.+) 1, (s.d)::s.e FROM s.s",
         "SELECT s.f(a), b COLLATE s.\"de\", c OPERATOR(s.+) 1, (d)::s.e FROM s.s"},
        // ORDER BY prefers a name that the result has.
        {"SELECT t.b AS a, t.a AS b FROM s.t GROUP BY t.a ORDER BY t.a, (t.b + 1)",
         "SELECT b AS a, a AS b FROM s.t GROUP BY a ORDER BY t.a, (b + 1)"},
    };
    for (const auto& [printed, expected] : pairs) {
        EXPECT_EQ(without_single_alias(printed), expected);
        EXPECT_EQ(without_single_alias(expected), expected);
    }
}

TEST(SingleAlias, other_queries_stay) {
    for (const char* text :
         {"", "SELECT 1", "SELECT t.a FROM s.t, s.u", "SELECT t.a FROM (s.t JOIN s.u ON ((t.a = u.a)))",
          "SELECT t.a FROM s.t UNION SELECT u.a FROM s.u", "SELECT t.* FROM s.t", "SELECT 't.a' AS x FROM s.t",
          "VALUES (1), (2)"}) {
        EXPECT_EQ(without_single_alias(text), text);
    }
}

}  // namespace
}  // namespace haetae::model
