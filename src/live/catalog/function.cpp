// SPDX-License-Identifier: Apache-2.0
// Functions and procedures. Bodies in SQL-standard form exist from 14 on, and from then on a procedure's input
// arguments are printed with IN; 13 is made to say so too, as far as its arguments have names or no modes.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT p.oid, n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes), p.prokind,
       {arguments}, pg_catalog.pg_get_function_result(p.oid), l.lanname,
       {has_body}, {body}, p.prosrc, p.probin, p.provolatile, p.proparallel, p.proisstrict, p.prosecdef,
       p.proleakproof,
       CASE WHEN p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END THEN p.procost END,
       CASE WHEN p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END THEN p.prorows END,
       CASE WHEN p.prosupport <> 0 THEN p.prosupport::pg_catalog.text END,
       ARRAY(SELECT pg_catalog.format_type(t, NULL)
             FROM pg_catalog.unnest(p.protrftypes) WITH ORDINALITY AS u(t, place) ORDER BY place),
       p.proconfig,
       pg_catalog.pg_get_userbyid(p.proowner), p.proacl, pg_catalog.acldefault('f', p.proowner)
FROM scope, pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
WHERE p.prokind <> 'a' AND p.pronamespace = ANY (scope.schemas) AND p.oid NOT IN ({members})
ORDER BY n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes) COLLATE "C")";

constexpr Part has_sql_body{.name = "has_body", .since = 140000, .text = "p.prosqlbody IS NOT NULL", .before = "false"};
constexpr Part sql_body{
    .name = "body", .since = 140000, .text = "pg_catalog.pg_get_function_sqlbody(p.oid)", .before = "NULL"};
constexpr Part arguments{.name = "arguments",
                         .since = 140000,
                         .text = "pg_catalog.pg_get_function_arguments(p.oid)",
                         .before = R"(CASE WHEN p.prokind = 'p' AND p.pronargs > 0 THEN
  (SELECT pg_catalog.string_agg(
            CASE p.proargmodes[place] WHEN 'b' THEN 'INOUT ' WHEN 'v' THEN 'VARIADIC ' ELSE 'IN ' END ||
            coalesce(nullif(pg_catalog.quote_ident(p.proargnames[place]), '""') || ' ', '') ||
            pg_catalog.format_type(t, NULL) ||
            coalesce(' DEFAULT ' || pg_catalog.pg_get_function_arg_default(p.oid, place::integer), ''),
            ', ' ORDER BY place)
   FROM pg_catalog.unnest(p.proargtypes::pg_catalog.oid[]) WITH ORDINALITY AS u(t, place))
  ELSE pg_catalog.pg_get_function_arguments(p.oid) END)"};

model::FunctionKind kind(const std::string& letter) {
    if (letter == "p") return model::FunctionKind::procedure;
    return letter == "w" ? model::FunctionKind::window : model::FunctionKind::function;
}

model::Volatility volatility(const std::string& letter) {
    if (letter == "i") return model::Volatility::immutable;
    return letter == "s" ? model::Volatility::stable : model::Volatility::volatile_;
}

model::ParallelSafety parallel_safety(const std::string& letter) {
    if (letter == "s") return model::ParallelSafety::safe;
    return letter == "r" ? model::ParallelSafety::restricted : model::ParallelSafety::unsafe;
}

model::Function take_function(Answer& answer) {
    model::Function function;
    function.name.schema = answer.text();
    function.name.name = answer.text();
    function.name.argument_types = answer.text();
    function.kind = kind(answer.text());
    function.arguments = answer.definition();
    function.result = answer.text();
    function.language = answer.text();
    function.sql_standard_body = answer.flag();
    auto body = function.sql_standard_body ? answer.definition() : answer.text();
    auto source = answer.text();
    function.body = function.sql_standard_body ? std::move(body) : std::move(source);
    function.library = answer.text();
    function.volatility = volatility(answer.text());
    function.parallel = parallel_safety(answer.text());
    function.strict = answer.flag();
    function.security_definer = answer.flag();
    function.leakproof = answer.flag();
    function.cost = answer.text();
    function.rows = answer.text();
    function.support = answer.text();
    function.transforms = answer.list();
    function.settings = answer.settings();
    return function;
}

}  // namespace

base::Status read_functions(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::function, {arguments, has_sql_body, sql_body}));
    while (answer.next()) {
        const Address address{.of = Class::function, .oid = answer.oid()};
        auto function = take_function(answer);
        scope.belongings(function, answer, address);
        scope.names.emplace(address, model::ObjectName{model::ObjectKind::function, function.name.schema,
                                                       function.name.name, function.name.argument_types});
        scope.database.functions.push_back(std::move(function));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
