// SPDX-License-Identifier: Apache-2.0
// Facts of functions, procedures and aggregates.
#include "model/fact_list.hpp"

namespace haetae::model {

namespace {

std::string readable_routine(const RoutineName& name) {
    return readable(QualifiedName{name.schema, name.name}) + "(" + name.argument_types + ")";
}

std::string_view words(FunctionKind kind) {
    switch (kind) {
        case FunctionKind::function:
            return "function";
        case FunctionKind::procedure:
            return "procedure";
        case FunctionKind::window:
            return "window function";
    }
    return "";
}

std::string_view words(Volatility volatility) {
    switch (volatility) {
        case Volatility::volatile_:
            return "volatile";
        case Volatility::stable:
            return "stable";
        case Volatility::immutable:
            return "immutable";
    }
    return "";
}

std::string_view words(ParallelSafety safety) {
    switch (safety) {
        case ParallelSafety::unsafe:
            return "unsafe";
        case ParallelSafety::restricted:
            return "restricted";
        case ParallelSafety::safe:
            return "safe";
    }
    return "";
}

}  // namespace

void add_facts(std::vector<Fact>& facts, const Function& function) {
    ObjectFacts out(facts, std::string(words(function.kind)) + " " + readable_routine(function.name));
    out.text("arguments", function.arguments);
    out.text("result", function.result);
    out.text("language", function.language);
    out.text(function.sql_standard_body ? "sql body" : "body", function.body);
    out.text("library", function.library);
    out.say("volatility", std::string(words(function.volatility)));
    out.say("parallel", std::string(words(function.parallel)));
    out.flag("strict", function.strict);
    out.flag("security definer", function.security_definer);
    out.flag("leakproof", function.leakproof);
    out.text("cost", function.cost);
    out.text("rows", function.rows);
    out.text("support", function.support);
    std::string transforms;
    for (const auto& type : function.transforms) transforms += (transforms.empty() ? "" : ", ") + type;
    out.text("transforms", transforms);
    out.options("setting", function.settings);
    out.belongings(function);
}

void add_facts(std::vector<Fact>& facts, const Aggregate& aggregate) {
    ObjectFacts out(facts, "aggregate " + readable_routine(aggregate.name));
    out.text("arguments", aggregate.arguments);
    for (const auto& clause : aggregate.clauses) out.say(clause.name, clause.value);
    out.belongings(aggregate);
}

}  // namespace haetae::model
