// SPDX-License-Identifier: Apache-2.0
// A mark that was made in this very database is changed only by who names its environment; a copy's, and a damaged one,
// from wherever one stands.
#include "policy/mark_change.hpp"

#include <fmt/format.h>

namespace haetae::policy {

namespace {

base::Error refused(std::string code, std::string sentence, std::string hint) {
    return {.code = std::move(code),
            .sentence = std::move(sentence),
            .hint = std::move(hint),
            .database_state = "nothing was changed"};
}

base::Status judge_session(const GateSettings& settings, const GateSession& session, const MarkChange& change) {
    const auto& app = settings.app_role;
    const auto& migration = settings.migration_role;
    const bool is_app = app && (session.role == *app || session.session_role == *app);
    const bool is_migration = !migration || session.role == *migration;
    if (is_app || !(is_migration || change.as_administrator)) {
        return refused("HT0708",
                       fmt::format("{} is {}, and does not say what a database is", session.role,
                                   is_app ? "the application's role" : "not the migration role"),
                       migration
                           ? fmt::format("use the URL of {}, or name an administrator's with admin_url_env", *migration)
                           : "use the URL of the role that migrates");
    }
    return base::Done{};
}

}  // namespace

base::Result<MarkAction> judge_mark_change(const GateSettings& settings, const GateSession& session,
                                           const MarkChange& change) {
    TRY(judge_session(settings, session, change));
    const auto& mark = session.mark;
    const bool is_sound = mark.state == Mark::State::sound;
    const bool is_own = is_sound && !mark.is_copy;
    if (is_own && mark.is_protected && mark.name != settings.environment) {
        return refused("HT0705",
                       fmt::format("environment {} is meant, but database {} calls itself {}, which is protected",
                                   settings.environment, session.database, mark.name),
                       fmt::format("when that is the database that is meant, say so: -e {}", mark.name));
    }
    if (!change.name) {
        if (mark.state == Mark::State::none || (is_sound && !mark.is_protected)) return MarkAction::nothing;
        return MarkAction::confirm;
    }
    if (mark.state == Mark::State::none || (is_own && mark.name == *change.name)) {
        return is_own && mark.is_protected ? MarkAction::nothing : MarkAction::write;
    }
    if (change.here) return MarkAction::write;
    return refused("HT0717",
                   !is_sound ? fmt::format("the mark of database {} is damaged: {}", session.database, mark.damage)
                   : is_own  ? fmt::format("database {} calls itself {}", session.database, mark.name)
                             : fmt::format("database {} calls itself {}, by a mark that was made elsewhere ({})",
                                           session.database, mark.name, mark.made_in),
                   fmt::format("when this database is {0} from now on: haetae protect {0} --here", *change.name));
}

}  // namespace haetae::policy
