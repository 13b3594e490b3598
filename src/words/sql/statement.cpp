// SPDX-License-Identifier: Apache-2.0
// Two judges: the leading words, which are certain of almost every statement and cost nanoseconds, and the parse tree
// for the few families whose form decides. The words answer for those too when there is no tree, and then rather say
// `outside` than send a statement where the server refuses it.
#include "sql/statement.hpp"

#include "sql/kind.hpp"
#include "sql/leading_words.hpp"
#include "sql/parse_tree.hpp"

namespace haetae::sql {

namespace {

struct Verdict {
    TransactionNeed need = TransactionNeed::any;
    bool certain = true;  ///< false: the tree knows better
};

constexpr Verdict certainly_any{};
constexpr Verdict certainly_control{TransactionNeed::control, true};
constexpr Verdict probably_outside{TransactionNeed::outside, false};
constexpr Verdict probably_any{TransactionNeed::any, false};

bool has(LeadingWords& words, std::string_view word) {
    return words.find(word) != LeadingWords::npos;
}

Verdict judge_create_or_drop(LeadingWords& words) {
    const std::size_t object = words.is(1, "unique") ? 2 : 1;
    for (const std::string_view word : {"database", "tablespace", "subscription"}) {
        if (words.is(object, word)) return probably_outside;
    }
    const bool builds = words.is(object, "index") && words.is(object + 1, "concurrently");
    return builds ? probably_outside : certainly_any;
}

Verdict judge_alter(LeadingWords& words) {
    if (words.is(1, "system")) return probably_outside;
    if (words.is(1, "database"))
        return words.is(3, "set") && words.is(4, "tablespace") ? probably_outside : certainly_any;
    if (words.is(1, "subscription")) {
        const bool changes_slots = has(words, "publication") || has(words, "refresh");
        return changes_slots ? probably_outside : probably_any;
    }
    if (!words.is(1, "table")) return certainly_any;
    const std::size_t detach = words.find("detach");
    const bool concurrently = detach != LeadingWords::npos && words.find("concurrently", detach) != LeadingWords::npos;
    return concurrently ? probably_outside : certainly_any;
}

Verdict judge_reindex(LeadingWords& words) {
    std::size_t object = 1;
    words.skip_parentheses(object);
    for (const std::string_view word : {"schema", "database", "system"}) {
        if (words.is(object, word)) return probably_outside;
    }
    const bool concurrently = words.is(object + 1, "concurrently");
    const bool with_options = object > 1;
    return concurrently || with_options ? probably_outside : certainly_any;
}

Verdict judge_cluster(LeadingWords& words) {
    std::size_t table = 1;
    words.skip_parentheses(table);
    if (words.is(table, "verbose")) ++table;
    return words.is_end(table) ? probably_outside : certainly_any;
}

Verdict judge_rollback(LeadingWords& words) {
    const std::size_t next = words.is(1, "work") || words.is(1, "transaction") ? 2 : 1;
    return words.is(next, "to") ? certainly_any : certainly_control;
}

Verdict judge(LeadingWords& words) {
    for (const std::string_view word : {"begin", "start", "commit", "end", "abort"}) {
        if (words.is(0, word)) return certainly_control;
    }
    if (words.is(0, "rollback")) return judge_rollback(words);
    if (words.is(0, "prepare")) return words.is(1, "transaction") ? certainly_control : certainly_any;
    if (words.is(0, "create") || words.is(0, "drop")) return judge_create_or_drop(words);
    if (words.is(0, "alter")) return judge_alter(words);
    if (words.is(0, "vacuum")) return probably_outside;
    if (words.is(0, "reindex")) return judge_reindex(words);
    if (words.is(0, "cluster")) return judge_cluster(words);
    if (words.is(0, "discard")) return words.is(1, "all") ? probably_outside : certainly_any;
    return is_known_command(words) ? certainly_any : probably_any;
}

/// Skips IF [NOT] EXISTS at `index`.
bool skip_if_exists(LeadingWords& words, std::size_t& index) {
    if (!words.is(index, "if")) return false;
    const std::size_t exists = words.is(index + 1, "not") ? index + 2 : index + 1;
    if (!words.is(exists, "exists")) return false;
    index = exists + 1;
    return true;
}

struct CreateIndex {
    IndexBuild build;
    std::size_t behind_table = 0;  ///< the token behind the table's name
};

CreateIndex read_create_index(LeadingWords& words) {
    IndexBuild build;
    std::size_t i = words.is(1, "unique") ? 3 : 2;
    if (words.is(i, "concurrently")) ++i;
    build.if_exists = skip_if_exists(words, i);
    if (!words.is(i, "on")) build.name = words.qualified_name(i).name;
    if (words.is(i, "on")) ++i;
    if (words.is(i, "only")) ++i;
    auto table = words.qualified_name(i);
    build.schema = std::move(table.schema);
    build.table = std::move(table.name);
    return {.build = std::move(build), .behind_table = i};
}

std::optional<IndexBuild> index_build_of(LeadingWords& words) {
    using Action = IndexBuild::Action;
    if (words.is(0, "reindex")) {
        std::size_t i = 1;
        words.skip_parentheses(i);
        const std::size_t object = i++;
        if (words.is(i, "concurrently")) ++i;
        const auto found = words.qualified_name(i);
        if (words.is(object, "index")) return IndexBuild{Action::reindex_index, found.schema, found.name, "", false};
        if (words.is(object, "table")) return IndexBuild{Action::reindex_table, found.schema, "", found.name, false};
        return IndexBuild{Action::reindex_wider, found.name, "", "", false};
    }
    const std::size_t object = words.is(1, "unique") ? 2 : 1;
    if (!words.is(object, "index") || !words.is(object + 1, "concurrently")) return std::nullopt;
    if (words.is(0, "create")) return read_create_index(words).build;
    std::size_t i = object + 2;
    const bool if_exists = skip_if_exists(words, i);
    const auto found = words.qualified_name(i);
    return IndexBuild{Action::drop, found.schema, found.name, "", if_exists};
}

std::optional<PartitionDetach> detach_of(LeadingWords& words) {
    std::size_t i = 2;
    if (!words.is(0, "alter") || !words.is(1, "table")) return std::nullopt;
    skip_if_exists(words, i);
    if (words.is(i, "only")) ++i;
    auto table = words.qualified_name(i);
    if (!words.is(i, "detach") || !words.is(i + 1, "partition")) return std::nullopt;
    i += 2;
    auto partition = words.qualified_name(i);
    return PartitionDetach{.schema = std::move(table.schema),
                           .table = std::move(table.name),
                           .partition_schema = std::move(partition.schema),
                           .partition = std::move(partition.name)};
}

void read_schemas(LeadingWords& words, StatementFacts& facts) {
    if (!words.is(1, "schema")) return;
    std::size_t i = 2;
    const bool if_exists = skip_if_exists(words, i);
    if (words.is(0, "create") && !if_exists) {
        if (words.is(i, "authorization")) {
            ++i;
            for (const std::string_view role : {"current_user", "current_role", "session_user"}) {
                if (words.is(i, role)) return;  // named after whoever runs it
            }
        }
        facts.creates_schemas.push_back(words.qualified_name(i).name);
    }
    while (words.is(0, "drop")) {
        facts.drops_schemas.push_back(words.qualified_name(i).name);
        if (!words.is_symbol(i, ',')) break;
        ++i;
    }
}

/// True when every command of an ALTER TABLE is VALIDATE CONSTRAINT.
bool only_validates(LeadingWords& words) {
    std::size_t i = 2;
    if (!words.is(0, "alter") || !words.is(1, "table")) return false;
    skip_if_exists(words, i);
    if (words.is(i, "only")) ++i;
    words.qualified_name(i);
    if (words.is_symbol(i, '*')) ++i;
    while (words.is(i, "validate") && words.is(i + 1, "constraint")) {
        i += 2;
        words.qualified_name(i);
        if (words.is_end(i)) return true;
        if (!words.is_symbol(i, ',')) return false;
        ++i;
    }
    return false;
}

}  // namespace

StatementFacts facts_of(std::string_view statement) {
    LeadingWords words(statement);
    StatementFacts facts;
    facts.kind = kind_of(words);
    const Verdict verdict = judge(words);
    facts.need = verdict.need;
    if (!verdict.certain) {
        auto parsed = parse_statement(statement);
        facts.parsed = parsed.error.empty();
        facts.parse_error = std::move(parsed.error);
        if (parsed.need) facts.need = *parsed.need;
    }
    if (words.is(0, "create") || words.is(0, "drop")) read_schemas(words, facts);
    if (words.is(0, "copy")) {
        const std::size_t from = words.find("from");
        facts.copies_from_stdin = from != LeadingWords::npos && words.is(from + 1, "stdin");
    }
    facts.validates = only_validates(words);
    if (facts.need == TransactionNeed::outside) {
        facts.index_build = index_build_of(words);
        facts.detach = detach_of(words);
    }
    return facts;
}

std::string index_definition_on(std::string_view create_index, std::string_view table) {
    LeadingWords words(create_index);
    const auto& behind_table = words.at(read_create_index(words).behind_table);
    std::string sql = words.is(1, "unique") ? "CREATE UNIQUE INDEX ON " : "CREATE INDEX ON ";
    return sql.append(table).append(" ").append(create_index.substr(behind_table.begin));
}

}  // namespace haetae::sql
