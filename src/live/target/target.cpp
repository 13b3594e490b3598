// SPDX-License-Identifier: Apache-2.0
// The order of the sources, and the reasons why the embedded server is none of them: each is said, so that nobody has
// to guess which database a command would have changed.
#include "target/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "connect/gaps.hpp"
#include "os/environment.hpp"
#include "os/user.hpp"
#include "project/finder.hpp"

namespace haetae::target {

namespace {

constexpr std::string_view variable_prefix = "env:";

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

base::Result<settings::Environment> find_environment(const settings::Settings& settings, const std::string& name) {
    const auto found = settings.environments.find(name);
    if (found != settings.environments.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [known, environment] : settings.environments) names.push_back(known);
    return base::Error{.code = "HT0302",
                       .sentence = fmt::format("haetae.toml has no environment '{}'", name),
                       .hint = fmt::format("it has: {}; another is a section [env.{}]", joined(names), name)};
}

base::Error empty_url(const std::string& what) {
    return {.code = "HT0403",
            .sentence = fmt::format("{} is set but empty", what),
            .hint = "a secret that is missing looks like this; set it to the database's URL, or unset it"};
}

// A URL where other people can read it.
base::Status judge_password(const pg::ConnectionUrl& url, Target& target) {
    if (!url.has_password()) return base::Done{};
    const bool on_command_line = target.origin == "--url";
    if (target.environment.is_protected) {
        return base::Error{.code = "HT0405",
                           .sentence = fmt::format("the URL {} holds a password, and environment {} is protected",
                                                   on_command_line ? "on the command line" : "in haetae.toml",
                                                   target.environment.name),
                           .hint = on_command_line ? "put the URL into a variable and write --url env:NAME"
                                                   : "put the URL into a variable and name it with url_env"};
    }
    if (on_command_line) {
        target.notes.emplace_back(
            "the password in --url can be read by everybody on this machine (ps) and stays in the shell's history; "
            "--url env:NAME takes the URL from a variable");
    }
    return base::Done{};
}

base::Result<Target> target_of(settings::Environment environment, std::string origin, std::string_view text) {
    Target target{.environment = std::move(environment), .url = {}, .origin = std::move(origin)};
    target.url = TRY(pg::ConnectionUrl::parse(text).in("in " + target.origin));
    const auto& url_notes = target.url.notes();
    target.notes.insert(target.notes.end(), url_notes.begin(), url_notes.end());
    const auto added = connect::fill_gaps(target.url).added;
    if (!added.empty()) target.notes.push_back("what the URL leaves open is filled by " + joined(added));
    return target;
}

/// The variable's URL with its origin; nothing when it is not set.
base::Result<std::optional<Target>> from_variable(const settings::Settings& settings,
                                                  const settings::Environment& environment, const std::string& name) {
    const auto value = TRY(project::variable(settings, name));
    if (!value) return std::optional<Target>{};
    const auto origin = fmt::format("{} ({})", name, os::environment_variable(name) ? "environment" : ".env");
    if (is_blank(*value)) return empty_url(origin);
    return std::optional<Target>(TRY(target_of(environment, origin, *value)));
}

base::Result<Target> from_option(const settings::Settings& settings, const settings::Environment& environment,
                                 const std::string& option) {
    if (is_blank(option)) return empty_url("--url");
    if (!option.starts_with(variable_prefix)) {
        auto target = TRY(target_of(environment, "--url", option));
        TRY(judge_password(target.url, target));
        return target;
    }
    const auto name = option.substr(variable_prefix.size());
    auto target = name.empty() ? std::optional<Target>{} : TRY(from_variable(settings, environment, name));
    if (target) return std::move(*target);
    return base::Error{.code = "HT0403",
                       .sentence = name.empty() ? std::string("--url env: names no variable")
                                                : fmt::format("{}, which --url names, is set nowhere", name),
                       .hint = "set it in the environment or in .env beside haetae.toml"};
}

bool is_ci() {
    const auto value = os::environment_variable("CI").value_or("");
    return !value.empty() && value != "false" && value != "0";
}

/// Why the embedded server must not be used; "" when it may.
std::string reason_against_embedded(const settings::Settings& settings, const settings::Environment& environment) {
    if (environment.name != "local") return "the embedded server is for the environment local only";
    if (is_ci()) return "CI is set, and there the embedded server is not used";
    const auto guarded = std::find_if(settings.environments.begin(), settings.environments.end(),
                                      [](const auto& entry) { return entry.second.is_protected; });
    if (guarded == settings.environments.end() || sandbox::local_exists(settings.root)) return "";
    return fmt::format(
        "the project has a protected environment ({}), so the embedded server is used only when asked for",
        guarded->first);
}

base::Result<Target> embedded(const settings::Settings& settings, const settings::Environment& environment) {
    const auto reason = reason_against_embedded(settings, environment);
    if (!reason.empty()) {
        const bool may_ask = reason.starts_with("the project");
        return base::Error{
            .code = "HT0404",
            .sentence = fmt::format("no database is named for environment {}: {} is not set, and {}", environment.name,
                                    environment.url_env.empty() ? "a variable" : environment.url_env, reason),
            .hint = fmt::format("set {}, or write --url{}",
                                environment.url_env.empty() ? "url_env in haetae.toml" : environment.url_env,
                                may_ask ? "; or make the embedded server once with: haetae local start" : "")};
    }
    auto lease = TRY(sandbox::use_local(settings.root).in("while the project's embedded server was looked after"));
    auto url = lease.url();
    return Target{
        .environment = environment, .url = std::move(url), .origin = "embedded server", .lease = std::move(lease)};
}

std::string or_default(std::string value, std::string otherwise) {
    return value.empty() ? std::move(otherwise) : std::move(value);
}

/// "a:5432, b:6432", "the socket in /run/postgresql".
std::string place_of(const pg::ConnectionUrl& url) {
    std::string hosts = or_default(url.value("host"), url.value("hostaddr"));
    std::string ports = or_default(url.value("port"), "5432");
    if (hosts.empty()) return "the local socket";
    std::string text;
    while (true) {
        const auto host = hosts.substr(0, hosts.find(','));
        const auto port = ports.substr(0, ports.find(','));
        if (!text.empty()) text += ", ";
        const bool is_socket = host.starts_with('/') || host.starts_with('@');
        text += is_socket                             ? fmt::format("the socket in {}, port {}", host, port)
                : host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                                      : fmt::format("[{}]:{}", host, port);
        if (hosts.find(',') == std::string::npos) return text;
        hosts.erase(0, hosts.find(',') + 1);
        if (ports.find(',') != std::string::npos) ports.erase(0, ports.find(',') + 1);
    }
}

}  // namespace

std::string Target::described() const {
    if (lease) return fmt::format("database {} of the project's embedded server", url.value("dbname"));
    const auto filled = connect::fill_gaps(url);
    const auto where = fmt::format("({}, environment {})", origin, environment.name);
    const auto service = filled.url.value("service");
    if (!service.empty() && filled.url.value("host").empty()) return fmt::format("the service {} {}", service, where);
    const auto user = or_default(filled.url.value("user"), os::current_user().name);
    const auto database = or_default(filled.url.value("dbname"), user);
    return fmt::format("database {} on {} as {} {}", database, place_of(filled.url), user, where);
}

base::Result<Target> find_target(const settings::Settings& settings, const Choice& choice) {
    const auto environment = TRY(find_environment(settings, choice.environment));
    if (choice.url) return from_option(settings, environment, *choice.url);
    if (environment.url) {
        if (is_blank(*environment.url)) return empty_url("url in haetae.toml");
        auto target = TRY(target_of(environment, "url in haetae.toml", *environment.url));
        TRY(judge_password(target.url, target));
        return target;
    }
    if (!environment.url_env.empty()) {
        auto target = TRY(from_variable(settings, environment, environment.url_env));
        if (target) return std::move(*target);
    }
    return embedded(settings, environment);
}

base::Result<connect::Connection> open(const Target& target, const connect::ConnectOptions& options) {
    auto chosen = options;
    if (target.lease) chosen.use_environment = false;
    return connect::Connection::open(target.url, chosen);
}

}  // namespace haetae::target
