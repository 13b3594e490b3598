// SPDX-License-Identifier: Apache-2.0
// The tree comes as JSON (its protobuf needs a library that Debian's libpg-query-dev does not bring) and is read for
// one question: does PostgreSQL refuse this statement in a transaction block? The callers of PreventInTransactionBlock
// in PostgreSQL 13 to 18 are the list.
#include "sql/parse_tree.hpp"

#include <pg_query.h>
#include <pthread.h>

#include <nlohmann/json.hpp>

#include "sql/lexer.hpp"
#include "sql/tree_effect.hpp"

namespace haetae::sql {

namespace {

using nlohmann::json;

constexpr std::size_t stack_bytes = std::size_t{256} * 1024 * 1024;  // touched only as far as it is used

struct Job {
    std::string text{};
    std::string tree{};
    std::string error{};
};

void* run_job(void* argument) {
    auto& job = *static_cast<Job*>(argument);
    const PgQueryParseResult result = pg_query_parse(job.text.c_str());
    if (result.parse_tree != nullptr) job.tree = result.parse_tree;
    if (result.error != nullptr) job.error = result.error->message;
    pg_query_free_parse_result(result);
    return nullptr;
}

bool run_on_big_stack(Job& job) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return false;
    pthread_t thread{};
    const bool started = pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                         pthread_create(&thread, &attributes, run_job, &job) == 0;
    pthread_attr_destroy(&attributes);
    return started && pthread_join(thread, nullptr) == 0;
}

std::string text_at(const json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_boolean() && found->get<bool>();
}

/// An option's value as defGetBoolean of PostgreSQL reads it: absent value = true.
bool option_is_true(const json& element) {
    const auto argument = element.find("arg");
    if (argument == element.end()) return true;
    const std::string value = argument->dump();
    for (const char* word : {"\"true\"", "\"on\"", "\"1\"", "\"ival\":1", "\"boolval\":true"}) {
        if (lower(value).find(word) != std::string::npos) return true;
    }
    return false;
}

/// The value of the last option `name` in a list of DefElem nodes.
std::optional<bool> option(const json& statement, const char* list, std::string_view name) {
    std::optional<bool> value;
    const auto options = statement.find(list);
    if (options == statement.end()) return value;
    for (const json& item : *options) {
        const auto element = item.find("DefElem");
        if (element == item.end() || lower(text_at(*element, "defname")) != name) continue;
        value = option_is_true(*element);
    }
    return value;
}

TransactionNeed outside_if(bool condition) {
    return condition ? TransactionNeed::outside : TransactionNeed::any;
}

TransactionNeed need_of_transaction(const json& statement) {
    const std::string kind = text_at(statement, "kind");
    const bool is_savepoint =
        kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO";
    return is_savepoint ? TransactionNeed::any : TransactionNeed::control;
}

TransactionNeed need_of_reindex(const json& statement) {
    const std::string kind = text_at(statement, "kind");
    const bool is_wide =
        kind == "REINDEX_OBJECT_SCHEMA" || kind == "REINDEX_OBJECT_SYSTEM" || kind == "REINDEX_OBJECT_DATABASE";
    return outside_if(is_wide || option(statement, "params", "concurrently").value_or(false));
}

TransactionNeed need_of_alter_table(const json& statement) {
    for (const json& item : statement.value("cmds", json::array())) {
        const json command = item.value("AlterTableCmd", json::object());
        const json partition = command.value("def", json::object()).value("PartitionCmd", json::object());
        if (text_at(command, "subtype") == "AT_DetachPartition" && flag_at(partition, "concurrent")) {
            return TransactionNeed::outside;
        }
    }
    return TransactionNeed::any;
}

TransactionNeed need_of_create_subscription(const json& statement) {
    const bool connects = option(statement, "options", "connect").value_or(true);
    return outside_if(option(statement, "options", "create_slot").value_or(connects));
}

TransactionNeed need_of_alter_subscription(const json& statement) {
    const std::string kind = text_at(statement, "kind");
    if (kind == "ALTER_SUBSCRIPTION_REFRESH") return TransactionNeed::outside;
    if (kind.ends_with("_PUBLICATION")) return outside_if(option(statement, "options", "refresh").value_or(true));
    const bool alters_slot = option(statement, "options", "failover") || option(statement, "options", "two_phase");
    return outside_if(alters_slot);
}

std::optional<TransactionNeed> need_of(const std::string& node, const json& statement) {
    static constexpr std::string_view always_outside[] = {"CreatedbStmt",         "DropdbStmt",
                                                          "CreateTableSpaceStmt", "DropTableSpaceStmt",
                                                          "AlterSystemStmt",      "DropSubscriptionStmt"};
    for (const auto name : always_outside) {
        if (node == name) return TransactionNeed::outside;
    }
    if (node == "TransactionStmt") return need_of_transaction(statement);
    if (node == "VacuumStmt") return outside_if(flag_at(statement, "is_vacuumcmd"));
    if (node == "ClusterStmt") return outside_if(!statement.contains("relation"));
    if (node == "ReindexStmt") return need_of_reindex(statement);
    if (node == "IndexStmt" || node == "DropStmt") return outside_if(flag_at(statement, "concurrent"));
    if (node == "AlterTableStmt") return need_of_alter_table(statement);
    if (node == "DiscardStmt") return outside_if(text_at(statement, "target") == "DISCARD_ALL");
    if (node == "AlterDatabaseStmt") return outside_if(option(statement, "options", "tablespace").has_value());
    if (node == "CreateSubscriptionStmt") return need_of_create_subscription(statement);
    if (node == "AlterSubscriptionStmt") return need_of_alter_subscription(statement);
    return std::nullopt;
}

bool is_within_limit(std::string_view statement) {
    Lexer lexer(statement);
    std::size_t count = 0;
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
        const bool is_comment = token.kind == TokenKind::line_comment || token.kind == TokenKind::block_comment;
        // A run of operator characters is several operators to the parser: `- - -` may be written without blanks.
        if (!is_comment) count += token.kind == TokenKind::symbol ? token.end - token.begin : 1;
        if (count > parser_tokens_max) return false;
    }
    return true;
}

}  // namespace

ParsedStatement parse_statement(std::string_view statement) {
    if (!is_within_limit(statement)) return {.error = "more tokens than are given to the parser"};
    if (statement.find('\0') != std::string_view::npos) return {.error = "a NUL byte"};
    Job job{.text = std::string(statement)};
    if (!run_on_big_stack(job)) return {.error = "no thread could be started for the parser"};
    if (!job.error.empty()) return {.error = job.error};

    const json tree = json::parse(job.tree, nullptr, false);
    if (tree.is_discarded() || !tree.contains("stmts") || tree["stmts"].size() != 1) {
        return {.error = "not exactly one statement"};
    }
    const json& node = tree["stmts"][0]["stmt"];
    if (!node.is_object() || node.empty()) return {.error = "not exactly one statement"};
    const std::string name = node.begin().key();
    const json& inner = node.begin().value();
    return {.node = name, .need = need_of(name, inner), .effect = tree_effect(name, inner)};
}

}  // namespace haetae::sql
