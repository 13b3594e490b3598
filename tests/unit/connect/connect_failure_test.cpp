// SPDX-License-Identifier: Apache-2.0
// libpq's texts for failures that no test server gives on demand, taken apart.
#include "connect/connect_failure.hpp"

#include <gtest/gtest.h>

#include <string>

namespace haetae::connect {
namespace {

TEST(ConnectFailure, a_translated_message_is_understood_by_its_sqlstate_and_routine) {
    const auto role = to_error(
        {.message =
             "connection to server at \"db\" (10.0.0.1), port 5432 failed: 치명적오류:  28000: \"me\" 롤(role) 없음\n"
             "위치:  InitializeSessionUserId, miscinit.c:722\n"},
        "db:5432");
    EXPECT_EQ(role.code, "HT0412");
    EXPECT_EQ(role.sqlstate, "28000");
    EXPECT_EQ(
        role.sentence,
        "cannot connect to db:5432: connection to server at \"db\" (10.0.0.1), port 5432 failed: 치명적오류:  \"me\" "
        "롤(role) 없음");
}

TEST(ConnectFailure, each_sqlstate_has_its_code) {
    const auto code_of = [](const std::string& sqlstate) {
        return to_error({.message = "failed: FATAL:  " + sqlstate + ": some text\n"}, "db").code;
    };
    EXPECT_EQ(code_of("28P01"), "HT0411");
    EXPECT_EQ(code_of("3D000"), "HT0412");
    EXPECT_EQ(code_of("53300"), "HT0413");
    EXPECT_EQ(code_of("57P03"), "HT0414");
    EXPECT_EQ(code_of("42501"), "HT0414");
    EXPECT_EQ(code_of("28000"), "HT0411") << "a proxy that gives no routine";
}

TEST(ConnectFailure, without_the_server_the_text_decides) {
    EXPECT_EQ(to_error({.message = "fe_sendauth: no password supplied\n", .needs_password = true}, "db").code,
              "HT0411");
    EXPECT_EQ(to_error({.message = "server does not support SSL, but SSL was required\n"}, "db").code, "HT0414");
    EXPECT_EQ(to_error({.message = "failed: session is read-only\n"}, "db").code, "HT0414");
    EXPECT_EQ(
        to_error({.message = "could not translate host name \"db\" to address: Name or service not known\n"}, "db")
            .code,
        "HT0410");
}

TEST(ConnectFailure, guesses_are_left_out_and_several_attempts_stand_on_one_line) {
    EXPECT_EQ(plain_message("to \"::1\" failed: Connection refused\n\tIs the server running?\nto \"127.0.0.1\" failed: "
                            "Connection refused\n\tIs the server running?\n"),
              "to \"::1\" failed: Connection refused; to \"127.0.0.1\" failed: Connection refused");
}

TEST(PlainMessage, leaves_out_the_place_in_the_servers_source_whatever_the_routine_is_called) {
    EXPECT_EQ(plain_message("failed: FATAL:  password is wrong\nLOCATION:  auth_failed, auth.c:334\n"),
              "failed: FATAL:  password is wrong");
    EXPECT_EQ(plain_message("위치:  InitializeSessionUserId, miscinit.c:741\n"), "");
    EXPECT_EQ(plain_message("host \"db.c:5432\", port 5432 failed: no route\n"),
              "host \"db.c:5432\", port 5432 failed: no route");
}

TEST(ConnectFailure, a_password_in_a_foreign_text_is_masked) {
    EXPECT_EQ(plain_message("bad string \"password=hunter2 host=db\"\n").find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace haetae::connect
