// SPDX-License-Identifier: Apache-2.0
// The list of checks is the one place that gives them their words.
#include "roles/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/bug.hpp"

namespace haetae::roles {

namespace {

enum class About { app, migration, everyone };

struct Claim {
    std::string_view key;
    About about;
    std::string_view words;
};

constexpr std::array catalog_claims{
    Claim{"app-exists", About::app, "exists and may log in"},
    Claim{"app-attributes", About::app, "has none of the attributes that open doors"},
    Claim{"app-memberships", About::app, "is no member of a role that may more"},
    Claim{"app-ownership", About::app, "owns nothing"},
    Claim{"app-database", About::app, "makes no schemas, extensions or temporary tables"},
    Claim{"app-schemas", About::app, "creates in no schema"},
    Claim{"app-tables", About::app, "cannot empty tables, refer to them, or put triggers on them"},
    Claim{"app-functions", About::app, "executes no function that lends its owner's rights"},
    Claim{"app-grant-options", About::app, "cannot give its rights to others"},
    Claim{"app-settings", About::app, "does not log in as somebody else, or with a path of its own"},
    Claim{"app-languages", About::app, "uses no language that somebody only declared to be trusted"},
    Claim{"app-usage", About::app, "reaches the schemas it needs"},
    Claim{"app-data", About::app, "reads and writes every table of the domains"},
    Claim{"app-sequences", About::app, "draws from their sequences"},
    Claim{"app-routines", About::app, "executes their functions"},
    Claim{"app-books", About::app, "reads version tables and the ledger, and writes neither"},
    Claim{"app-defaults", About::app, "will have the same rights on what is still to come"},
    Claim{"migration-exists", About::migration, "exists, may log in, and is no superuser"},
    Claim{"migration-database", About::migration, "may make schemas and temporary tables"},
    Claim{"migration-schemas", About::migration, "owns the schemas"},
    Claim{"migration-objects", About::migration, "owns what is in them"},
    Claim{"migration-references", About::migration, "may refer to the tables that foreign keys lead to"},
    Claim{"migration-settings", About::migration, "does not log in as somebody else"},
    Claim{"mark-is-readable", About::everyone, "may ask the database what it is"},
    Claim{"others-kept-out", About::everyone, "has no other rights on the domains"},
};

constexpr std::array attempt_claims{
    Claim{"attempt-login", About::app, "is who the application's URL logs in as"},
    Claim{"attempt-create", About::app, "was refused CREATE TABLE in every domain"},
    Claim{"attempt-data", About::app, "was let SELECT, INSERT, UPDATE and DELETE in every table"},
    Claim{"attempt-books", About::app, "was refused to write version tables and ledger"},
};

std::string role_of(const Roles& roles, About about) {
    switch (about) {
        case About::app:
            return roles.app;
        case About::migration:
            return roles.migration;
        case About::everyone:
            return {};
    }
    return {};
}

Check check_of(const Roles& roles, const Claim& claim) {
    return {.key = std::string(claim.key), .role = role_of(roles, claim.about), .claim = std::string(claim.words)};
}

template <std::size_t size>
std::vector<Check> judge(const Roles& roles, const std::array<Claim, size>& claims,
                         const std::vector<Finding>& findings) {
    std::vector<Check> checks;
    for (const auto& claim : claims) {
        auto check = check_of(roles, claim);
        for (const auto& finding : findings) {
            if (finding.check == claim.key) check.failures.push_back(finding.failure);
        }
        if (!check.failures.empty()) check.verdict = Check::Verdict::fails;
        checks.push_back(std::move(check));
    }
    return checks;
}

/// With no role there is nothing to find, which must not read as "all is well".
void pass_over_missing(std::vector<Check>& checks, const std::string& key, const std::string& role) {
    const auto exists =
        std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.key == key; });
    const bool is_missing = std::any_of(exists->failures.begin(), exists->failures.end(),
                                        [&](const Failure& failure) { return failure.object == role; });
    if (!is_missing) return;
    for (auto& check : checks) {
        if (check.role != role || check.key == key) continue;
        check.verdict = Check::Verdict::not_attempted;
        check.failures.clear();
        check.reason = "there is no such role";
    }
}

std::string word_of(Check::Verdict verdict) {
    switch (verdict) {
        case Check::Verdict::holds:
            return "ok";
        case Check::Verdict::fails:
            return "FAILS";
        case Check::Verdict::not_attempted:
            return "not attempted";
    }
    return {};
}

}  // namespace

bool Proof::holds() const {
    return std::all_of(checks.begin(), checks.end(),
                       [](const Check& check) { return check.verdict == Check::Verdict::holds; });
}

bool is_check(std::string_view key) {
    const auto is_it = [key](const Claim& claim) { return claim.key == key; };
    return std::any_of(catalog_claims.begin(), catalog_claims.end(), is_it) ||
           std::any_of(attempt_claims.begin(), attempt_claims.end(), is_it);
}

Proof judge_catalog(const Roles& roles, const std::vector<Finding>& findings) {
    for (const auto& finding : findings) BUG_IF(!is_check(finding.check), "the query names a check that is not listed");
    Proof proof{.checks = judge(roles, catalog_claims, findings)};
    pass_over_missing(proof.checks, "app-exists", roles.app);
    pass_over_missing(proof.checks, "migration-exists", roles.migration);
    return proof;
}

std::vector<Check> judge_attempt(const Roles& roles, const std::vector<Finding>& findings) {
    return judge(roles, attempt_claims, findings);
}

std::vector<Check> no_attempt(const Roles& roles, const std::string& reason) {
    auto checks = judge(roles, attempt_claims, {});
    for (auto& check : checks) {
        check.verdict = Check::Verdict::not_attempted;
        check.reason = reason;
    }
    return checks;
}

std::string proof_text(const Proof& proof) {
    std::string text;
    for (const auto& check : proof.checks) {
        text += fmt::format("{:<5} {} {}", check.verdict == Check::Verdict::not_attempted ? "" : word_of(check.verdict),
                            check.role.empty() ? "everyone" : check.role, check.claim);
        if (check.verdict == Check::Verdict::not_attempted) text += ": not attempted, " + check.reason;
        text += "\n";
        for (const auto& failure : check.failures) {
            text += fmt::format("      {}\n", failure.object);
            if (!failure.mend.empty()) text += fmt::format("        {}\n", failure.mend);
        }
    }
    const auto count = [&proof](Check::Verdict verdict) {
        return std::count_if(proof.checks.begin(), proof.checks.end(),
                             [verdict](const Check& check) { return check.verdict == verdict; });
    };
    const auto fails = count(Check::Verdict::fails);
    const auto untried = count(Check::Verdict::not_attempted);
    if (fails == 0 && untried == 0) return text + "the roles are apart, and each can do its work\n";
    return text + fmt::format("not proven: {} of {} checks fail, {} were not attempted\n", fails, proof.checks.size(),
                              untried);
}

std::string proof_json(const Roles& roles, const Proof& proof) {
    auto checks = nlohmann::ordered_json::array();
    for (const auto& check : proof.checks) {
        nlohmann::ordered_json item{{"check", check.key}};
        if (!check.role.empty()) item["role"] = check.role;
        item["claim"] = check.claim;
        item["verdict"] = check.verdict == Check::Verdict::not_attempted ? "not-attempted"
                          : check.verdict == Check::Verdict::fails       ? "fails"
                                                                         : "holds";
        if (!check.reason.empty()) item["reason"] = check.reason;
        auto failures = nlohmann::ordered_json::array();
        for (const auto& failure : check.failures) {
            failures.push_back({{"object", failure.object}, {"mend", failure.mend}});
        }
        item["failures"] = std::move(failures);
        checks.push_back(std::move(item));
    }
    const nlohmann::ordered_json document{
        {"ok", proof.holds()}, {"migration_role", roles.migration}, {"app_role", roles.app}, {"checks", checks}};
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace haetae::roles
