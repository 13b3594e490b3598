// SPDX-License-Identifier: Apache-2.0
// The rows of a catalog query, read cell after cell: the order of a query's columns is the order of the fields they
// fill.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connect/rows.hpp"
#include "model/name.hpp"
#include "model/option.hpp"
#include "model/privilege.hpp"

namespace haetae::catalog {

using Oid = std::uint32_t;

class Answer {
 public:
    /// `torn` is set when a cell that cannot be NULL is NULL: PostgreSQL's printing functions answer so for an object
    /// that has been dropped since the snapshot.
    Answer(connect::Rows rows, bool& torn) : rows_(std::move(rows)), torn_(&torn) {}

    bool next();  ///< to the next row, at first to the first; false behind the last

    const std::string& text();  ///< NULL reads as ""
    bool flag() { return text() == "t"; }
    Oid oid();
    std::int64_t number();
    std::optional<int> optional_number();
    model::QualifiedName name();            ///< two cells: schema and name
    std::string printed();                  ///< what a printing function gave, made canonical; "" for NULL
    std::string definition();               ///< likewise, but NULL means that the object has gone
    std::vector<std::string> list();        ///< a one-dimensional array; NULL reads as empty
    std::vector<model::Option> settings();  ///< an array of "name=value", in its order
    std::vector<model::Option> options();   ///< likewise, sorted
    model::Privileges privileges(const std::string& owner);  ///< two cells: the list, and that of the kind

 private:
    connect::Rows rows_;
    bool* torn_;
    std::size_t behind_ = 0;  ///< number of the row behind the current one
    std::size_t column_ = 0;
};

/// The elements of an array as PostgreSQL writes it: {a,"b c"}.
std::vector<std::string> array_elements(const std::string& text);

}  // namespace haetae::catalog
