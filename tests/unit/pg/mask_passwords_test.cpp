// SPDX-License-Identifier: Apache-2.0
// Passwords in texts of others: URLs, key=value, JSON, SQL.
#include <gtest/gtest.h>

#include "pg/connection_url.hpp"

namespace haetae::pg {
namespace {

struct Masking {
    const char* text;
    const char* masked;
};

TEST(MaskPasswords, HidesThemWhereverTheyStand) {
    const Masking table[] = {
        {"postgres://me:pw@db/game", "postgres://me:***@db/game"},
        {"see postgresql+asyncpg://me:p@w/x@db/game now", "see postgresql+asyncpg://me:***@db/game now"},
        {"amqp://a:b@c and redis://:pw@d", "amqp://a:***@c and redis://:***@d"},
        {"postgres://me:pass%40db/game", "postgres://me:***"},
        {"postgres://me:two words@db/game", "postgres://me:***@db/game"},
        {"postgres://db/game?password=pw&sslmode=require", "postgres://db/game?password=***&sslmode=require"},
        {"host=db password=pw user=me", "host=db password=*** user=me"},
        {"host=db password=a&b user=me", "host=db password=*** user=me"},
        {"password = 'two words' user=me", "password = '***' user=me"},
        {"password='it\\'s' user=me", "password='***' user=me"},
        {"password=a\\ b user=me", "password=*** user=me"},
        {"PGPASSWORD=pw psql", "PGPASSWORD=*** psql"},
        {"sslpassword=pw", "sslpassword=***"},
        {R"({"password": "p\"w", "user": "me"})", R"({"password": "***", "user": "me"})"},
        {"CREATE ROLE me PASSWORD 'pw';", "CREATE ROLE me PASSWORD '***';"},
        {"ALTER ROLE me ENCRYPTED PASSWORD 'it''s' LOGIN", "ALTER ROLE me ENCRYPTED PASSWORD '***' LOGIN"},
        {"alter role me password e'a\\'b' login", "alter role me password e'***' login"},
        {"ALTER ROLE me PASSWORD U&'p\\0077'", "ALTER ROLE me PASSWORD U&'***'"},
        {"ALTER ROLE me PASSWORD $$pw$$;", "ALTER ROLE me PASSWORD $$***$$;"},
        {"ALTER ROLE me PASSWORD $q$p$$w$q$;", "ALTER ROLE me PASSWORD $q$***$q$;"},
        {"ALTER ROLE me PASSWORD /* new */\n 'pw'", "ALTER ROLE me PASSWORD /* new */\n '***'"},
        {"ALTER ROLE me PASSWORD 'p'\n  'w'", "ALTER ROLE me PASSWORD '***'"},
        {"OPTIONS (user 'me', password 'pw')", "OPTIONS (user 'me', password '***')"},
        {"CONNECTION 'host=db password=pw';", "CONNECTION 'host=db password=***';"},
    };
    for (const auto& [text, masked] : table) {
        EXPECT_EQ(mask_passwords(text), masked);
    }
}

TEST(MaskPasswords, LeavesOtherTextsAlone) {
    for (const char* text :
         {"", "postgres://me@db:5432/game", "https://example.org/a:b", "postgres://db:5432",
          "ALTER ROLE me PASSWORD NULL", "password authentication failed for user \"me\"",
          "ALTER TABLE users ADD COLUMN password_hash text", "select 1", "a://", "password=", "passfile=/x"}) {
        EXPECT_EQ(mask_passwords(text), text);
    }
}

TEST(MaskPasswords, HidesOpenEndedOnesToTheEnd) {
    EXPECT_EQ(mask_passwords("PASSWORD 'pw"), "PASSWORD '***");
    EXPECT_EQ(mask_passwords("password='pw"), "password='***");
    EXPECT_EQ(mask_passwords("PASSWORD $a$pw"), "PASSWORD $a$***");
}

}  // namespace
}  // namespace haetae::pg
