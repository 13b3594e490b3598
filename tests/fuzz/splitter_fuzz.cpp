// SPDX-License-Identifier: Apache-2.0
// Any bytes through the splitter and everything that reads a statement. What must hold: spans lie in order inside the
// text, a statement cut again is itself, and for texts that libpg_query reads without complaint both cut alike.
#include <pg_query.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "sql/lexer.hpp"
#include "sql/secrets.hpp"
#include "sql/splitter.hpp"
#include "sql/statement.hpp"

using namespace haetae;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

bool is_marker(std::string_view comment) {
    return comment.starts_with("-- migrate:");
}

std::vector<std::string> canonical(const sql::Scan& scan, std::string_view text) {
    std::vector<std::string> list;
    for (const auto& span : scan.statements)
        list.push_back(sql::canonical_text(text.substr(span.begin, span.end - span.begin)));
    return list;
}

void compare_with_pg_query(const sql::Scan& scan, const std::string& text) {
    const PgQueryParseResult parsed = pg_query_parse(text.c_str());
    const bool is_valid = parsed.error == nullptr;
    pg_query_free_parse_result(parsed);
    if (!is_valid) return;
    const PgQuerySplitResult result = pg_query_split_with_parser(text.c_str());
    std::vector<std::string> theirs;
    for (int i = 0; i < result.n_stmts; ++i) {
        const auto* statement = result.stmts[i];
        theirs.push_back(sql::canonical_text(text.substr(static_cast<std::size_t>(statement->stmt_location),
                                                         static_cast<std::size_t>(statement->stmt_len))));
    }
    const bool was_split = result.error == nullptr;
    pg_query_free_split_result(result);
    require(!was_split || canonical(scan, text) == theirs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    (void)sql::mask_secrets(text);
    const auto scan = sql::scan(text, "f.sql", is_marker);
    if (!scan) {
        require(scan.error().span.has_value());
        return 0;
    }
    std::size_t at = 0;
    for (const auto& span : scan->statements) {
        require(span.begin >= at && span.begin < span.end && span.end <= text.size());
        at = span.end;
        const std::string statement = text.substr(span.begin, span.end - span.begin);
        const auto again = sql::scan(statement, "f.sql");
        require(again.ok() && again->statements.size() == 1 && again->statements[0].end == statement.size());
        (void)sql::facts_of(statement);
    }
    const auto unbounded = sql::scan(text, "f.sql");
    if (size < 2000 && unbounded.ok() && !text.starts_with("\xEF\xBB\xBF")) compare_with_pg_query(*unbounded, text);
    return 0;
}
