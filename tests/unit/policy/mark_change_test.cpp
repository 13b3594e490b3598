// SPDX-License-Identifier: Apache-2.0
// Who may say what a database is, and when it must be said twice, as a table.
#include "policy/mark_change.hpp"

#include <gtest/gtest.h>

namespace haetae::policy {
namespace {

using State = Mark::State;

struct Case {
    std::string what;
    Mark mark{};
    MarkChange change{};
    std::string answer;  ///< nothing, write, confirm, or a code
    std::string environment = "production";
    std::string role = "migration_user";
};

std::string answer_to(const Case& row) {
    const GateSettings settings{
        .environment = row.environment, .migration_role = "migration_user", .app_role = "app_user"};
    const GateSession session{.database = "game", .mark = row.mark, .role = row.role, .session_role = row.role};
    const auto action = judge_mark_change(settings, session, row.change);
    if (!action) return action.error().code;
    const char* const words[] = {"nothing", "write", "confirm"};
    return words[static_cast<int>(*action)];
}

TEST(MarkChange, is_judged_by_what_the_database_says_already) {
    const Mark none{};
    const Mark own{.state = State::sound, .name = "production", .is_protected = true};
    const Mark open{.state = State::sound, .name = "production"};
    const Mark copy{.state = State::sound, .name = "production", .is_protected = true, .is_copy = true};
    const Mark open_copy{.state = State::sound, .name = "production", .is_copy = true};
    const Mark damaged{.state = State::damaged, .damage = "gone"};
    const MarkChange production{.name = "production"};
    const MarkChange production_here{.name = "production", .here = true};
    const MarkChange staging{.name = "staging"};
    const MarkChange staging_here{.name = "staging", .here = true};
    const MarkChange unprotect{};
    const Case cases[] = {
        {"a first mark", none, production, "write"},
        {"the same again", own, production, "nothing"},
        {"after unprotect", open, production, "write"},
        {"another name", own, staging, "HT0717"},
        {"another name for one that is not protected", open, staging, "HT0717"},
        {"another name, here", own, staging_here, "write"},
        {"a copy", copy, production, "HT0717"},
        {"a copy that is not protected", open_copy, production, "HT0717"},
        {"a copy, here", copy, production_here, "write"},
        {"a damaged one", damaged, production, "HT0717"},
        {"a damaged one, here", damaged, production_here, "write"},
        {"unprotect what is not marked", none, unprotect, "nothing"},
        {"unprotect what is not protected", open, unprotect, "nothing"},
        {"unprotect", own, unprotect, "confirm"},
        {"unprotect a copy", copy, unprotect, "confirm"},
        {"unprotect a damaged one", damaged, unprotect, "confirm"},
        {"another environment's own", own, unprotect, "HT0705", "local"},
        {"another environment's own, renamed", own, staging_here, "HT0705", "staging"},
        {"a copy, from another environment", copy, unprotect, "confirm", "local"},
        {"a copy, from another environment, here", copy, staging_here, "write", "staging"},
        {"a damaged one, from another environment", damaged, unprotect, "confirm", "local"},
    };
    for (const auto& row : cases) EXPECT_EQ(answer_to(row), row.answer) << row.what;
}

TEST(MarkChange, is_for_the_migration_role_and_administrators) {
    const MarkChange change{.name = "production"};
    const MarkChange by_administrator{.name = "production", .as_administrator = true};
    const Case cases[] = {
        {"another role", {}, change, "HT0708", "production", "kim"},
        {"the application's role", {}, change, "HT0708", "production", "app_user"},
        {"the application's role by the administrator's URL", {}, by_administrator, "HT0708", "production", "app_user"},
        {"an administrator", {}, by_administrator, "write", "production", "postgres"},
    };
    for (const auto& row : cases) EXPECT_EQ(answer_to(row), row.answer) << row.what;
}

TEST(MarkChange, is_for_any_role_where_the_settings_name_none) {
    const GateSession session{.database = "game", .role = "kim", .session_role = "kim"};
    EXPECT_EQ(judge_mark_change({}, session, {.name = "production"}).value(), MarkAction::write);
}

}  // namespace
}  // namespace haetae::policy
