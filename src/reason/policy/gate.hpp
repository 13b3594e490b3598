// SPDX-License-Identifier: Apache-2.0
// May this run change this database? Values in, a verdict out, with every reason against it and what would be allowed
// instead. An unprotected database asks nothing; on a protected one only the migration role changes anything, in a run
// that CI identifies. --break-glass stands in for some of that, never for the role, the session, the history or a wrong
// mark.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "graph/revision.hpp"
#include "pg/pooling.hpp"
#include "policy/mark.hpp"

namespace haetae::policy {

/// The environment that is meant, as haetae.toml has it.
struct GateSettings {
    std::string environment = "local";
    bool is_protected = false;
    std::optional<std::string> migration_role{};
    std::optional<std::string> app_role{};
    bool allow_down = false;
    bool allow_contract = false;
};

/// The database, and who the session is in it.
struct GateSession {
    std::string database;
    Mark mark{};
    std::string role;           ///< current_user
    std::string session_role;   ///< session_user: who logged in
    bool is_superuser = false;  ///< either of them, or a role that they may take on
    pg::PoolingVerdict pooling{};
};

/// What the process environment says of a CI run.
struct CiRun {
    std::string system{};  ///< "GitHub Actions", "GitLab", or "[ci] of haetae.toml"; empty: none
    std::string run{};
    std::string actor{};
    std::string commit{};
    std::vector<std::string> missing{};  ///< variables of that system that are not set
    bool at_terminal = false;            ///< somebody sits in front of it
};

/// What is to be done.
struct GateRun {
    std::string command{};                           ///< "upgrade head", for the ways out that are named
    bool changes = true;                             ///< false: there is nothing to do, and only the mark is judged
    std::vector<std::string> undone{};               ///< revisions that are taken down
    std::vector<std::string> contract{};             ///< revisions that take away what old code uses, with why
    std::vector<graph::DomainName> several_heads{};  ///< domains whose files have more than one head
    std::vector<std::string> exceptions{};           ///< "--accept-edited 9f3c"
    std::vector<base::Error> history{};              ///< unknown rows, edited and late-merged revisions
    bool is_emergency = false;                       ///< --break-glass
};

struct Refusal {
    std::string code;
    std::string sentence;
    std::string instead;         ///< what would be allowed
    bool can_be_broken = false;  ///< --break-glass stands in for it
    bool operator==(const Refusal&) const = default;
};

struct Verdict {
    bool is_protected = false;
    std::vector<Refusal> refusals{};  ///< empty = allowed
    std::vector<Refusal> broken{};    ///< what --break-glass stands in for
    std::vector<std::string> notes{};
    std::string emergency{};  ///< the command that would break the glass, where that stands in for every refusal
    [[nodiscard]] bool is_allowed() const { return refusals.empty(); }
};

/// Does anybody say so, the settings or the database? A damaged mark does.
bool is_protected(const GateSettings& settings, const Mark& mark);

/// HT0705 the database calls itself something else; HT0706 its mark was made in another database; HT0707 its mark is
/// damaged; HT0708 not the migration role; HT0760 a shared server process; HT0710 no CI run; HT0711 down; HT0712
/// contract; HT0713 several heads; HT0714 an exception for edited or late-merged revisions; and the codes of `history`.
Verdict judge(const GateSettings& settings, const GateSession& session, const CiRun& ci, const GateRun& run);

/// The refusals as one error: HT0704 where there are several.
/// @pre not allowed
base::Error refusal(const Verdict& verdict, const GateSession& session);

}  // namespace haetae::policy
