// SPDX-License-Identifier: Apache-2.0
// Every way of writing a line of .env, and that complaints keep its values to themselves.
#include "project/dotenv.hpp"

#include <gtest/gtest.h>

namespace haetae::project {
namespace {

TEST(Dotenv, ReadsValuesAsOtherToolsDo) {
    const std::pair<const char*, const char*> table[] = {
        {"K=v", "v"},
        {"K=v\n", "v"},
        {"K=v\r\nL=w\r\n", "v"},
        {"K=v\r", "v"},
        {"\xEF\xBB\xBFK=v", "v"},
        {"# comment\n\n  \nK=v", "v"},
        {"export K=v", "v"},
        {"  export\tK = v  ", "v"},
        {"K=", ""},
        {"K=\nL=x", ""},
        {"K=''", ""},
        {"K=\"\"", ""},
        {"K= # nothing", ""},
        {"K=v # comment", "v"},
        {"K=v#no-comment", "v#no-comment"},
        {"K=#value", "#value"},
        {"K=two words", "two words"},
        {"K=a=b", "a=b"},
        {"K=$HOME/${X}", "$HOME/${X}"},
        {"K='a $X \\n # b'", "a $X \\n # b"},
        {"K=\"a\\nb\\t\\\"c\\\" \\\\ \\$X \\q\"", "a\nb\t\"c\" \\ $X \\q"},
        {"K='v' # comment", "v"},
        {"K=\"line 1\nline 2\"\nL=x", "line 1\nline 2"},
        {"K=\"line 1\r\nline 2\"", "line 1\nline 2"},
        {"K=it's", "it's"},
        {"K=1\nK=2", "2"},
        {"K=비밀", "비밀"},
        {"A.b-c=1\nK=v", "v"},
        {"export=1\nK=v", "v"},
        {"export =1\nK=v", "v"},
    };
    for (const auto& [text, value] : table) {
        const auto variables = parse_dotenv(".env", text);
        ASSERT_TRUE(variables.ok()) << text << ": " << variables.error().sentence;
        ASSERT_TRUE(variables->contains("K")) << text;
        EXPECT_EQ(variables->at("K"), value) << text;
    }
    EXPECT_TRUE(parse_dotenv(".env", "")->empty());
}

TEST(Dotenv, RefusesMalformedLinesByNumberAndKeyOnly) {
    struct Bad {
        std::string text;
        std::size_t line;
        const char* key;
    };
    const Bad table[] = {
        {"A=1\nsecret", 2, ""},
        {"A=1\n\nsecret word=x", 3, ""},
        {"1secret=x", 1, ""},
        {"=secret", 1, ""},
        {"KEY: secret", 1, ""},
        {"export secret", 1, ""},
        {"A='x\ny'\nKEY='secret\n\n", 3, "KEY"},
        {"KEY=\"secret", 1, "KEY"},
        {"KEY='secret'secret", 1, "KEY"},
        {"KEY='a'#secret", 1, "KEY"},
        {std::string("KEY=secret\0x", 12), 1, "KEY"},
    };
    for (const auto& [text, line, key] : table) {
        const auto variables = parse_dotenv(".env", text);
        ASSERT_FALSE(variables.ok()) << text;
        const auto& error = variables.error();
        EXPECT_EQ(error.code, "HT0312");
        ASSERT_TRUE(error.span.has_value());
        EXPECT_EQ(error.span->file, ".env");
        EXPECT_EQ(error.span->line, line) << text;
        EXPECT_EQ(error.span->line_text, "");
        EXPECT_NE(error.sentence.find(key), std::string::npos);
        EXPECT_EQ((error.sentence + error.hint).find("secret"), std::string::npos) << error.sentence;
    }
}

}  // namespace
}  // namespace haetae::project
