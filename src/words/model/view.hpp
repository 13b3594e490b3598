// SPDX-License-Identifier: Apache-2.0
// Views and materialized views. Whether a materialized view is populated is a matter of its data and not read.
#pragma once

#include <string>
#include <vector>

#include "model/column.hpp"
#include "model/index.hpp"
#include "model/name.hpp"
#include "model/option.hpp"
#include "model/privilege.hpp"
#include "model/rule.hpp"
#include "model/trigger.hpp"

namespace haetae::model {

struct View {
    QualifiedName name;
    std::vector<Option> options{};  ///< security_barrier, security_invoker, check_option=local|cascaded; sorted
    std::string definition{};       ///< pg_get_viewdef with an empty search_path, without the semicolon
    std::vector<Column> columns{};  ///< name, type, collation, default_expression, comment, privileges
    std::vector<Trigger> triggers{};
    std::vector<Rule> rules{};
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const View&) const = default;
};

struct MaterializedView {
    QualifiedName name;
    std::string access_method = "heap";
    std::string tablespace{};  ///< "" = the database's default
    std::vector<Option> options{};
    std::string definition{};
    std::vector<Column> columns{};  ///< as of a view; storage, compression, statistics and options too
    std::vector<Index> indexes{};
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const MaterializedView&) const = default;
};

}  // namespace haetae::model
