// SPDX-License-Identifier: Apache-2.0
// The rules in the order in which their reasons are told: what the database is, who comes, how, and with what.
#include "policy/gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/bug.hpp"

namespace haetae::policy {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

class Judge {
 public:
    Judge(const GateSettings& settings, const GateSession& session, const CiRun& ci, const GateRun& run)
        : settings_(settings), session_(session), mark_(session.mark), ci_(ci), run_(run) {}

    Verdict verdict() {
        verdict_.is_protected = is_protected(settings_, mark_);
        if (!verdict_.is_protected) {
            if (is_other_name()) {
                verdict_.notes.push_back(fmt::format("the database calls itself {}; the environment is {}", mark_.name,
                                                     settings_.environment));
            }
            return std::move(verdict_);
        }
        mark();
        if (run_.changes) {
            role();
            pooler();
            if (!is_other_name()) {  // else these are the rules of an environment that is not meant
                ci();
                switches();
            }
            history();
        }
        const auto& refusals = verdict_.refusals;
        if (std::all_of(refusals.begin(), refusals.end(), [](const Refusal& each) { return each.can_be_broken; })) {
            verdict_.emergency = emergency_in(settings_.environment);
        }
        return std::move(verdict_);
    }

 private:
    [[nodiscard]] bool is_other_name() const {
        return mark_.state == Mark::State::sound && mark_.name != settings_.environment;
    }

    void refuse(std::string code, std::string sentence, std::string instead) {
        verdict_.refusals.push_back({std::move(code), std::move(sentence), std::move(instead)});
    }

    void refuse_unless_broken(std::string code, std::string sentence, std::string instead) {
        auto& list = run_.is_emergency ? verdict_.broken : verdict_.refusals;
        list.push_back({std::move(code), std::move(sentence), std::move(instead), true});
    }

    [[nodiscard]] std::string command_in(const std::string& environment) const {
        return fmt::format("haetae {} -e {}", run_.command, environment);
    }

    [[nodiscard]] std::string emergency_in(const std::string& environment) const {
        return fmt::format("in an emergency: {} --break-glass \"REASON\"", command_in(environment));
    }

    void mark() {
        if (mark_.state == Mark::State::damaged) {
            refuse("HT0707",
                   fmt::format("what database {} is cannot be told, so it counts as protected: {}", session_.database,
                               mark_.damage),
                   "find out what happened to it; then say what this database is, as the migration role or an "
                   "administrator: haetae protect NAME --here, or haetae unprotect");
        } else if (mark_.state == Mark::State::none) {
            verdict_.notes.push_back(
                fmt::format("database {0} carries no mark, and is protected only because haetae.toml says so of "
                            "environment {1}: `haetae protect {1} -e {1}` writes it into the database",
                            session_.database, settings_.environment));
        } else if (is_other_name()) {
            refuse("HT0705",
                   fmt::format("environment {} is meant, but database {} calls itself {}{}", settings_.environment,
                               session_.database, mark_.name, mark_.is_protected ? ", which is protected" : ""),
                   ways_of_another_name());
        } else if (mark_.is_copy) {
            refuse("HT0706",
                   fmt::format("database {} calls itself {}, but that mark was made elsewhere ({}): this is a copy",
                               session_.database, mark_.name, mark_.made_in),
                   fmt::format("say what it is, as the migration role or an administrator: when this is {0} from now "
                               "on, haetae protect {0} --here -e {0}; when it is not, haetae protect NAME --here, or "
                               "haetae unprotect",
                               mark_.name));
        }
    }

    [[nodiscard]] std::string ways_of_another_name() const {
        std::string ways;
        if (mark_.is_protected) {
            ways = fmt::format("let the pipeline run it: {}; {}", command_in(mark_.name), emergency_in(mark_.name));
        } else {
            ways = fmt::format("look at the URL; when {} is meant: {}", mark_.name, command_in(mark_.name));
        }
        if (mark_.is_copy) {
            ways += fmt::format(
                "; this is a copy (its mark was made in {1}): when it is {0} now, haetae protect {0} "
                "--here, or haetae unprotect",
                settings_.environment, mark_.made_in);
        }
        return ways;
    }

    void role() {
        const auto& migration = settings_.migration_role;
        const auto& app = settings_.app_role;
        const auto instead = migration ? "use the URL of the migration role, " + *migration
                                       : std::string("use the URL of the migration role");
        if (app && (session_.role == *app || session_.session_role == *app)) {
            return refuse("HT0708", fmt::format("{} is the application's role", *app), instead);
        }
        if (session_.is_superuser) {
            return refuse("HT0708",
                          fmt::format("{} is a superuser, or may become one, and no superuser migrates a protected "
                                      "database",
                                      session_.role),
                          instead);
        }
        if (is_other_name()) return;
        if (!migration) {
            return refuse("HT0708", fmt::format("[env.{}] names no migration_role", settings_.environment),
                          "say in haetae.toml which role migrates: migration_role = \"…\"");
        }
        if (session_.role != *migration) {
            refuse("HT0708", fmt::format("{} is not the migration role", session_.role), instead);
        }
    }

    void pooler() {
        if (session_.pooling.pooling != pg::Pooling::shared) return;
        refuse("HT0760",
               fmt::format("the URL leads through a pooler that shares its server processes: {}",
                           session_.pooling.evidence),
               "use the URL of the server itself, or of the pooler's session mode");
    }

    void ci() {
        std::string sentence;
        if (ci_.system.empty()) {
            sentence = "no CI system identifies this run: it is run by hand";
        } else if (!ci_.missing.empty()) {
            sentence = fmt::format("{} does not say all of this run: {} is not set", ci_.system, joined(ci_.missing));
        } else if (ci_.at_terminal) {
            sentence = fmt::format("{} is named, but somebody sits at a terminal", ci_.system);
        } else {
            return;
        }
        refuse_unless_broken("HT0710", std::move(sentence),
                             "let the pipeline run it: " + command_in(settings_.environment));
    }

    void switches() {
        if (!run_.undone.empty() && !settings_.allow_down) {
            refuse_unless_broken("HT0711", "revisions would be undone: " + joined(run_.undone),
                                 fmt::format("write a revision that changes it back; or set allow_down = true in "
                                             "[env.{}]",
                                             settings_.environment));
        }
        if (!run_.contract.empty() && !settings_.allow_contract) {
            refuse_unless_broken(
                "HT0712", "revisions take away what running code may use: " + joined(run_.contract),
                fmt::format("when no old code runs any more, set allow_contract = true in [env.{}]; when a revision "
                            "does no harm, say so in its header: -- Phase: expand",
                            settings_.environment));
        }
    }

    void history() {
        for (const auto& domain : run_.several_heads) {
            refuse("HT0713", fmt::format("domain {} has more than one head", domain.text()),
                   fmt::format("join them: haetae merge heads -d {} -m \"…\"", domain.text()));
        }
        if (!run_.exceptions.empty()) {
            refuse(
                "HT0714",
                fmt::format("a protected database takes no exceptions from the history: {}", joined(run_.exceptions)),
                "put the edited text back, or give the late revision the present head as `Revises`");
        }
        for (const auto& error : run_.history) refuse(error.code, error.sentence, error.hint);
    }

    const GateSettings& settings_;
    const GateSession& session_;
    const Mark& mark_;
    const CiRun& ci_;
    const GateRun& run_;
    Verdict verdict_{};
};

}  // namespace

bool is_protected(const GateSettings& settings, const Mark& mark) {
    return settings.is_protected || mark.state == Mark::State::damaged ||
           (mark.state == Mark::State::sound && mark.is_protected);
}

Verdict judge(const GateSettings& settings, const GateSession& session, const CiRun& ci, const GateRun& run) {
    return Judge(settings, session, ci, run).verdict();
}

base::Error refusal(const Verdict& verdict, const GateSession& session) {
    BUG_IF(verdict.is_allowed(), "a refusal without a reason");
    const auto& list = verdict.refusals;
    if (list.size() == 1) {
        base::Error error{.code = list.front().code,
                          .sentence = list.front().sentence,
                          .hint = list.front().instead,
                          .database_state = "nothing was changed"};
        if (!verdict.emergency.empty()) error.hint += "; " + verdict.emergency;
        return error;
    }
    base::Error error{.code = "HT0704",
                      .sentence = fmt::format("database {} is protected, and {} things stand against this",
                                              session.database, list.size()),
                      .database_state = "nothing was changed"};
    for (const auto& reason : list) {
        error.clauses.push_back(fmt::format("{}: {}", reason.code, reason.sentence));
        error.hint += fmt::format("{}{}: {}", error.hint.empty() ? "" : "\n", reason.code, reason.instead);
    }
    if (!verdict.emergency.empty()) error.hint += "\n" + verdict.emergency;
    return error;
}

}  // namespace haetae::policy
