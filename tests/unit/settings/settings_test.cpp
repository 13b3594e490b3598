// SPDX-License-Identifier: Apache-2.0
// Names that a domain may have.
#include "settings/settings.hpp"

#include <gtest/gtest.h>

namespace haetae::settings {
namespace {

TEST(WrongName, TakesWhatAFolderAndASchemaMayBothBe) {
    for (const char* name : {"users", "_x", "User-Accounts", "v2", "2fa", "계정"})
        EXPECT_EQ(wrong_name(name), "") << name;
}

TEST(WrongName, RefusesWhatAnAddressAFolderOrAnOptionWouldMistake) {
    for (const char* name :
         {"",    ".",    "..",   ".git", "a/b", "a:b", "a@b",  "a b",        "a\tb",          "a\nb",         "-d",
          "a.b", "a\\b", "a\"b", "a'b",  "a,b", "a+1", "\xff", "a\xC2\xA0z", "a\xE2\x80\x8B", "a\xE3\x80\x80"}) {
        EXPECT_NE(wrong_name(name), "") << name;
    }
    EXPECT_EQ(wrong_name(std::string(63, 'a')), "");
    EXPECT_NE(wrong_name(std::string(64, 'a')), "");
}

TEST(Settings, FindsADomainByItsName) {
    Settings settings;
    settings.domains.push_back({.name = graph::DomainName("users"), .folder = {}, .schema = "u", .version_schema = {}});
    ASSERT_NE(settings.find_domain(graph::DomainName("users")), nullptr);
    EXPECT_EQ(settings.find_domain(graph::DomainName("users"))->schema, "u");
    EXPECT_EQ(settings.find_domain(graph::DomainName("user")), nullptr);
}

}  // namespace
}  // namespace haetae::settings
