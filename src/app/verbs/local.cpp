// SPDX-License-Identifier: Apache-2.0
// `haetae local …`: the project's own embedded PostgreSQL, by hand.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>

#include "sandbox/local.hpp"
#include "sandbox/programs.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> status(const std::string& root, bool json) {
    const auto local = TRY(sandbox::local_status(root));
    if (json) {
        nlohmann::ordered_json document{{"exists", local.exists}, {"running", local.running}};
        if (local.exists) document["data_folder"] = local.data_folder;
        if (local.exists) document["version"] = local.version;
        if (local.running) document["pid"] = local.pid;
        return cli::Output{.text = document.dump(2) + "\n"};
    }
    if (!local.exists) return cli::Output{.text = "no embedded server yet; `haetae local start` makes one\n"};
    return cli::Output{.text = fmt::format("PostgreSQL {}, {}\ndata in {}\n", local.version,
                                           local.running ? fmt::format("running as process {}", local.pid) : "stopped",
                                           local.data_folder)};
}

/// A child with our terminal, waited for while the lease keeps the server up. Ctrl-C is psql's to handle.
base::Result<cli::Output> psql(const sandbox::LocalLease& lease) {
    const auto program = TRY(sandbox::find_programs()).folder + "/psql";
    auto url = lease.url().shown();
    std::string name = "psql";
    char* const arguments[] = {name.data(), url.data(), nullptr};
    pid_t pid = 0;
    if (const int failure = ::posix_spawn(&pid, program.c_str(), nullptr, nullptr, arguments, environ); failure != 0) {
        return base::Error{
            .code = "HT0910",
            .sentence = fmt::format("cannot run {}: {}", program, std::strerror(failure)),
            .hint = "psql is in the package postgresql-client; `haetae local url` gives the URL for another client"};
    }
    std::signal(SIGINT, SIG_IGN);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return cli::Output{.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 1};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto project = TRY(open_project(given, talk));
    const auto& root = project.settings.root;
    const auto& action = given.arguments.front();
    if (action == "status") return status(root, given.json());
    if (action == "stop") {
        TRY(sandbox::stop_local(root));
        return cli::Output{.text = "stopped\n"};
    }
    if (action == "reset") {
        TRY(sandbox::reset_local(root));
        return cli::Output{.text = "the embedded server's data is removed; the next command starts a new one\n"};
    }
    const auto lease = TRY(sandbox::use_local(root));
    if (action == "url") return cli::Output{.text = lease.url().shown() + "\n"};
    if (action == "psql") return psql(lease);
    return cli::Output{
        .text = fmt::format("{}\n{}\n", lease.started_now() ? "started" : "it runs already", lease.url().shown())};
}

}  // namespace

extern const cli::Verb local_verb{
    .name = "local",
    .group = cli::Group::scale,
    .summary = "the project's own embedded PostgreSQL",
    .description =
        "haetae keeps a PostgreSQL of the project's own for local work, made from the server programs of this "
        "machine.\n"
        "Commands start it when no database is configured, and it stops by itself when it has been idle for a while.\n"
        "\n"
        "start, stop: by hand. status: does it run, and where is its data. url: for other programs. psql: a prompt.\n"
        "reset: stops it and removes its data.",
    .example = "haetae local status\nhaetae local psql",
    .arguments = {{"start|stop|status|url|psql|reset", "what to do", 1, 1}},
    .run = run,
};

}  // namespace haetae::verbs
