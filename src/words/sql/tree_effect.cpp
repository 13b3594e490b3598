// SPDX-License-Identifier: Apache-2.0
// Lists of what is harmless; everything else takes. Node and subtype names are those of PostgreSQL's
// nodes/parsenodes.h.
#include "sql/tree_effect.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace haetae::sql {

namespace {

using nlohmann::json;

constexpr std::string_view nodes_that_add[] = {"CreateStmt",
                                               "CreateTableAsStmt",
                                               "CreateSchemaStmt",
                                               "CreateSeqStmt",
                                               "AlterSeqStmt",
                                               "CreateEnumStmt",
                                               "CompositeTypeStmt",
                                               "CreateDomainStmt",
                                               "CreateRangeStmt",
                                               "DefineStmt",
                                               "CreateExtensionStmt",
                                               "CreateFunctionStmt",
                                               "CreateTrigStmt",
                                               "CreateStatsStmt",
                                               "CreatePublicationStmt",
                                               "CreateForeignTableStmt",
                                               "CreateFdwStmt",
                                               "CreateForeignServerStmt",
                                               "CreateUserMappingStmt",
                                               "ImportForeignSchemaStmt",
                                               "CreateCastStmt",
                                               "CreateConversionStmt",
                                               "CreateOpClassStmt",
                                               "CreateOpFamilyStmt",
                                               "CreateRoleStmt",
                                               "IndexStmt",
                                               "ViewStmt",
                                               "CommentStmt",
                                               "SecLabelStmt",
                                               "VacuumStmt",
                                               "ReindexStmt",
                                               "ClusterStmt",
                                               "RefreshMatViewStmt",
                                               "LockStmt",
                                               "VariableSetStmt",
                                               "VariableShowStmt",
                                               "TransactionStmt",
                                               "NotifyStmt",
                                               "ConstraintsSetStmt",
                                               "CheckPointStmt"};

constexpr std::string_view nodes_of_data[] = {"InsertStmt", "UpdateStmt", "DeleteStmt",
                                              "MergeStmt",  "SelectStmt", "CopyStmt"};

// A constraint that is added binds old code too, but breaks it only where it would have written what nobody wants.
constexpr std::string_view alterations_that_add[] = {
    "AT_AddConstraint", "AT_AddIndexConstraint", "AT_ValidateConstraint", "AT_AttachPartition", "AT_DropNotNull",
    "AT_SetStatistics", "AT_SetOptions",         "AT_ResetOptions",       "AT_SetStorage",      "AT_SetCompression",
    "AT_SetRelOptions", "AT_ResetRelOptions",    "AT_ReplicaIdentity",    "AT_ClusterOn",       "AT_DropCluster",
    "AT_AddIdentity",   "AT_EnableTrig",         "AT_EnableAlwaysTrig"};

bool is_among(std::string_view name, const auto& list) {
    return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

std::string text_at(const json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const json& node, const char* key) {
    const auto found = node.find(key);
    return found != node.end() && found->is_boolean() && found->get<bool>();
}

Effect adds_if(bool condition) {
    return condition ? Effect::adds : Effect::takes;
}

/// A column that old INSERTs, which do not name it, can leave out.
bool has_a_value_of_its_own(const json& command) {
    const json column = command.value("def", json::object()).value("ColumnDef", json::object());
    bool needs_value = false;
    bool has_value = false;
    for (const json& item : column.value("constraints", json::array())) {
        const auto kind = text_at(item.value("Constraint", json::object()), "contype");
        needs_value = needs_value || kind == "CONSTR_NOTNULL" || kind == "CONSTR_PRIMARY";
        has_value = has_value || kind == "CONSTR_DEFAULT" || kind == "CONSTR_IDENTITY" || kind == "CONSTR_GENERATED";
    }
    // serial stands for NOT NULL with a default of its own.
    const auto names = column.value("typeName", json::object()).value("names", json::array());
    const auto type = names.empty() ? std::string() : names.back().dump();
    return has_value || !needs_value || type.find("serial") != std::string::npos;
}

Effect effect_of_alter_table(const json& statement) {
    const json commands = statement.value("cmds", json::array());
    const bool all_add = std::all_of(commands.begin(), commands.end(), [](const json& item) {
        const json command = item.value("AlterTableCmd", json::object());
        const auto subtype = text_at(command, "subtype");
        if (subtype == "AT_AddColumn") return has_a_value_of_its_own(command);
        if (subtype == "AT_ColumnDefault") return command.contains("def");  // DROP DEFAULT has none
        return is_among(subtype, alterations_that_add);
    });
    return adds_if(all_add && !commands.empty());
}

}  // namespace

Effect tree_effect(const std::string& node, const json& statement) {
    if (is_among(node, nodes_that_add)) return Effect::adds;
    if (is_among(node, nodes_of_data)) return Effect::data;
    if (node == "AlterTableStmt") return effect_of_alter_table(statement);
    if (node == "GrantStmt" || node == "GrantRoleStmt") return adds_if(flag_at(statement, "is_grant"));
    if (node == "AlterDefaultPrivilegesStmt") {
        return adds_if(flag_at(statement.value("action", json::object()), "is_grant"));
    }
    if (node == "AlterEnumStmt") return adds_if(text_at(statement, "oldVal").empty());  // else RENAME VALUE
    return Effect::takes;
}

}  // namespace haetae::sql
