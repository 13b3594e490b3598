// SPDX-License-Identifier: Apache-2.0
// The edit finds its place by the parsed file, so that a bracket inside a multi-line text is not taken for a table, and
// is parsed again before it counts.
#include "project/project_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "os/file.hpp"
#include "project/finder.hpp"
#include "project/toml.hpp"

namespace haetae::project {

namespace {

constexpr std::size_t config_bytes_max = 1024 * 1024;

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out + "\"";
}

std::string as_key(const std::string& name) {
    const bool bare =
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return bare ? name : quoted(name);
}

std::string entry_text(const NewDomain& domain, std::string_view line_end) {
    std::string text = fmt::format("[domain.{}]{}", as_key(domain.name.text()), line_end);
    if (domain.schema) text += fmt::format("schema = {}{}", quoted(*domain.schema), line_end);
    if (!domain.depends_on.empty()) {
        std::vector<std::string> names;
        for (const auto& name : domain.depends_on) names.push_back(quoted(name.text()));
        text += fmt::format("depends_on = [{}]{}", fmt::join(names, ", "), line_end);
    }
    return text;
}

const TomlTable* table_of(const TomlTable& top, std::string_view key) {
    const auto found = std::find_if(top.begin(), top.end(), [&](const TomlEntry& e) { return e.key == key; });
    return found == top.end() ? nullptr : std::get_if<TomlTable>(&found->value.content);
}

/// The line of the first table after the last `[domain.*]`; 0 when none follows, or when there is no domain.
std::size_t line_after_domains(const TomlTable& top) {
    const TomlTable* domains = table_of(top, "domain");
    if (domains == nullptr || domains->empty()) return 0;
    std::size_t last = 0;
    for (const auto& domain : *domains) last = std::max(last, domain.line);
    std::size_t next = 0;
    const auto consider = [&](const TomlEntry& entry) {
        const bool is_table = std::holds_alternative<TomlTable>(entry.value.content);
        if (is_table && entry.line > last && (next == 0 || entry.line < next)) next = entry.line;
    };
    for (const auto& group : top) {
        const auto* members = std::get_if<TomlTable>(&group.value.content);
        if (group.key == "domain" || members == nullptr) continue;
        consider(group);
        std::for_each(members->begin(), members->end(), consider);
    }
    return next;
}

std::size_t offset_of_line(std::string_view text, std::size_t line) {
    std::size_t offset = 0;
    for (std::size_t i = 1; i < line; ++i) offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
    return offset;
}

/// Up over the comment that stands directly above the table at `offset`: it belongs to that table.
std::size_t before_its_comment(std::string_view text, std::size_t offset) {
    while (offset > 0) {
        const auto line_break = offset >= 2 ? text.rfind('\n', offset - 2) : std::string_view::npos;
        const std::size_t begin = line_break == std::string_view::npos ? 0 : line_break + 1;
        if (text[begin] != '#') break;
        offset = begin;
    }
    return offset;
}

}  // namespace

std::string fresh_project_file() {
    return R"(# The project file of haetae. Every key is explained in docs/reference/project-file.md.

# Each domain is a folder here, with its revisions in versions/.
migrations = "migrations"

# A folder with versions/ is a domain by itself; an entry is needed only to say more about it:
#
# [domain.users]
# schema = "users"                   # where its objects live; default: the domain's name
#
# [domain.orders]
# depends_on = ["users"]             # users is upgraded first and downgraded last

# The environment that is meant without -e. While DATABASE_URL is unset, it is the project's own embedded PostgreSQL.
[env.local]
url_env = "DATABASE_URL"

# An environment that must not be changed by accident:
#
# [env.production]
# url_env = "MIGRATION_DB_URL"       # the variable that holds the URL; keep passwords out of this file
# protected = true
# lock_timeout = "3s"                # give up, and try again, rather than let others queue
# statement_timeout = "15min"
)";
}

base::Result<std::string> with_domain(std::string_view text, const NewDomain& domain) {
    const std::string& name = domain.name.text();
    if (const auto wrong = settings::wrong_name(name); !wrong.empty()) {
        return base::Error{.code = "HT0306",
                           .sentence = fmt::format("the name of the new domain {}", wrong),
                           .hint = "use letters, digits, '_' and '-'"};
    }
    const TomlFile file{.name = std::string(project_file_name), .text = std::string(text)};
    const TomlTable top = TRY(parse_toml(file));
    if (const TomlTable* domains = table_of(top, "domain"); domains != nullptr) {
        const auto same =
            std::find_if(domains->begin(), domains->end(), [&](const TomlEntry& e) { return e.key == name; });
        if (same != domains->end()) {
            return base::Error{.code = "HT0313",
                               .sentence = fmt::format("{} has an entry for domain '{}' already", file.name, name),
                               .hint = "change that entry, or choose another name",
                               .span = file.span(same->line, same->column, base::count_characters(name))};
        }
    }
    const std::string line_end = text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
    const std::string entry = entry_text(domain, line_end);
    std::string out(text);
    if (const std::size_t line = line_after_domains(top); line != 0) {
        out.insert(before_its_comment(text, offset_of_line(text, line)), entry + line_end);
    } else {
        if (!out.empty() && !out.ends_with('\n')) out += line_end;
        if (!out.empty()) out += line_end;
        out += entry;
    }
    if (!parse_toml({.name = file.name, .text = out})) {
        return base::Error{
            .code = "HT0313",
            .sentence = fmt::format("domain '{}' cannot be added to {} by itself", name, file.name),
            .hint = fmt::format("the domains are written there in another form; add this one by hand:\n{}", entry)};
    }
    return out;
}

base::Status add_domain(const settings::Settings& settings, const NewDomain& domain) {
    const std::string path = os::join(settings.root, project_file_name);
    const std::string text = TRY(os::read_file(path, config_bytes_max));
    const std::string changed = TRY(with_domain(text, domain));
    return os::write_file(path, changed);
}

}  // namespace haetae::project
