// SPDX-License-Identifier: Apache-2.0
// pg_dump's order of entries is by kind and name but for what depends on what, and there OIDs have a say; so entries
// are compared as a set.
#include "prove/dump.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "os/file.hpp"
#include "pg/identifier.hpp"
#include "sandbox/programs.hpp"

namespace haetae::prove {

namespace {

constexpr std::size_t dump_bytes_max = std::size_t{512} * 1024 * 1024;
constexpr std::chrono::minutes dump_limit{10};

/// "t; Type: TABLE; Schema: s; Owner: o" to "TABLE s.t".
std::string title_of(std::string_view header) {
    const auto field = [header](std::string_view name) {
        const auto begin = header.find(name);
        if (begin == std::string_view::npos) return std::string_view();
        const auto rest = header.substr(begin + name.size());
        return rest.substr(0, rest.find("; "));
    };
    const auto schema = field("; Schema: ");
    const auto name = header.substr(0, header.find("; Type: "));
    return fmt::format("{} {}{}", field("; Type: "), schema.empty() || schema == "-" ? "" : std::string(schema) + ".",
                       name);
}

bool is_noise(std::string_view line) {
    constexpr std::array beginnings{"\\restrict ", "\\unrestrict ",
                                    "SET default_tablespace =", "SET default_table_access_method ="};
    return line.empty() || line == "--" ||
           std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const char* beginning) { return line.starts_with(beginning); });
}

/// `line` without `pg_attver=N` among the options of a column; empty when there was nothing else.
std::string without_version_mark(std::string_view line) {
    constexpr std::string_view mark = "pg_attver=";
    const auto begin = line.find(mark);
    if (begin == std::string_view::npos || !line.starts_with("ALTER TABLE ")) return std::string(line);
    const auto end = std::min(line.find_first_not_of("0123456789'", begin + mark.size()), line.size());
    std::string before(line.substr(0, begin));
    std::string_view after = line.substr(end);
    if (after.starts_with(", ")) {
        after.remove_prefix(2);
    } else if (before.ends_with(", ")) {
        before.resize(before.size() - 2);
    } else {
        return {};
    }
    return before + std::string(after);
}

std::vector<std::string> without_commas(std::vector<std::string> lines) {
    for (auto& line : lines) {
        if (line.ends_with(',')) line.pop_back();
    }
    return lines;
}

std::vector<std::string> sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

/// The lines of `of` that `other` lacks, in their order.
std::string missing_lines(const DumpEntry& of, const DumpEntry& other, std::string_view mark) {
    std::map<std::string, int> count;
    for (const auto& line : without_commas(other.lines)) ++count[line];
    std::string text;
    for (const auto& line : without_commas(of.lines)) {
        if (--count[line] >= 0) continue;
        const auto indent = std::min(line.find_first_not_of(' '), line.size());
        text += fmt::format("{}{}: {}\n", mark, of.title, line.substr(indent));
    }
    return text;
}

/// pg_dump --exclude-table and --exclude-schema take patterns; a quoted name is taken as it is.
std::string pattern(const std::string& name) {
    std::string quoted = "\"";
    for (const char letter : name) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + "\"";
}

std::string connection_text(const pg::ConnectionUrl& url) {
    std::string text;
    for (const auto& [keyword, value] : url.keywords()) {
        std::string quoted;
        for (const char letter : value)
            quoted += (letter == '\\' || letter == '\'' ? "\\" : "") + std::string(1, letter);
        text += fmt::format("{}{}='{}'", text.empty() ? "" : " ", keyword, quoted);
    }
    return text;
}

/// "pg_dump (PostgreSQL) 15.18 (Debian …)" to 15.
int major_version(const std::string& program) {
    const auto finished = os::run({.program = program, .arguments = {"--version"}}, std::chrono::seconds(20));
    if (!finished || finished->exit_code != 0) return 0;
    const auto digit = finished->output.find_first_of("0123456789");
    return digit == std::string::npos ? 0 : std::atoi(finished->output.c_str() + digit);
}

}  // namespace

std::vector<DumpEntry> dump_entries(std::string_view text) {
    constexpr std::string_view header = "-- Name: ";
    std::vector<DumpEntry> entries;
    bool in_entry = false;  // what stands before the first is about the session
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with(header)) {
            entries.push_back({.title = title_of(line.substr(header.size()))});
            in_entry = true;
        } else if (line == "-- PostgreSQL database dump complete") {
            break;
        } else if (in_entry && !is_noise(line)) {
            if (auto kept = without_version_mark(line); !kept.empty()) entries.back().lines.push_back(std::move(kept));
        }
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

DumpContrast contrast(const std::vector<DumpEntry>& before, const std::vector<DumpEntry>& after) {
    std::vector<DumpEntry> gone;
    std::vector<DumpEntry> come;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
    DumpContrast found{.only_order = !gone.empty() || !come.empty()};
    for (const auto& entry : gone) {
        const auto same =
            std::find_if(come.begin(), come.end(), [&](const DumpEntry& other) { return other.title == entry.title; });
        if (same == come.end()) {
            found.text += "- " + entry.title + "\n";
            found.only_order = false;
            continue;
        }
        if (sorted(without_commas(entry.lines)) == sorted(without_commas(same->lines))) {
            found.text += fmt::format("- {}: its lines in this order\n+ {}: in another\n", entry.title, entry.title);
        } else {
            found.text += missing_lines(entry, *same, "- ") + missing_lines(*same, entry, "+ ");
            found.only_order = false;
        }
        come.erase(same);
    }
    for (const auto& entry : come) {
        found.text += "+ " + entry.title + "\n";
        found.only_order = false;
    }
    return found;
}

std::optional<std::string> find_pg_dump(int server_version) {
    std::vector<std::string> candidates;
    if (const auto programs = sandbox::find_programs()) candidates.push_back(programs->folder + "/pg_dump");
    if (const auto in_path = os::find_program("pg_dump")) candidates.push_back(*in_path);
    const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& program) {
        return os::is_file(program) && major_version(program) >= server_version / 10000;
    });
    return found == candidates.end() ? std::nullopt : std::optional(*found);
}

base::Result<Dump> Dump::start(const std::string& program, const pg::ConnectionUrl& url,
                               const settings::Settings& settings) {
    auto folder = TRY(os::TempDir::make());
    os::Command command{.program = program,
                        .arguments = {"--schema-only", "--no-password", "--file=" + os::join(folder.path(), "dump"),
                                      "--exclude-schema=" + pattern(settings.ledger_schema)},
                        .output_file = os::join(folder.path(), "said")};
    for (const auto& domain : settings.domains) {
        command.arguments.push_back(
            fmt::format("--exclude-table={}.{}", pattern(domain.version_schema), pattern(domain.version_table)));
    }
    command.arguments.push_back("--dbname=" + connection_text(url));
    for (const auto* name :
         {"PGOPTIONS", "PGSERVICE", "PGSERVICEFILE", "PGCLIENTENCODING", "PGDATABASE", "PGHOSTADDR"}) {
        command.environment.emplace_back(name, std::nullopt);
    }
    command.environment.emplace_back("LC_ALL", "C");
    auto child = TRY(os::start(command));
    return Dump(std::move(folder), child);
}

base::Result<std::vector<DumpEntry>> Dump::finish() {
    const auto exit_code = child_.wait(dump_limit);
    if (!exit_code) child_.end(15, std::chrono::seconds(2));
    if (exit_code != 0) {
        const auto said = os::read_file(os::join(folder_.path(), "said"), std::size_t{1} << 20);
        return base::Error{.code = "HT0675",
                           .sentence = exit_code ? fmt::format("pg_dump failed with exit code {}", *exit_code)
                                                 : std::string("pg_dump did not end within ten minutes"),
                           .hint = "pg_dump said:\n" + (said ? *said : std::string("nothing"))};
    }
    return dump_entries(TRY(os::read_file(os::join(folder_.path(), "dump"), dump_bytes_max)));
}

}  // namespace haetae::prove
