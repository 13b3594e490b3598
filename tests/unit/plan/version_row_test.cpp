// SPDX-License-Identifier: Apache-2.0
// The version table in SQL, names and ids quoted.
#include "plan/version_row.hpp"

#include <gtest/gtest.h>

namespace haetae::plan {
namespace {

const settings::Domain domain{.name = graph::DomainName("users"),
                              .folder = "migrations/users",
                              .schema = "users",
                              .version_schema = "My \"Own\"",
                              .version_table = "버전"};
const graph::RevisionId a("aa01");
const graph::RevisionId b("bb02");

TEST(VersionRow, the_table_is_made_as_alembic_makes_it) {
    EXPECT_EQ(create_version_table_sql(domain),
              "CREATE TABLE \"My \"\"Own\"\"\".\"버전\" (\n    version_num varchar(32) NOT NULL,\n"
              "    CONSTRAINT \"버전_pkc\" PRIMARY KEY (version_num)\n)");
}

TEST(VersionRow, each_kind_of_change_has_its_statement) {
    const std::string table = "\"My \"\"Own\"\"\".\"버전\"";
    using Kind = RowChange::Kind;
    EXPECT_EQ(row_change_sql(domain, {.kind = Kind::insert, .to = a}),
              "INSERT INTO " + table + " (version_num) VALUES ('aa01')");
    EXPECT_EQ(row_change_sql(domain, {.kind = Kind::remove, .from = a}),
              "DELETE FROM " + table + " WHERE version_num = 'aa01'");
    EXPECT_EQ(row_change_sql(domain, {.kind = Kind::update, .from = a, .to = b}),
              "UPDATE " + table + " SET version_num = 'bb02' WHERE version_num = 'aa01'");
}

TEST(VersionRow, each_checked_change_must_match_one_row_and_says_otherwise_what_was_expected) {
    using Kind = RowChange::Kind;
    const std::vector<RowChange> changes{{.kind = Kind::insert, .to = b}, {.kind = Kind::remove, .from = a}};
    const auto text = checked_row_changes(domain, changes);
    EXPECT_NE(text.find("VALUES ('bb02') ON CONFLICT DO NOTHING;\nGET DIAGNOSTICS n = ROW_COUNT;\nIF n <> 1"),
              std::string::npos);
    EXPECT_NE(text.find("'the version table of domain users holds bb02 already'"), std::string::npos);
    EXPECT_NE(text.find("'the version table of domain users is not at aa01 any more'"), std::string::npos);
    EXPECT_EQ(checked_row_changes(domain, {}), "");
}

}  // namespace
}  // namespace haetae::plan
