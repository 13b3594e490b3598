// SPDX-License-Identifier: Apache-2.0
// A column of a table, a view or a materialized view. Texts of expressions are what pg_get_expr prints with an empty
// search_path, so every name in them is qualified, brought into a form that survives being loaded again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/option.hpp"
#include "model/privilege.hpp"
#include "model/sequence.hpp"

namespace haetae::model {

enum class Identity { none, always, by_default };
enum class Generated { none, stored, virtual_ };  ///< virtual from 18 on

struct Column {
    std::string name;
    std::string type{};         ///< format_type: "character varying(40)", "public.colour[]"; SQL, quoted where needed
    QualifiedName collation{};  ///< empty = that of the type
    bool not_null = false;
    /// From 18 on a NOT NULL has a name. "" where that is a generated one, i.e. ends in "_not_null" and maybe digits:
    /// older servers have none, so only a name somebody chose is a fact.
    std::string not_null_name{};
    bool not_null_no_inherit = false;  ///< from 18 on
    bool not_null_validated = true;    ///< false: NOT NULL … NOT VALID, from 18 on
    std::string default_expression{};  ///< "" = none
    Identity identity = Identity::none;
    std::optional<Sequence> identity_sequence{};  ///< set when and only when identity is not none; its owner is ""
    Generated generated = Generated::none;
    std::string generation_expression{};
    bool local = true;                ///< declared by this table itself (attislocal)
    bool inherited = false;           ///< comes from a parent or the partitioned table (attinhcount > 0); both may hold
    std::string storage{};            ///< "PLAIN", "EXTERNAL", "EXTENDED", "MAIN"; "" = the type's own
    std::string compression{};        ///< "pglz", "lz4"; "" = the server's default
    std::optional<int> statistics{};  ///< SET STATISTICS; none = the server's default
    std::vector<Option> options{};    ///< n_distinct, n_distinct_inherited; sorted
    std::string comment{};
    Privileges privileges{};  ///< column privileges; nothing is granted by default

    bool operator==(const Column&) const = default;
};

}  // namespace haetae::model
