// SPDX-License-Identifier: Apache-2.0
// An index of a table or a materialized view, including those behind constraints.
#pragma once

#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/option.hpp"

namespace haetae::model {

/// ALTER INDEX … ALTER COLUMN number SET STATISTICS target.
struct IndexColumnStatistics {
    int column = 0;  ///< from 1
    int target = 0;

    bool operator==(const IndexColumnStatistics&) const = default;
};

/// CREATE [UNIQUE] INDEX name ON [ONLY] table definition [WITH (options)] [TABLESPACE tablespace] [WHERE predicate].
struct Index {
    std::string name;  ///< in the schema of its table
    bool unique = false;
    /// "USING btree (name COLLATE "C" text_pattern_ops DESC, lower(mail)) INCLUDE (id) NULLS NOT DISTINCT": what
    /// pg_get_indexdef prints between the table and WITH.
    std::string definition{};
    std::vector<Option> options{};  ///< sorted
    std::string tablespace{};       ///< "" = the database's default
    std::string predicate{};        ///< in its parentheses; "" = none
    /// True where a constraint of this name stands for it (primary key, unique, exclusion): no CREATE INDEX then.
    bool of_constraint = false;
    /// The index of the partitioned table that this one is attached to, in whichever schema; empty = none.
    QualifiedName partition_of{};
    /// False after a failed CONCURRENTLY; also on a partitioned table (CREATE INDEX … ON ONLY) as long as an index of
    /// one of its partitions is not attached. Such an index serves no query.
    bool valid = true;
    bool replica_identity = false;
    bool clustered = false;  ///< ALTER TABLE … CLUSTER ON
    std::vector<IndexColumnStatistics> statistics{};
    std::string comment{};

    bool operator==(const Index&) const = default;
};

}  // namespace haetae::model
