// SPDX-License-Identifier: Apache-2.0
// A project on disk made by a test, and the program itself run in it as a user runs it.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "os/process.hpp"
#include "os/temp_dir.hpp"

namespace haetae::kit {

class ProjectFolder {
 public:
    /// `toml`: the whole haetae.toml. `program`: the haetae that is run.
    ProjectFolder(std::string program, const std::string& toml);

    [[nodiscard]] std::string path(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;
    /// A revision file of `domain`; `header` lines are added as they are ("-- Depends on: users:u2\n").
    void revision(const std::string& domain, const std::string& id, const std::string& revises, const std::string& body,
                  const std::string& header = "") const;

    /// Against the database of `url`, without CI and PG* variables.
    [[nodiscard]] os::Command command(const std::string& url, std::vector<std::string> arguments) const;
    [[nodiscard]] os::Finished run(const std::string& url, std::vector<std::string> arguments) const;

 private:
    os::TempDir folder_;
    std::string program_;
};

}  // namespace haetae::kit
