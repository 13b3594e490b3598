// SPDX-License-Identifier: Apache-2.0
// Child processes: started as another user where asked, with nothing of ours left open, and waited for with a limit. A
// child may be bound to this process, so that it does not outlive it even when this process is killed.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "os/user.hpp"

namespace haetae::os {

struct Command {
    std::string program;  ///< a path, or a name that PATH leads to
    std::vector<std::string> arguments{};
    /// Added to our environment; a name without a value is removed from it.
    std::vector<std::pair<std::string, std::optional<std::string>>> environment{};
    std::optional<User> run_as{};  ///< another account (needs root)
    std::string working_folder{};  ///< entered as that account; "" = ours
    std::string output_file{};     ///< stdout and stderr are appended to it (made with mode 0600); "" = /dev/null
    bool own_session = false;      ///< out of reach of the terminal's Ctrl-C
    /// This signal is sent to the child when the *thread* that started it ends, however it ends (PR_SET_PDEATHSIG):
    /// start such a child from a thread that lives as long as the child should. 0 = the child may outlive us.
    int signal_when_we_die = 0;
};

/// How a child ended: its exit code, or 128 + the signal that killed it.
using ExitCode = int;

/// A running child. Its destructor neither kills nor waits: the owner says what is to happen.
class Child {
 public:
    explicit Child(int pid) : pid_(pid) {}
    [[nodiscard]] int pid() const { return pid_; }
    /// The exit code when it has ended (also when asked again), nothing while it runs.
    std::optional<ExitCode> ended();
    /// Waits at most `limit`; nothing when it still runs then.
    std::optional<ExitCode> wait(std::chrono::milliseconds limit);
    /// Nothing happens when it has ended: the number may be another process's by now.
    void signal(int number);
    /// Asks by `number`, waits `patience`, then kills; returns when it is gone.
    ExitCode end(int number, std::chrono::milliseconds patience);

 private:
    int pid_;
    std::optional<ExitCode> exit_code_{};
};

struct Finished {
    ExitCode exit_code = 0;
    std::string output;  ///< stdout and stderr as they came, at most 1 MB
};

/// Errors: HT0910 not found, not executable, or the account cannot be taken on (with the system's reason).
base::Result<Child> start(const Command& command);

/// Runs it to its end, its output caught (output_file is ignored); it is terminated when we are killed meanwhile.
/// Errors: HT0910, HT0911 killed because the limit ran out.
base::Result<Finished> run(const Command& command, std::chrono::milliseconds limit);

/// The path of an executable file called `name` in PATH; nothing when there is none.
std::optional<std::string> find_program(const std::string& name);

/// True while the process exists and is more than a zombie.
bool is_running(int pid);

/// The folder a process works in; "" when it cannot be told.
std::string working_folder_of(int pid);

}  // namespace haetae::os
