// SPDX-License-Identifier: Apache-2.0
// A database with real roles, owned by the one that migrates, and a project whose environment `production` leads to it:
// what a test of the safety gate needs. The program runs as a user, a pipeline or an application would run it.
#pragma once

#include <string>
#include <vector>

#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::kit {

/// Every URL that the program gets holds this password; nothing that it says or writes may.
inline constexpr std::string_view guarded_password = "Xq7-never-shown";

/// The URL of `database` for `role`, with the password.
std::string guarded_url(const pg::ConnectionUrl& database, const std::string& role);

class GuardedTest : public SandboxTest {
 protected:
    GuardedTest();
    void SetUp() override;
    /// No test leaves the password in an output, nor in the ledger.
    void TearDown() override;

    using Variables = std::vector<std::pair<std::string, std::string>>;
    /// By hand: the migration role's URL in MIGRATION_DB_URL, the superuser's in ADMIN_DB_URL, no CI, no terminal.
    os::Finished by_hand(std::vector<std::string> arguments, const Variables& variables = {});
    /// The same, left running; its output is not seen.
    os::Child start_by_hand(std::vector<std::string> arguments);
    /// The same from GitHub Actions.
    os::Finished by_pipeline(std::vector<std::string> arguments, Variables variables = {});
    /// At a terminal (script(1) makes one), where `typed` is typed.
    os::Finished at_terminal(const std::string& command, const std::string& typed, Variables variables = {});

    void write_toml(const std::string& production = "") const;  ///< more lines of [env.production]
    /// Runs SQL as the superuser, in the database of the test or another.
    std::string sql(const std::string& text) const;
    static std::string sql_in(const pg::ConnectionUrl& database, const std::string& text);
    /// Revisions a1 (CREATE TABLE) and a2, whose parts are given.
    void second_revision(const std::string& up, const std::string& down = "SELECT 1;",
                         const std::string& header = "") const;
    [[nodiscard]] std::string applied() const;  ///< rows of the version table
    /// A database made from this one, on the same server.
    [[nodiscard]] pg::ConnectionUrl clone() const;

    ProjectFolder project;
    pg::ConnectionUrl migrated;  ///< the database that MIGRATION_DB_URL and ADMIN_DB_URL name

 private:
    [[nodiscard]] os::Command command(std::vector<std::string> arguments, const Variables& variables) const;
    os::Finished finished(const os::Command& command);
    std::string outputs_;
};

/// True when the output ended with `exit_code` and holds `part`; else a failure that shows it.
testing::AssertionResult ended(const os::Finished& finished, int exit_code, const std::string& part);

}  // namespace haetae::kit
