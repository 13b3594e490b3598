// SPDX-License-Identifier: Apache-2.0
// The words that may stand between CREATE and the object's kind are skipped; kinds of two or three words are a table.
#include "sql/kind.hpp"

#include <algorithm>
#include <string_view>

namespace haetae::sql {

namespace {

// The manual's part VI, "SQL Commands", by first word; sorted.
constexpr std::string_view commands[] = {
    "abort",  "alter",    "analyze",  "begin",      "call",     "checkpoint", "close",   "cluster", "comment",
    "commit", "copy",     "create",   "deallocate", "declare",  "delete",     "discard", "do",      "drop",
    "end",    "execute",  "explain",  "fetch",      "grant",    "import",     "insert",  "listen",  "load",
    "lock",   "merge",    "move",     "notify",     "prepare",  "reassign",   "refresh", "reindex", "release",
    "reset",  "revoke",   "rollback", "savepoint",  "security", "select",     "set",     "show",    "start",
    "table",  "truncate", "unlisten", "update",     "vacuum",   "values",     "with"};

constexpr std::string_view modifiers[] = {"or",       "replace", "global",    "local",   "temp",       "temporary",
                                          "unlogged", "unique",  "recursive", "trusted", "procedural", "constraint"};

struct Pair {
    std::string_view first;
    std::string_view second;
};
constexpr Pair pairs[] = {{"materialized", "view"}, {"foreign", "table"},     {"foreign", "data"},
                          {"event", "trigger"},     {"access", "method"},     {"text", "search"},
                          {"user", "mapping"},      {"operator", "class"},    {"operator", "family"},
                          {"large", "object"},      {"default", "privileges"}};

std::string object_kind(LeadingWords& words) {
    std::size_t i = 1;
    const auto is_modifier = [&](std::size_t at) {
        return std::any_of(std::begin(modifiers), std::end(modifiers), [&](auto word) { return words.is(at, word); });
    };
    while (is_modifier(i)) ++i;
    if (words.is(i, "default") && words.is(i + 1, "conversion")) ++i;
    std::string kind = words.shown(0) + " " + words.shown(i);
    for (const auto& pair : pairs) {
        if (!words.is(i, pair.first) || !words.is(i + 1, pair.second)) continue;
        kind += " " + words.shown(i + 1);
        const bool has_third = pair.second == "data" || pair.second == "search";
        if (has_third) kind += " " + words.shown(i + 2);
    }
    if (words.is(i, "index") && words.is(i + 1, "concurrently")) kind += " CONCURRENTLY";
    if (words.is(i, "table") && words.is(0, "alter")) {
        const std::size_t detach = words.find("detach", i);
        if (detach != LeadingWords::npos && words.find("concurrently", detach) != LeadingWords::npos) {
            kind += " DETACH PARTITION CONCURRENTLY";
        }
    }
    return kind;
}

std::string transaction_kind(LeadingWords& words) {
    std::string kind = words.shown(0);
    if (words.is(0, "start")) return kind + " TRANSACTION";
    if (words.is(0, "prepare")) return words.is(1, "transaction") ? "PREPARE TRANSACTION" : kind;
    if (words.is(1, "prepared")) return kind + " PREPARED";
    const std::size_t next = words.is(1, "work") || words.is(1, "transaction") ? 2 : 1;
    if (words.is(next, "to")) return kind + " TO SAVEPOINT";
    if (words.is(next, "and") && words.is(next + 1, "chain")) return kind + " AND CHAIN";
    return kind;
}

}  // namespace

bool is_known_command(LeadingWords& words) {
    if (words.is_symbol(0, '(')) return true;  // (SELECT …) UNION …
    return std::any_of(std::begin(commands), std::end(commands), [&](auto word) { return words.is(0, word); });
}

std::string kind_of(LeadingWords& words) {
    if (words.is(0, "create") || words.is(0, "alter") || words.is(0, "drop")) return object_kind(words);
    for (const std::string_view word : {"start", "prepare", "commit", "rollback", "end", "abort"}) {
        if (words.is(0, word)) return transaction_kind(words);
    }
    if (words.is_symbol(0, '(')) return "SELECT";
    std::string kind = words.shown(0);
    if (words.is(0, "discard") || words.is(0, "reassign") || words.is(0, "release") || words.is(0, "security")) {
        kind += " " + words.shown(1);
    }
    if (words.is(0, "refresh")) kind += " MATERIALIZED VIEW";
    if (words.is(0, "import")) kind += " FOREIGN SCHEMA";
    if (words.is(0, "reindex")) {
        std::size_t i = 1;
        words.skip_parentheses(i);
        kind += " " + words.shown(i);
        bool by_option = false;
        for (std::size_t k = 2; k + 1 < i; ++k) {
            const bool is_off = words.is(k + 1, "false") || words.is(k + 1, "off");
            by_option = by_option || (words.is(k, "concurrently") && !is_off);
        }
        if (by_option || words.is(i + 1, "concurrently")) kind += " CONCURRENTLY";
    }
    return kind;
}

}  // namespace haetae::sql
