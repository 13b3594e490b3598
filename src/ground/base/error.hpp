// SPDX-License-Identifier: Apache-2.0
// What went wrong, as a value: everything a user can cause (a wrong file, a refused statement, a dead server). Layers
// add clauses on the way up; nobody below `app` prints one. Codes are explained in docs/reference/errors/, which also
// fixes the exit code of each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/source_span.hpp"

namespace haetae::base {

struct Error {
    std::string code;      ///< "HT0203"
    std::string sentence;  ///< what happened, without a full stop at the end
    std::string hint{};      ///< what to do next; may hold several lines
    std::optional<SourceSpan> span{};
    std::string sqlstate{};  ///< five characters, where a server said it
    std::string detail{};    ///< the server's DETAIL; may quote rows, so it is for the terminal only
    std::vector<std::string> clauses{};  ///< "in revision 9f3c…", innermost first
    std::string database_state{};        ///< what the database holds now, where the run had begun

    Error&& in(std::string clause) && {
        clauses.push_back(std::move(clause));
        return std::move(*this);
    }
    Error&& at(SourceSpan where) && {
        if (!span) span = std::move(where);
        return std::move(*this);
    }
};

}  // namespace haetae::base
