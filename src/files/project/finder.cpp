// SPDX-License-Identifier: Apache-2.0
// The disk's part of opening a project; what the files mean is decided in their own readers.
#include "project/finder.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "os/environment.hpp"
#include "os/file.hpp"
#include "project/config_file.hpp"
#include "project/domain_set.hpp"
#include "project/dotenv.hpp"

namespace haetae::project {

namespace {

constexpr std::size_t config_bytes_max = 1024 * 1024;
constexpr std::size_t dotenv_bytes_max = 1024 * 1024;

/// The folder at or above `from` that holds haetae.toml; empty when there is none.
std::string find_root(const std::string& from) {
    for (std::filesystem::path folder(from);; folder = folder.parent_path()) {
        if (os::is_file(os::join(folder.string(), project_file_name))) return folder.string();
        if (folder == folder.parent_path()) return {};
    }
}

std::optional<graph::DomainName> domain_at(const settings::Settings& settings, const std::string& from) {
    for (const auto& domain : settings.domains) {
        const std::string folder = os::absolute(os::join(settings.root, domain.folder));
        const auto relative = std::filesystem::path(from).lexically_relative(folder);
        if (!relative.empty() && *relative.begin() != "..") return domain.name;
    }
    return std::nullopt;
}

}  // namespace

base::Result<Project> open_project(std::string_view from) {
    const std::string start = os::absolute(std::string(from.empty() ? "." : from));
    if (!os::is_folder(start)) TRY(os::list_folder(start));  // fails, with the system's reason
    const std::string root = find_root(start);
    if (root.empty()) {
        return base::Error{.code = "HT0301",
                           .sentence = fmt::format("no {} in {} or above it", project_file_name, start),
                           .hint = "`haetae init` writes one here; `-C DIR` works in another folder"};
    }
    auto text = TRY(os::read_file(os::join(root, project_file_name), config_bytes_max));
    auto config = TRY(read_config({.name = std::string(project_file_name), .text = std::move(text)}));
    Project project{.settings = TRY(settle_domains(root, std::move(config)))};
    project.standing_in = domain_at(project.settings, start);
    return project;
}

base::Result<std::optional<std::string>> variable(const settings::Settings& settings, std::string_view name) {
    const std::string wanted(name);
    if (wanted.empty()) return std::optional<std::string>();
    if (auto value = os::environment_variable(wanted)) return value;
    const std::string path = os::join(settings.root, ".env");
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored) && !ignored) return std::optional<std::string>();
    const std::string text = TRY(os::read_file(path, dotenv_bytes_max));
    const auto variables = TRY(parse_dotenv(".env", text));
    const auto found = variables.find(wanted);
    if (found == variables.end()) return std::optional<std::string>();
    return std::optional<std::string>(found->second);
}

}  // namespace haetae::project
