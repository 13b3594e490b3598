// SPDX-License-Identifier: Apache-2.0
// What each file of this room reads into the scope's model. They run in the order of `read_all`: what hangs on a
// relation after the relation. Errors: HT0420, HT0421 of the connection.
#pragma once

#include "base/result.hpp"
#include "catalog/scope.hpp"

namespace haetae::catalog {

base::Status read_comments(Scope& scope);
base::Status read_schemas(Scope& scope);
base::Status read_extensions(Scope& scope);
base::Status read_enums(Scope& scope);
base::Status read_domains(Scope& scope);
base::Status read_composites(Scope& scope);
base::Status read_ranges(Scope& scope);
base::Status read_tables(Scope& scope);
base::Status read_views(Scope& scope);
base::Status read_columns(Scope& scope);  ///< of tables, views and composite types
base::Status read_sequences(Scope& scope);
base::Status read_constraints(Scope& scope);  ///< of tables and domains
base::Status read_indexes(Scope& scope);
base::Status read_triggers(Scope& scope);
base::Status read_rules(Scope& scope);
base::Status read_policies(Scope& scope);
base::Status read_functions(Scope& scope);
base::Status read_aggregates(Scope& scope);
base::Status read_statistics(Scope& scope);
base::Status read_default_privileges(Scope& scope);
base::Status read_unmodelled(Scope& scope);
base::Status read_dependencies(Scope& scope);

}  // namespace haetae::catalog
