// SPDX-License-Identifier: Apache-2.0
// Alembic's words in SQL comments. A line that is not `Key: value` with a known key is prose, unless its key is so near
// to a known one that it was surely meant: a misspelt `Revises` would otherwise make a second base in silence.
#include "revisions/header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/nearest.hpp"
#include "base/source_span.hpp"
#include "revisions/lines.hpp"
#include "sql/lexer.hpp"

namespace haetae::revisions {

namespace {

constexpr std::array<std::string_view, 7> keys = {"Revision ID", "Revises", "Depends on", "Branch labels",
                                                  "Create Date", "Phase",   "Replaces"};

// Words that no spelling rule finds but that people write.
struct Alias {
    std::string_view written;
    std::string_view meant;
};
constexpr Alias aliases[] = {{"revision", "Revision ID"},
                             {"down revision", "Revises"},
                             {"depends", "Depends on"},
                             {"depends upon", "Depends on"},
                             {"dependencies", "Depends on"},
                             {"labels", "Branch labels"},
                             {"label", "Branch labels"},
                             {"branches", "Branch labels"},
                             {"created", "Create Date"},
                             {"creation date", "Create Date"},
                             {"phases", "Phase"},
                             {"phas", "Phase"},
                             {"phse", "Phase"},
                             {"pahse", "Phase"},
                             {"fase", "Phase"},
                             {"phrase", "Phase"}};

constexpr std::string_view example =
    "start the file like this:\n"
    "-- what the revision does\n"
    "--\n"
    "-- Revision ID: 9f3c1a7b2d4e\n"
    "-- Revises: 1b2c3d4e5f60\n"
    "\n"
    "-- migrate:up\n"
    "(Revises: stays empty in a first revision; haetae revision -m \"…\" makes such a file)";

bool is_id_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool is_reserved(std::string_view word) {
    return word == "head" || word == "heads" || word == "base" || word == "current";
}

/// A key as it is compared: lower case, one blank between words.
std::string folded(std::string_view key) {
    std::string out;
    for (const auto word : split(key, ' ')) {
        if (word.empty()) continue;
        if (!out.empty()) out.push_back(' ');
        out += sql::lower(word);
    }
    return out;
}

bool looks_like_key(std::string_view text) {
    return !text.empty() && text.size() <= 30 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' ||
               c == '_';
    });
}

std::string_view known_key(std::string_view written) {
    const std::string word = folded(written);
    for (const auto key : keys) {
        if (sql::lower(key) == word) return key;
    }
    return {};
}

std::string meant_key(std::string_view written) {
    std::string word = folded(written);
    std::replace(word.begin(), word.end(), '-', ' ');
    std::replace(word.begin(), word.end(), '_', ' ');
    for (const auto& alias : aliases) {
        if (word == alias.written) return std::string(alias.meant);
    }
    // `Phase` is left to the list above: "Please" is two letters from it.
    std::vector<std::string_view> long_keys;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(long_keys), [](auto key) { return key.size() > 5; });
    return base::nearest(word, long_keys).value_or("");
}

class HeaderReader {
 public:
    HeaderReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    base::Result<graph::Revision> run();

 private:
    base::Status take_line(const CommentLine& line, bool is_first);
    base::Status take(std::string_view key, std::string_view value);
    base::Result<graph::RevisionId> id(std::string_view value);
    base::Result<std::vector<graph::RevisionId>> ids(std::string_view value);
    base::Result<graph::DependencyRef> dependency(std::string_view value);
    base::Status take_labels(std::string_view value);
    base::Status take_phase(std::string_view value);
    base::Status check_complete(const std::vector<CommentLine>& lines);

    [[nodiscard]] base::Error error(std::string code, std::string sentence, std::string hint,
                                    std::string_view at) const {
        const auto offset = static_cast<std::size_t>(at.data() - text_.data());
        return {.code = std::move(code),
                .sentence = std::move(sentence),
                .hint = std::move(hint),
                .span = base::span_at(file_, text_, offset, at.size())};
    }

    std::string_view text_;
    std::string_view file_;
    graph::Revision revision_{};
    std::set<std::string, std::less<>> seen_{};
};

base::Result<graph::RevisionId> HeaderReader::id(std::string_view value) {
    const std::string fault = fault_of_id(value, revision_id_chars_max);
    if (!fault.empty()) {
        return error("HT0204", fmt::format("the revision id '{}' {}", value, fault),
                     "an id has letters, digits, _ and inner dots, and is not head, heads, base or current", value);
    }
    return graph::RevisionId(std::string(value));
}

base::Result<std::vector<graph::RevisionId>> HeaderReader::ids(std::string_view value) {
    std::vector<graph::RevisionId> list;
    if (value.empty()) return list;
    for (const auto piece : split(value, ',')) list.push_back(TRY(id(piece)));
    return list;
}

base::Result<graph::DependencyRef> HeaderReader::dependency(std::string_view value) {
    graph::DependencyRef reference;
    std::string_view name = value;
    const std::size_t colon = value.find(':');
    if (colon != std::string_view::npos) {
        const auto domain = trimmed(value.substr(0, colon));
        name = trimmed(value.substr(colon + 1));
        if (domain.empty()) {
            return error("HT0205", "a dependency names no domain before its colon", "write domain:id, or the id alone",
                         value);
        }
        reference.domain = graph::DomainName(std::string(domain));
    }
    const std::string fault = fault_of_label(name);
    if (!fault.empty()) {
        return error("HT0205", fmt::format("the dependency '{}' {}", name, fault),
                     "write ids or labels, separated by commas; one of another domain as domain:id", value);
    }
    reference.name = std::string(name);
    return reference;
}

base::Status HeaderReader::take_labels(std::string_view value) {
    if (value.empty()) return base::Done{};
    for (const auto piece : split(value, ',')) {
        const std::string fault = fault_of_label(piece);
        if (!fault.empty()) {
            return error("HT0205", fmt::format("the branch label '{}' {}", piece, fault),
                         "a label is a word such as grades or billing_v2; several are separated by commas", piece);
        }
        const graph::BranchLabel label{std::string(piece)};
        if (std::find(revision_.labels.begin(), revision_.labels.end(), label) != revision_.labels.end()) {
            return error("HT0205", fmt::format("the branch label '{}' stands twice", piece), "name it once", piece);
        }
        revision_.labels.push_back(label);
    }
    return base::Done{};
}

base::Status HeaderReader::take_phase(std::string_view value) {
    const std::string word = sql::lower(value);
    if (word == "expand") {
        revision_.phase = graph::Phase::expand;
    } else if (word == "contract") {
        revision_.phase = graph::Phase::contract;
    } else if (word == "data") {
        revision_.phase = graph::Phase::data;
    } else {
        return error("HT0205", fmt::format("'{}' is no phase", value),
                     "write expand, contract or data, or leave the line out: haetae then works it out", value);
    }
    return base::Done{};
}

base::Status HeaderReader::take(std::string_view key, std::string_view value) {
    if (key == "Revision ID") {
        if (value.empty()) {
            return error("HT0204", "the revision has no id", "write one behind Revision ID:, such as 9f3c1a7b2d4e",
                         value);
        }
        revision_.id = TRY(id(value));
    } else if (key == "Revises") {
        revision_.parents = TRY(ids(value));
    } else if (key == "Replaces") {
        revision_.replaces = TRY(ids(value));
    } else if (key == "Depends on") {
        if (value.empty()) return base::Done{};
        for (const auto piece : split(value, ',')) revision_.depends_on.push_back(TRY(dependency(piece)));
    } else if (key == "Branch labels") {
        TRY(take_labels(value));
    } else if (key == "Create Date") {
        revision_.created = std::string(value);
    } else {
        TRY(take_phase(value));
    }
    return base::Done{};
}

base::Status HeaderReader::take_line(const CommentLine& line, bool is_first) {
    const std::size_t colon = line.text.find(':');
    const auto written = colon == std::string_view::npos ? std::string_view{} : trimmed(line.text.substr(0, colon));
    const auto key = known_key(written);
    const bool is_extra = written.size() > 2 && (written.starts_with("X-") || written.starts_with("x-")) &&
                          written.find(' ') == std::string_view::npos;
    if (is_first && key.empty()) {
        revision_.message = std::string(line.text);
        return base::Done{};
    }
    if (!looks_like_key(written)) return base::Done{};
    const auto value = trimmed(line.text.substr(colon + 1));
    if (key.empty() && !is_extra) {
        const auto meant = meant_key(written);
        if (meant.empty()) return base::Done{};
        return error("HT0202", fmt::format("'{}' is not a header key; the nearest is '{}'", written, meant),
                     fmt::format("write {}: …, or reword the line if it is prose", meant), written);
    }
    if (!seen_.insert(folded(written)).second) {
        return error("HT0203", fmt::format("'{}' stands twice in the header", written),
                     "keep one; several values of a key are separated by commas", written);
    }
    if (is_extra) {
        revision_.extra.emplace_back(written, value);
        return base::Done{};
    }
    return take(key, value);
}

base::Status HeaderReader::check_complete(const std::vector<CommentLine>& lines) {
    const bool has_id = seen_.contains("revision id");
    const bool has_parent = seen_.contains("revises");
    if (has_id && has_parent) return base::Done{};
    if (!has_id && !has_parent) {
        return error("HT0201", "the file has no header that says which revision it is", std::string(example),
                     text_.substr(0, 0));
    }
    const auto last = lines.back().text;
    if (!has_id) {
        return error("HT0201", "the header has no 'Revision ID'",
                     "add the line -- Revision ID: 9f3c1a7b2d4e, with an id of its own", last);
    }
    return error("HT0201", "the header has no 'Revises'",
                 "add the line -- Revises: with the id of the revision before; it stays empty in a first revision",
                 last);
}

base::Result<graph::Revision> HeaderReader::run() {
    const auto lines = header_lines(text_).lines;
    revision_.file = std::string(file_);
    bool is_first = true;
    for (const auto& line : lines) {
        std::size_t bad = 0;
        if (!base::is_utf8(line.text, bad) || (bad = line.text.find('\0')) != std::string_view::npos) {
            return error("HT0200", "the header is not UTF-8 text", "save the file as UTF-8", line.text.substr(bad, 1));
        }
        if (line.text.empty()) continue;
        TRY(take_line(line, is_first));
        is_first = false;
    }
    TRY(check_complete(lines));
    return std::move(revision_);
}

}  // namespace

base::Result<graph::Revision> parse_header(std::string_view text, std::string_view file) {
    return HeaderReader(text, file).run();
}

std::string fault_of_id(std::string_view id, std::size_t chars_max) {
    if (id.empty()) return "is empty";
    if (id.size() > chars_max) return fmt::format("is longer than {} characters", chars_max);
    if (is_reserved(id)) return "is a word that addresses use";
    if (!std::all_of(id.begin(), id.end(), is_id_character)) return "holds a character that ids cannot have";
    if (id.front() == '.' || id.back() == '.') return "starts or ends with a dot";
    if (id.find("..") != std::string_view::npos) return "has two dots in a row";
    return {};
}

std::string fault_of_label(std::string_view label) {
    if (label.empty()) return "is empty";
    if (label.size() > revision_id_chars_max) return fmt::format("is longer than {} bytes", revision_id_chars_max);
    if (is_reserved(label)) return "is a word that addresses use";
    for (std::size_t i = 0; i < label.size(); ++i) {
        const char c = label[i];
        const bool is_letter = is_id_character(c) || static_cast<unsigned char>(c) >= 0x80;
        const bool is_inner_dash =
            c == '-' && i > 0 && i + 1 < label.size() && !(label[i + 1] >= '0' && label[i + 1] <= '9');
        if (!is_letter && !is_inner_dash) return fmt::format("cannot have the character '{}' there", c);
    }
    if (label.front() == '.' || label.back() == '.') return "starts or ends with a dot";
    if (label.find("..") != std::string_view::npos) return "has two dots in a row";
    return {};
}

}  // namespace haetae::revisions
