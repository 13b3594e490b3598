// SPDX-License-Identifier: Apache-2.0
// Access lists as PostgreSQL writes them, against what the kind of object grants anyhow.
#include "catalog/acl.hpp"

#include <gtest/gtest.h>

#include "catalog/not_null.hpp"

namespace haetae::catalog {
namespace {

using model::Grant;
using model::Privileges;

TEST(Acl, no_list_and_the_default_list_say_nothing) {
    EXPECT_EQ(privileges("", "{o=arwdDxt/o}", "o"), Privileges{});
    EXPECT_EQ(privileges("{o=arwdDxt/o}", "{o=arwdDxt/o}", "o"), Privileges{});
    EXPECT_EQ(privileges("{o=arwdDxtm/o}", "{o=arwdDxtm/o}", "o"), Privileges{});
}

TEST(Acl, everything_there_is_reads_as_all_in_every_version) {
    const Privileges all{.granted = {{.grantee = "r", .privilege = "ALL"}}};
    EXPECT_EQ(privileges("{o=arwdDxt/o,r=arwdDxt/o}", "{o=arwdDxt/o}", "o"), all);
    EXPECT_EQ(privileges("{o=arwdDxtm/o,r=arwdDxtm/o}", "{o=arwdDxtm/o}", "o"), all);
    EXPECT_EQ(privileges("{o=arwdDxtm/o,r=arwdDxt/o}", "{o=arwdDxtm/o}", "o").granted.size(), 7U);
}

TEST(Acl, what_is_taken_away_is_kept_apart) {
    EXPECT_EQ(privileges("{o=X/o}", "{=X/o,o=X/o}", "o"),
              (Privileges{.revoked = {{.grantee = "", .privilege = "EXECUTE"}}}));
    EXPECT_EQ(privileges("{}", "{o=arwdDxt/o}", "o"), (Privileges{.revoked = {{.grantee = "o", .privilege = "ALL"}}}));
}

TEST(Acl, names_options_and_grantors_are_read) {
    const auto read =
        privileges(R"({o=arwdDxt/o,"\"a \"\"b=/\"=r*/o",PUBLIC=w/"\"a \"\"b=/\""})", "{o=arwdDxt/o}", "o");
    const std::vector<Grant> expected{{.grantee = "PUBLIC", .privilege = "UPDATE", .grantor = "a \"b=/"},
                                      {.grantee = "a \"b=/", .privilege = "SELECT", .grantable = true}};
    EXPECT_EQ(read.granted, expected);
}

TEST(Acl, the_default_of_one_owner_counts_for_another) {
    // public as initdb made it, given to somebody else.
    EXPECT_EQ(privileges("{n=UC/n,=U/n}", "{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}", "n"),
              Privileges{});
}

TEST(NotNullName, a_name_that_postgresql_may_have_made_up_is_none) {
    EXPECT_EQ(chosen_not_null_name("t_a_not_null"), "");
    EXPECT_EQ(chosen_not_null_name("t_a_not_null12"), "");
    EXPECT_EQ(chosen_not_null_name("must_be"), "must_be");
    EXPECT_EQ(chosen_not_null_name("not_null_a"), "not_null_a");
    EXPECT_EQ(chosen_not_null_name("12"), "12");
    EXPECT_EQ(chosen_not_null_name(""), "");
}

}  // namespace
}  // namespace haetae::catalog
