// SPDX-License-Identifier: Apache-2.0
// The two roles of a project, and what they are to have rights on: the migration role owns the domains' schemas and the
// books, the application role works with the rows in them and nothing more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/settings.hpp"

namespace haetae::roles {

struct Roles {
    std::string migration;
    std::string app;
    std::string ledger_schema = "haetae";
    std::vector<settings::Domain> domains{};

    /// Where the application works; sorted, each once.
    [[nodiscard]] std::vector<std::string> domain_schemas() const;
    /// Where it only reads: the ledger's, and those of version tables that no domain lives in.
    [[nodiscard]] std::vector<std::string> read_schemas() const;
    /// Both kinds, but for those that a revision is to make: a domain's own schema when its version table lies
    /// elsewhere.
    [[nodiscard]] std::vector<std::string> schemas_to_make() const;
};

/// Errors: HT0740 the environment does not name both roles; HT0741 one role for both; HT0742 a name that no role can
/// have; HT0743 the ledger shares its schema with a domain, so that their rights cannot be told apart.
base::Result<Roles> roles_of(const settings::Settings& settings, const settings::Environment& environment);

/// An SQL array of text: ARRAY['users', 'game']::text[].
std::string text_array(const std::vector<std::string>& words);

/// The version tables' names as SQL has them: ARRAY['"users"."alembic_version"']::text[].
std::string version_table_array(const std::vector<settings::Domain>& domains);

/// What one can own in a schema: a query of (classid, objid, owner, namespace). What an extension brought is not in it,
/// nor what follows another object's owner (the sequence of a column, the row type of a table). Not from pg_shdepend,
/// which leaves out what the first superuser owns.
std::string_view owned_objects_query();

/// The word of ALTER for what pg_identify_object calls `type`, as an SQL expression.
std::string alter_word(std::string_view type);

}  // namespace haetae::roles
