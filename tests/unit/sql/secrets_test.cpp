// SPDX-License-Identifier: Apache-2.0
// Passwords disappear from SQL that is shown; nothing else changes.
#include "sql/secrets.hpp"

#include <gtest/gtest.h>

using namespace haetae;

namespace {

TEST(Secrets, are_masked_wherever_sql_holds_them) {
    const std::pair<const char*, const char*> cases[] = {
        {"CREATE ROLE a LOGIN PASSWORD 'hunter''2' CREATEDB;", "CREATE ROLE a LOGIN PASSWORD '***' CREATEDB;"},
        {"ALTER USER a WITH ENCRYPTED password /* x */ E'a\\'b' ;",
         "ALTER USER a WITH ENCRYPTED password /* x */ '***' ;"},
        {"ALTER ROLE a PASSWORD $q$hunter2$q$", "ALTER ROLE a PASSWORD '***'"},
        {"ALTER ROLE a PASSWORD 'hun'\n  'ter2'", "ALTER ROLE a PASSWORD '***'\n  '***'"},
        {"CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'a', password 'hunter2')",
         "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'a', password '***')"},
        {"ALTER USER MAPPING FOR a SERVER s OPTIONS (SET \"password\" 'hunter2')",
         "ALTER USER MAPPING FOR a SERVER s OPTIONS (SET \"password\" '***')"},
        {"CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p",
         "CREATE SUBSCRIPTION s CONNECTION '***' PUBLICATION p"},
        {"SELECT dblink('host=h PASSWORD = hunter2', 'SELECT 1')", "SELECT dblink('***', 'SELECT 1')"},
        {"SELECT f('postgresql://bob:hunter2@h/db')", "SELECT f('***')"},
        {"DO $x$ BEGIN EXECUTE 'ALTER ROLE a PASSWORD ''hunter2'''; END $x$", "DO $x$ BEGIN EXECUTE '***'; END $x$"},
        {"DO $$ BEGIN ALTER ROLE a PASSWORD 'hunter2'; END $$", "DO $$ BEGIN ALTER ROLE a PASSWORD '***'; END $$"},
        {"UPDATE accounts SET password = 'hunter2'", "UPDATE accounts SET password = '***'"},
        {"-- PASSWORD 'hunter2'\nSELECT 1", "/* *** */\nSELECT 1"},
        {"ALTER ROLE a PASSWORD 'hunter2", "ALTER ROLE a PASSWORD '***'"},
    };
    for (const auto& [sql, masked] : cases) EXPECT_EQ(sql::mask_secrets(sql), masked);
}

TEST(Secrets, leave_everything_else_byte_for_byte) {
    for (const char* sql : {"", "ALTER ROLE a PASSWORD NULL", "SET password_encryption = 'scram-sha-256'",
                            "COMMENT ON TABLE t IS 'password reset requests;\r\n가나다'",
                            "SELECT 'a@b', $$ 'x' $$, \"password\"  ;", "CREATE TABLE t (password text DEFAULT 'x')",
                            "CHECK (outcome IN ('success', 'wrong_password', 'locked'))", "SELECT 'unterminated"}) {
        EXPECT_EQ(sql::mask_secrets(sql), sql);
    }
}

}  // namespace
