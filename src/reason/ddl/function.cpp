// SPDX-License-Identifier: Apache-2.0
// Functions, window functions and procedures. Whatever stands at its default is not said.
#include <algorithm>
#include <array>

#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"
#include "model/quoted.hpp"
#include "pg/identifier.hpp"

namespace haetae::ddl {

namespace {

/// Settings whose value is a list of names, quoted already (GUC_LIST_QUOTE in guc_tables.c).
bool is_list(const std::string& setting) {
    constexpr std::array<std::string_view, 6> lists{"local_preload_libraries",   "search_path",
                                                    "session_preload_libraries", "shared_preload_libraries",
                                                    "temp_tablespaces",          "unix_socket_directories"};
    return std::find(lists.begin(), lists.end(), setting) != lists.end();
}

std::string setting_text(const model::Option& setting) {
    // A name with dots in it is of an extension: each part is a word of its own.
    std::string name;
    for (std::size_t begin = 0; begin <= setting.name.size();) {
        const auto end = std::min(setting.name.find('.', begin), setting.name.size());
        name += (begin == 0 ? "" : ".") + spelled(setting.name.substr(begin, end - begin));
        begin = end + 1;
    }
    return "SET " + name + " TO " + (is_list(setting.name) ? setting.value : pg::literal(setting.value));
}

std::string transforms_text(const std::vector<std::string>& types) {
    std::vector<std::string> texts;
    texts.reserve(types.size());
    for (const auto& type : types) texts.push_back("FOR TYPE " + type);
    return "TRANSFORM " + joined(texts, ", ");
}

/// Everything between the language and the body that is said at all, in the manual's order.
std::vector<std::string> attributes(const model::Function& function) {
    std::vector<std::string> texts;
    const auto say = [&texts](bool said, std::string text) {
        if (said) texts.push_back(std::move(text));
    };
    if (!function.transforms.empty()) texts.push_back(transforms_text(function.transforms));
    say(function.kind == model::FunctionKind::window, "WINDOW");
    say(function.volatility == model::Volatility::immutable, "IMMUTABLE");
    say(function.volatility == model::Volatility::stable, "STABLE");
    say(function.leakproof, "LEAKPROOF");
    say(function.strict, "STRICT");
    say(function.security_definer, "SECURITY DEFINER");
    say(function.parallel == model::ParallelSafety::safe, "PARALLEL SAFE");
    say(function.parallel == model::ParallelSafety::restricted, "PARALLEL RESTRICTED");
    say(!function.cost.empty(), "COST " + function.cost);
    say(!function.rows.empty(), "ROWS " + function.rows);
    say(!function.support.empty(), "SUPPORT " + function.support);
    for (const auto& setting : function.settings) texts.push_back(setting_text(setting));
    return texts;
}

std::string body_text(const model::Function& function) {
    if (function.sql_standard_body) return function.body;
    if (!function.library.empty()) return "AS " + pg::literal(function.library) + ", " + pg::literal(function.body);
    return "AS " + dollar_quoted(function.body);
}

std::string signature(const model::Function& function, const std::string& arguments) {
    const bool is_procedure = function.kind == model::FunctionKind::procedure;
    return std::string(is_procedure ? "PROCEDURE " : "FUNCTION ") +
           spelled(model::QualifiedName{function.name.schema, function.name.name}) + "(" + arguments + ")" +
           (function.result.empty() ? "" : "\n    RETURNS " + function.result);
}

std::string whole_text(const model::Function& function) {
    std::string text = signature(function, function.arguments) + "\n    LANGUAGE " + spelled(function.language);
    for (const auto& attribute : attributes(function)) text += " " + attribute;
    return text + "\n" + body_text(function);
}

/// Arguments without their defaults, which CREATE OR REPLACE may add.
std::string without_defaults(std::string arguments) {
    constexpr std::string_view word = " DEFAULT ";
    for (auto at = model::find_outside_quotes(arguments, word); at != std::string::npos;
         at = model::find_outside_quotes(arguments, word, at)) {
        const auto end = std::min(model::find_outside_brackets(arguments, ",", at), arguments.size());
        arguments.erase(at, end - at);
    }
    return arguments;
}

/// A function of that signature, which is never run. With check_function_bodies off nobody looks into it.
Creation stand_in(const model::Function& function, const Creation& creation) {
    Creation early = creation;
    early.stand_in = true;
    early.statements = {"CREATE " + signature(function, without_defaults(function.arguments)) + "\n    LANGUAGE sql" +
                        (function.kind == model::FunctionKind::window ? " WINDOW" : "") + "\nAS $$$$"};
    return early;
}

}  // namespace

Creations create_function(const model::Function& function, const Style& style, const Apart& apart) {
    const bool is_procedure = function.kind == model::FunctionKind::procedure;
    const auto name = (is_procedure ? "PROCEDURE " : "FUNCTION ") + spelled(function.name);
    Creation creation{.object = {.kind = model::ObjectKind::function,
                                 .schema = function.name.schema,
                                 .name = function.name.name,
                                 .part = function.name.argument_types},
                      .rank = Rank::function,
                      .group = group_of({function.name.schema, function.name.name})};
    Creations creations;
    const bool is_apart = apart.count(creation.object) > 0;
    if (is_apart) {
        creations.push_back(stand_in(function, creation));
        creation.needs = {creation.object};
    }
    creation.statements.push_back((is_apart ? "CREATE OR REPLACE " : "CREATE ") + whole_text(function));
    add_belongings(creation.statements, style, {.alter = name}, function);
    creations.push_back(creation);
    return creations;
}

}  // namespace haetae::ddl
