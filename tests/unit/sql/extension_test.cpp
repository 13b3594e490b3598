// SPDX-License-Identifier: Apache-2.0
// Which extension a statement creates.
#include "sql/extension.hpp"

#include <gtest/gtest.h>

namespace haetae::sql {
namespace {

TEST(CreatedExtension, is_read_from_the_words_of_the_statement) {
    EXPECT_EQ(created_extension("CREATE EXTENSION citext"), "citext");
    EXPECT_EQ(created_extension("create extension /* x */ if not exists PostGIS with schema extensions"), "postgis");
    EXPECT_EQ(created_extension("CREATE EXTENSION \"uuid-ossp\""), "uuid-ossp");
    EXPECT_EQ(created_extension("CREATE EXTENSION IF NOT EXISTS"), std::nullopt);
    EXPECT_EQ(created_extension("ALTER EXTENSION citext UPDATE"), std::nullopt);
    EXPECT_EQ(created_extension("COMMENT ON EXTENSION citext IS 'CREATE EXTENSION x'"), std::nullopt);
    EXPECT_EQ(created_extension(""), std::nullopt);
}

}  // namespace
}  // namespace haetae::sql
