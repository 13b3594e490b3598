// SPDX-License-Identifier: Apache-2.0
// The gate as a table: a run that passes, and every single thing that changes the verdict. Each row names what differs
// from the passing run, and what is said then: the codes that refuse, after a bar those that --break-glass breaks.
#include "policy/gate.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace haetae::policy {
namespace {

struct Inputs {
    GateSettings settings{
        .environment = "production", .is_protected = true, .migration_role = "migration_user", .app_role = "app_user"};
    GateSession session{.database = "game",
                        .mark = {.state = Mark::State::sound,
                                 .name = "production",
                                 .is_protected = true,
                                 .made_in = "in database game"},
                        .role = "migration_user",
                        .session_role = "migration_user"};
    CiRun ci{.system = "GitHub Actions", .run = "https://ci/1", .actor = "kim", .commit = "abc"};
    GateRun run{.command = "upgrade head"};
};

Verdict judged(const Inputs& inputs) {
    return judge(inputs.settings, inputs.session, inputs.ci, inputs.run);
}

std::string told(const Verdict& verdict) {
    std::string text;
    for (const auto& refusal : verdict.refusals) text += (text.empty() ? "" : " ") + refusal.code;
    if (!verdict.broken.empty()) text += "|";
    for (const auto& refusal : verdict.broken) text += " " + refusal.code;
    return text;
}

struct Case {
    std::string what;
    std::function<void(Inputs&)> change;
    std::string plain;
    std::string emergency;
};

void expect(const std::vector<Case>& cases, const std::function<void(Inputs&)>& first) {
    for (const auto& row : cases) {
        Inputs inputs;
        first(inputs);
        row.change(inputs);
        EXPECT_EQ(told(judged(inputs)), row.plain) << row.what;
        inputs.run.is_emergency = true;
        EXPECT_EQ(told(judged(inputs)), row.emergency) << row.what << ", in an emergency";
    }
}

const std::vector<Case> of_the_mark = {
    {"it is another's", [](Inputs& i) { i.session.mark.name = "staging"; }, "HT0705", "HT0705"},
    {"it is another's, and not protected",
     [](Inputs& i) { i.session.mark.name = "staging", i.session.mark.is_protected = false; }, "HT0705", "HT0705"},
    {"a local environment, a protected database", [](Inputs& i) { i.settings = {.environment = "local"}; }, "HT0705",
     "HT0705"},
    {"it is a copy's", [](Inputs& i) { i.session.mark.is_copy = true; }, "HT0706", "HT0706"},
    {"it is another's and a copy's", [](Inputs& i) { i.session.mark.name = "staging", i.session.mark.is_copy = true; },
     "HT0705", "HT0705"},
    {"it is damaged", [](Inputs& i) { i.session.mark = {.state = Mark::State::damaged, .damage = "gone"}; }, "HT0707",
     "HT0707"},
    {"it is damaged, and no setting protects",
     [](Inputs& i) {
         i.session.mark = {.state = Mark::State::damaged, .damage = "gone"};
         i.settings.is_protected = false;
     },
     "HT0707", "HT0707"},
};

TEST(Gate, judges_the_mark_whatever_is_to_be_done) {
    expect(of_the_mark, [](Inputs&) {});
    expect(of_the_mark, [](Inputs& i) { i.run.changes = false; });
}

const std::vector<Case> of_the_run = {
    {"nothing", [](Inputs&) {}, "", ""},
    {"only the mark protects", [](Inputs& i) { i.settings.is_protected = false; }, "", ""},
    {"only the settings protect", [](Inputs& i) { i.session.mark = {}; }, "", ""},
    {"the mark protects no more, the settings do", [](Inputs& i) { i.session.mark.is_protected = false; }, "", ""},
    {"a superuser", [](Inputs& i) { i.session.is_superuser = true; }, "HT0708", "HT0708"},
    {"the application's role", [](Inputs& i) { i.session.role = "app_user"; }, "HT0708", "HT0708"},
    {"the application's role, acting as the migration role", [](Inputs& i) { i.session.session_role = "app_user"; },
     "HT0708", "HT0708"},
    {"the application's role is named as the migration role", [](Inputs& i) { i.settings.app_role = "migration_user"; },
     "HT0708", "HT0708"},
    {"another role", [](Inputs& i) { i.session.role = "kim"; }, "HT0708", "HT0708"},
    {"a login that acts as the migration role", [](Inputs& i) { i.session.session_role = "cli_login"; }, "", ""},
    {"no migration role is named", [](Inputs& i) { i.settings.migration_role.reset(); }, "HT0708", "HT0708"},
    {"a shared session", [](Inputs& i) { i.session.pooling.pooling = pg::Pooling::shared; }, "HT0760", "HT0760"},
    {"a session pooler", [](Inputs& i) { i.session.pooling.pooling = pg::Pooling::session; }, "", ""},
    {"no CI", [](Inputs& i) { i.ci = {}; }, "HT0710", "| HT0710"},
    {"CI that does not say all", [](Inputs& i) { i.ci.missing = {"GITHUB_SHA"}; }, "HT0710", "| HT0710"},
    {"CI with somebody at a terminal", [](Inputs& i) { i.ci.at_terminal = true; }, "HT0710", "| HT0710"},
    {"a downgrade", [](Inputs& i) { i.run.undone = {"app a"}; }, "HT0711", "| HT0711"},
    {"a downgrade that is allowed", [](Inputs& i) { i.run.undone = {"app a"}, i.settings.allow_down = true; }, "", ""},
    {"contract", [](Inputs& i) { i.run.contract = {"app a (DROP TABLE in line 9)"}; }, "HT0712", "| HT0712"},
    {"contract that is allowed", [](Inputs& i) { i.run.contract = {"app a"}, i.settings.allow_contract = true; }, "",
     ""},
    {"contract, where only down is allowed",
     [](Inputs& i) { i.run.contract = {"app a"}, i.settings.allow_down = true; }, "HT0712", "| HT0712"},
    {"a downgrade, where only contract is allowed",
     [](Inputs& i) { i.run.undone = {"app a"}, i.settings.allow_contract = true; }, "HT0711", "| HT0711"},
    {"several heads", [](Inputs& i) { i.run.several_heads = {graph::DomainName("app")}; }, "HT0713", "HT0713"},
    {"an exception", [](Inputs& i) { i.run.exceptions = {"--accept-edited a"}; }, "HT0714", "HT0714"},
    {"an edited revision", [](Inputs& i) { i.run.history = {{.code = "HT0701", .sentence = "edited"}}; }, "HT0701",
     "HT0701"},
    {"a row that no file has", [](Inputs& i) { i.run.history = {{.code = "HT0160", .sentence = "unknown"}}; }, "HT0160",
     "HT0160"},
    {"all at once",
     [](Inputs& i) {
         i.session.is_superuser = true;
         i.session.pooling.pooling = pg::Pooling::shared;
         i.ci = {};
         i.run.undone = {"app a"};
         i.run.contract = {"app b"};
         i.run.several_heads = {graph::DomainName("app")};
         i.run.exceptions = {"--out-of-order a"};
         i.run.history = {{.code = "HT0702", .sentence = "late"}};
     },
     "HT0708 HT0760 HT0710 HT0711 HT0712 HT0713 HT0714 HT0702",
     "HT0708 HT0760 HT0713 HT0714 HT0702| HT0710 HT0711 HT0712"},
    {"of another's database: what does not hang on its environment",
     [](Inputs& i) {
         i.settings = {.environment = "local"};
         i.session.is_superuser = true;
         i.session.pooling.pooling = pg::Pooling::shared;
         i.ci = {};
     },
     "HT0705 HT0708 HT0760", "HT0705 HT0708 HT0760"},
};

TEST(Gate, of_a_protected_database_tells_every_reason) {
    expect(of_the_run, [](Inputs&) {});
}

TEST(Gate, of_a_protected_database_lets_pass_what_changes_nothing) {
    for (const auto& row : of_the_run) {
        Inputs inputs;
        row.change(inputs);
        if (inputs.settings.environment != inputs.session.mark.name && !inputs.session.mark.name.empty()) continue;
        inputs.run.changes = false;
        EXPECT_EQ(told(judged(inputs)), "") << row.what;
    }
}

TEST(Gate, of_an_unprotected_database_asks_nothing) {
    for (const auto& row : of_the_run) {
        Inputs inputs;
        row.change(inputs);
        inputs.settings.is_protected = false;
        inputs.session.mark.is_protected = false;
        EXPECT_EQ(told(judged(inputs)), "") << row.what;
        EXPECT_FALSE(judged(inputs).is_protected) << row.what;
    }
}

TEST(Gate, notes_an_unprotected_database_of_another_name) {
    Inputs inputs;
    inputs.settings = {.environment = "local"};
    inputs.session.mark.is_protected = false;
    EXPECT_EQ(judged(inputs).notes,
              std::vector<std::string>{"the database calls itself production; the environment is local"});
}

TEST(Gate, notes_a_protected_environment_whose_database_carries_no_mark) {
    Inputs inputs;
    inputs.session.mark = {};
    ASSERT_EQ(judged(inputs).notes.size(), 1U);
    EXPECT_NE(judged(inputs).notes.front().find("haetae protect production -e production"), std::string::npos);
}

TEST(Gate, names_the_ways_out_of_a_wrong_environment) {
    Inputs inputs;
    inputs.settings = {.environment = "local"};
    const auto verdict = judged(inputs);
    const auto error = refusal(verdict, inputs.session);
    EXPECT_EQ(error.code, "HT0705");
    EXPECT_NE(error.hint.find("pipeline run it: haetae upgrade head -e production"), std::string::npos);
    EXPECT_NE(error.hint.find("haetae upgrade head -e production --break-glass \"REASON\""), std::string::npos);
}

TEST(Gate, offers_an_emergency_only_where_it_helps) {
    for (const auto& row : of_the_run) {
        Inputs inputs;
        row.change(inputs);
        if (judged(inputs).is_allowed() || told(judged(inputs)).starts_with("HT0705")) continue;
        const auto hint = refusal(judged(inputs), inputs.session).hint;
        const bool helps = row.emergency.starts_with("|");
        EXPECT_EQ(hint.find("--break-glass") != std::string::npos, helps) << row.what;
    }
}

TEST(Gate, puts_several_reasons_into_one_error) {
    Inputs inputs;
    inputs.session.role = "kim";
    inputs.ci = {};
    const auto error = refusal(judged(inputs), inputs.session);
    EXPECT_EQ(error.code, "HT0704");
    ASSERT_EQ(error.clauses.size(), 2U);
    EXPECT_TRUE(error.clauses[0].starts_with("HT0708: "));
    EXPECT_TRUE(error.clauses[1].starts_with("HT0710: "));
}

}  // namespace
}  // namespace haetae::policy
