// SPDX-License-Identifier: Apache-2.0
// What fails here fails the test by exception.
#include "kit/project_folder.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "os/file.hpp"

namespace haetae::kit {

namespace {

template <typename T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + " " + result.error().sentence);
    return std::move(result).value();
}

}  // namespace

ProjectFolder::ProjectFolder(std::string program, const std::string& toml)
    : folder_(must(os::TempDir::make())), program_(std::move(program)) {
    write("haetae.toml", toml);
}

std::string ProjectFolder::path(const std::string& name) const {
    return os::join(folder_.path(), name);
}

void ProjectFolder::write(const std::string& name, const std::string& text) const {
    for (auto slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
        const auto folder = path(name.substr(0, slash));
        if (!os::is_folder(folder)) must(os::make_folder(folder));
    }
    std::ofstream file(path(name), std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path(name));
}

void ProjectFolder::revision(const std::string& domain, const std::string& id, const std::string& revises,
                             const std::string& body, const std::string& header) const {
    write(fmt::format("migrations/{}/versions/20260101_{}_m.sql", domain, id),
          fmt::format("-- {}\n--\n-- Revision ID: {}\n-- Revises: {}\n{}\n{}\n", id, id, revises, header, body));
}

os::Command ProjectFolder::command(const std::string& url, std::vector<std::string> arguments) const {
    return {.program = program_,
            .arguments = std::move(arguments),
            .environment = {{"DATABASE_URL", url}, {"CI", std::nullopt}},
            .working_folder = folder_.path()};
}

os::Finished ProjectFolder::run(const std::string& url, std::vector<std::string> arguments) const {
    return must(os::run(command(url, std::move(arguments)), std::chrono::minutes(2)));
}

}  // namespace haetae::kit
