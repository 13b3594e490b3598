// SPDX-License-Identifier: Apache-2.0
// Letters beyond ASCII are found where TOML allows none, and nowhere else.
#include "project/toml_letters.hpp"

#include <gtest/gtest.h>

#include "project/config_file.hpp"

namespace haetae::project {
namespace {

TEST(TomlLetters, AreLeftAloneInStringsAndComments) {
    for (const char* text : {"", "\xEF\xBB\xBF# é", "# é\na = 'é' # é", R"(a = "é\"é")", "a = '''é'é''''' # é",
                             R"(a = """é""é\"""" # é)", R"(a = '\' # é)", R"(a = "" # é)", "a = 'x\né", "a = \"x",
                             "a = \"\"\"x\\", "a = \"\"\"x\\ \n", "'é'.\"é\"=['é','é']", "\xEF\xBB\xBF'é'=1"}) {
        EXPECT_EQ(find_stray_letter(text), std::nullopt) << text;
    }
}

TEST(TomlLetters, AreFoundElsewhere) {
    EXPECT_EQ(find_stray_letter("é = 1"), 0U);
    EXPECT_EQ(find_stray_letter("a = 'x' か"), 8U);
    EXPECT_EQ(find_stray_letter("a = 2'é'"), 6U);
    EXPECT_EQ(find_stray_letter("a = ''''''é"), 10U);
    EXPECT_EQ(find_stray_letter("a = \"\"\"x\\\n é\"\"\""), 11U);
}

TEST(TomlLetters, OutsideQuotesAreAnErrorWithItsPlace) {
    for (const char* text : {"# 계정\n[domain.é]", "# 계정\n[domain.か]", "# 계정\n[domain.\xEF\xBB\xB7]"}) {
        const auto config = read_config({.name = "haetae.toml", .text = text});
        ASSERT_FALSE(config.ok());
        EXPECT_EQ(config.error().code, "HT0303");
        EXPECT_EQ(config.error().span->line, 2U);
        EXPECT_EQ(config.error().span->column, 9U);
    }
}

}  // namespace
}  // namespace haetae::project
