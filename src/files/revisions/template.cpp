// SPDX-License-Identifier: Apache-2.0
// Placeholders are replaced in one pass, so that nothing a message or SQL holds is taken for one.
#include "revisions/template.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>

#include "base/nearest.hpp"
#include "base/source_span.hpp"
#include "graph/phase.hpp"
#include "os/file.hpp"
#include "revisions/folder.hpp"
#include "revisions/header.hpp"
#include "revisions/lines.hpp"
#include "revisions/marker.hpp"
#include "revisions/parts.hpp"
#include "sql/lexer.hpp"
#include "sql/splitter.hpp"

namespace haetae::revisions {

namespace {

using Values = std::map<std::string_view, std::string, std::less<>>;

template <typename List, typename Name>
std::string joined(const List& list, Name name) {
    std::string text;
    for (const auto& item : list) {
        if (!text.empty()) text += ", ";
        text += name(item);
    }
    return text;
}

std::string reference_text(const graph::DependencyRef& reference) {
    return reference.domain ? reference.domain->text() + ":" + reference.name : reference.name;
}

Values values_of(const graph::Revision& revision, const RevisionSql& sql, const settings::Domain& domain) {
    const auto text_of = [](const auto& id) { return id.text(); };
    return {{"message", revision.message},
            {"id", revision.id.text()},
            {"revises", joined(revision.parents, text_of)},
            {"depends_on", joined(revision.depends_on, reference_text)},
            {"labels", joined(revision.labels, text_of)},
            {"date", revision.created},
            {"domain", domain.name.text()},
            {"schema", domain.schema},
            {"up", std::string(trimmed(sql.up))},
            {"down", std::string(trimmed(sql.down))}};
}

base::Error placeholder_error(const Template& from, std::size_t offset, std::size_t length, const Values& values) {
    const std::string_view written = std::string_view(from.text).substr(offset, length);
    std::vector<std::string_view> names;
    for (const auto& [name, value] : values) names.push_back(name);
    const auto near = base::nearest(written.substr(std::min<std::size_t>(2, written.size())), names);
    return {.code = "HT0220",
            .sentence = fmt::format("the template has an unknown placeholder {}", written),
            .hint = near ? fmt::format("the nearest is ${{{}}}", *near)
                         : fmt::format("known are ${{{}}}", fmt::join(names, "}, ${")),
            .span = base::span_at(from.file, from.text, offset, length)};
}

/// True for a header line `-- Key: ${name}` that would say nothing.
bool is_left_out(std::string_view line, const Values& values) {
    line = trimmed(line);
    const std::size_t colon = line.find(':');
    if (!line.starts_with("--") || colon == std::string_view::npos || is_marker(line)) return false;
    if (trimmed(line.substr(2, colon - 2)) == "Revises") return false;
    const auto value = trimmed(line.substr(colon + 1));
    if (!value.starts_with("${") || !value.ends_with("}")) return false;
    const auto found = values.find(value.substr(2, value.size() - 3));
    return found != values.end() && found->second.empty();
}

base::Result<std::string> fill(const Template& from, const Values& values) {
    std::string out;
    const std::string_view text = from.text;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t line_end = std::min(text.find('\n', at), text.size() - 1) + 1;
        if (is_left_out(text.substr(at, line_end - at), values)) {
            at = line_end;
            continue;
        }
        while (at < line_end) {
            const std::size_t open = std::min(text.find("${", at), line_end);
            out += text.substr(at, open - at);
            at = open;
            if (open == line_end) break;
            const std::size_t close = text.find('}', open);
            const auto found =
                close == std::string_view::npos ? values.end() : values.find(text.substr(open + 2, close - open - 2));
            if (found == values.end()) {
                const std::size_t end = std::min(close, line_end - 1) + 1;
                return placeholder_error(from, open, end - open, values);
            }
            out += found->second;
            at = close + 1;
        }
    }
    return out;
}

/// Puts `added` behind the line in which `offset` lies.
void insert_behind_line(std::string& text, std::size_t offset, std::string_view added) {
    const std::size_t line_end = text.find('\n', offset);
    if (line_end == std::string::npos) {
        text += "\n" + std::string(added);
    } else {
        text.insert(line_end + 1, added);
    }
}

void add_header_lines(std::string& text, const graph::Revision& revision) {
    std::string added;
    if (revision.phase) added += fmt::format("-- Phase: {}\n", graph::phase_word(*revision.phase));
    if (!revision.replaces.empty()) {
        added += fmt::format("-- Replaces: {}\n", joined(revision.replaces, [](const auto& id) { return id.text(); }));
    }
    for (const auto& [key, value] : revision.extra) added += fmt::format("-- {}: {}\n", key, value);
    const auto lines = header_lines(text).lines;
    if (!added.empty() && !lines.empty()) insert_behind_line(text, lines.back().offset, added);
}

base::Status add_sql(std::string& text, const Template& from, MarkerKind kind, std::string_view sql) {
    const auto scan = TRY(sql::scan(text, from.file, is_marker));
    for (const auto& comment : scan.line_comments) {
        const auto marker = TRY(read_marker(text, from.file, comment));
        if (!marker || marker->kind != kind) continue;
        insert_behind_line(text, marker->offset, std::string(trimmed(sql)) + "\n");
        return base::Done{};
    }
    return base::Error{.code = "HT0221",
                       .sentence = fmt::format("the template {} has no part for the revision's SQL", from.file),
                       .hint = "add -- migrate:up and -- migrate:down to it"};
}

base::Status check_message(const std::string& message) {
    const auto header = parse_header("-- " + message + "\n-- Revision ID: a\n-- Revises:\n", "");
    if (header && header->message == message) return base::Done{};
    return base::Error{.code = "HT0222",
                       .sentence = "the message cannot stand in the first line of a header",
                       .hint =
                           "write one line of text that does not start with a header key, such as 'Phase:', or a "
                           "marker, without blanks around it"};
}

base::Status check_result(const std::string& text, const graph::Revision& wanted, const Template& from) {
    const auto written = TRY(parse_header(text, from.file).in("in the text made from the template"));
    const auto differs = [&]() -> std::string_view {
        if (written.id != wanted.id) return "Revision ID";
        if (written.parents != wanted.parents) return "Revises";
        if (written.message != wanted.message) return "message";
        if (written.depends_on != wanted.depends_on) return "Depends on";
        if (written.labels != wanted.labels) return "Branch labels";
        if (written.replaces != wanted.replaces) return "Replaces";
        if (wanted.phase && written.phase != wanted.phase) return "Phase";
        return "";
    }();
    if (!differs.empty()) {
        return base::Error{
            .code = "HT0221",
            .sentence = fmt::format("the header that the template {} gives has another {} than the revision", from.file,
                                    differs),
            .hint = "use ${message}, ${id}, ${revises}, ${depends_on} and ${labels} in its header, each once"};
    }
    TRY(cut_parts(text, from.file).in("in the text made from the template"));
    return base::Done{};
}

}  // namespace

const Template& default_template() {
    static const Template standard{.text =
                                       "-- ${message}\n"
                                       "--\n"
                                       "-- Revision ID: ${id}\n"
                                       "-- Revises: ${revises}\n"
                                       "-- Depends on: ${depends_on}\n"
                                       "-- Branch labels: ${labels}\n"
                                       "-- Create Date: ${date}\n"
                                       "\n"
                                       "-- migrate:up\n"
                                       "${up}\n"
                                       "\n"
                                       "-- migrate:down\n"
                                       "${down}\n",
                                   .file = "the default template"};
    return standard;
}

base::Result<Template> template_of(const settings::Settings& settings, const settings::Domain& domain) {
    const std::string file = os::join(domain.folder, "template.sql");
    const std::string path = os::join(settings.root, file);
    if (!os::is_file(path)) return default_template();
    return Template{.text = TRY(os::read_file(path, revision_bytes_max)), .file = file};
}

base::Result<std::string> revision_text(const graph::Revision& revision, const RevisionSql& sql,
                                        const settings::Domain& domain, const Template& from) {
    TRY(check_message(revision.message));
    std::string text = TRY(fill(from, values_of(revision, sql, domain)));
    if (!text.ends_with('\n')) text += "\n";
    add_header_lines(text, revision);
    const bool lacks_up = from.text.find("${up}") == std::string::npos;
    const bool lacks_down = from.text.find("${down}") == std::string::npos;
    if (lacks_up && !trimmed(sql.up).empty()) TRY(add_sql(text, from, MarkerKind::up, sql.up));
    if (lacks_down && !trimmed(sql.down).empty()) TRY(add_sql(text, from, MarkerKind::down, sql.down));
    TRY(check_result(text, revision, from));
    return text;
}

std::string file_name_of(const graph::Revision& revision) {
    constexpr std::size_t slug_max = 40;
    std::string day;
    for (const char c : revision.created) {
        if (day.size() < 8 && c >= '0' && c <= '9') day.push_back(c);
    }
    std::string slug;
    for (const char c : sql::lower(revision.message)) {
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_kept) slug.push_back(c);
        if (!is_kept && static_cast<unsigned char>(c) < 0x80 && !slug.empty() && slug.back() != '_')
            slug.push_back('_');
    }
    if (slug.size() > slug_max) {
        const std::size_t cut = slug.rfind('_', slug_max);
        slug.resize(cut == std::string::npos || cut == 0 ? slug_max : cut);
    }
    while (slug.ends_with('_')) slug.pop_back();
    return (day.size() == 8 ? day + "_" : "") + revision.id.text() + (slug.empty() ? "" : "_" + slug) + ".sql";
}

std::string new_revision_id() {
    std::array<unsigned char, 6> bytes{};
    while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        BUG_IF(errno != EINTR, "getrandom with no flags fails for a signal only");
    }
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

base::Result<std::string> write_revision(const settings::Settings& settings, const settings::Domain& domain,
                                         const graph::Revision& revision, std::string_view text) {
    BUG_IF(!fault_of_id(revision.id.text(), revision_id_chars_max).empty(), "an id that is a path was not refused");
    const std::string versions = os::join(domain.folder, "versions");
    const std::string file = os::join(versions, file_name_of(revision));
    const std::string path = os::join(settings.root, file);
    if (os::is_file(path) || os::is_folder(path)) {
        return base::Error{.code = "HT0223",
                           .sentence = fmt::format("{} is there already", file),
                           .hint = "choose another id, or remove the file"};
    }
    TRY(os::make_folder(os::join(settings.root, versions)));
    TRY(os::write_file(path, text));
    return file;
}

}  // namespace haetae::revisions
