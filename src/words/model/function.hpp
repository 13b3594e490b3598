// SPDX-License-Identifier: Apache-2.0
// Functions (window functions among them) and procedures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/option.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

enum class FunctionKind { function, procedure, window };
enum class Volatility { volatile_, stable, immutable };
enum class ParallelSafety { unsafe, restricted, safe };

struct Function {
    RoutineName name;
    FunctionKind kind = FunctionKind::function;
    /// pg_get_function_arguments: "a integer, OUT b text, VARIADIC c integer[] DEFAULT '{}'::integer[]". In all
    /// versions as from 14 on: a procedure's input arguments carry IN.
    std::string arguments{};
    std::string result{};  ///< pg_get_function_result: "SETOF text", "TABLE(a integer)"; "" for a procedure
    std::string language{};
    /// The source text (goes between quotes). For SQL-standard bodies (BEGIN ATOMIC or RETURN, from 14 on): SQL that
    /// stands as it is. For C: the symbol.
    std::string body{};
    bool sql_standard_body = false;
    std::string library{};  ///< of a C function: the file (AS 'library', 'symbol')
    Volatility volatility = Volatility::volatile_;
    ParallelSafety parallel = ParallelSafety::unsafe;
    bool strict = false;
    bool security_definer = false;
    bool leakproof = false;
    /// As SQL takes them; "" = the default (1 for C and internal, else 100; 1000 rows for a set).
    std::string cost{};
    std::string rows{};
    std::string support{};                  ///< SUPPORT function, as SQL; "" = none
    std::vector<std::string> transforms{};  ///< TRANSFORM FOR TYPE …, as SQL, in their order
    /// SET name TO value. The value of a list setting (search_path and others) is a list of quoted names already and
    /// goes into SQL as it is; every other is a plain text to be quoted. In their order.
    std::vector<Option> settings{};
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const Function&) const = default;
};

}  // namespace haetae::model
