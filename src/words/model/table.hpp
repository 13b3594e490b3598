// SPDX-License-Identifier: Apache-2.0
// An ordinary or partitioned table, with everything that has no life without it.
#pragma once

#include <string>
#include <vector>

#include "model/column.hpp"
#include "model/constraint.hpp"
#include "model/index.hpp"
#include "model/name.hpp"
#include "model/option.hpp"
#include "model/policy.hpp"
#include "model/privilege.hpp"
#include "model/rule.hpp"
#include "model/trigger.hpp"

namespace haetae::model {

/// REPLICA IDENTITY; `index` is the one whose Index::replica_identity is set.
enum class ReplicaIdentity { primary_key, nothing, full, index };

struct Table {
    QualifiedName name;
    bool unlogged = false;
    std::string access_method = "heap";     ///< of a partitioned table: "" unless set (from 17 on)
    std::string tablespace{};               ///< "" = the database's default
    std::vector<Option> options{};          ///< WITH (…); those of its TOAST table as "toast.…"; sorted
    QualifiedName of_type{};                ///< CREATE TABLE … OF type; empty = none
    std::vector<QualifiedName> inherits{};  ///< INHERITS, in their order; not for partitions
    std::string partition_key{};            ///< "RANGE (created_at)": PARTITION BY …; "" = not partitioned
    QualifiedName partition_of{};           ///< empty = no partition
    std::string partition_bound{};          ///< "FOR VALUES FROM ('2026-01-01') TO …" or "DEFAULT"
    bool detach_pending = false;            ///< DETACH PARTITION … CONCURRENTLY was interrupted; from 14 on
    ReplicaIdentity replica_identity = ReplicaIdentity::primary_key;
    bool row_security = false;        ///< ENABLE ROW LEVEL SECURITY
    bool force_row_security = false;  ///< FORCE ROW LEVEL SECURITY: for the owner too
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    std::vector<Column> columns{};  ///< in their order, without dropped ones
    std::vector<Constraint> constraints{};
    std::vector<Index> indexes{};
    std::vector<Trigger> triggers{};
    std::vector<Policy> policies{};
    std::vector<Rule> rules{};  ///< these five sorted by name

    bool operator==(const Table&) const = default;
};

}  // namespace haetae::model
