// SPDX-License-Identifier: Apache-2.0
// One walk through the catalogs: which schemas, on which connection, what has been found so far and under which OIDs.
// OIDs live in here only; a model has names.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "catalog/answer.hpp"
#include "connect/connection.hpp"
#include "model/database.hpp"

namespace haetae::catalog {

/// The catalog that gave an object its OID, as the catalog's own OID: those are the same in every version.
enum class Class : Oid {
    relation = 1259,       // pg_class
    type = 1247,           // pg_type
    function = 1255,       // pg_proc
    constraint = 2606,     // pg_constraint
    default_value = 2604,  // pg_attrdef
    rule = 2618,           // pg_rewrite
    trigger = 2620,        // pg_trigger
    policy = 3256,         // pg_policy
    statistics = 3381,     // pg_statistic_ext
    schema = 2615,         // pg_namespace
    extension = 3079,      // pg_extension
};

/// An object, or with `column` not 0 a column of a relation.
struct Address {
    Class of = Class::relation;
    Oid oid = 0;
    int column = 0;

    bool operator==(const Address&) const = default;
};

struct AddressHash {
    std::size_t operator()(const Address& address) const {
        const auto column = static_cast<std::size_t>(address.column);
        return (static_cast<std::size_t>(address.oid) << 28U) ^ (column << 13U) ^ static_cast<std::size_t>(address.of);
    }
};

/// A part of a query, written {name} in it: what it is from a version on, and what stands in its place before.
struct Part {
    std::string_view name;
    int since;  ///< 140000
    std::string_view text;
    std::string_view before;
};

struct Scope {
    connect::Connection& connection;
    // What every query finds in its row `scope`.
    std::string schemas = "{}";   ///< OIDs of the schemas to read
    std::string left_out = "{}";  ///< OIDs of relations that are not read
    std::string hidden = "{}";    ///< OIDs of schemas that are never read
    bool everything = false;      ///< all schemas but the system's and the hidden ones
    std::string moment{};         ///< pg_current_snapshot

    model::Database database{};
    std::unordered_map<Oid, model::Table*> tables{};
    std::unordered_map<Oid, model::View*> views{};
    std::unordered_map<Oid, model::MaterializedView*> materialized_views{};
    std::unordered_map<Oid, model::CompositeType*> composites{};
    std::unordered_map<Oid, model::Domain*> domains{};
    std::unordered_map<Address, model::ObjectName, AddressHash> names{};  ///< of what is in the model
    std::unordered_map<Address, std::string, AddressHash> comments{};
    bool torn = false;  ///< an object of the snapshot has been dropped meanwhile

    [[nodiscard]] int version() const { return connection.server_version(); }
    /// Runs `query`; its parts are replaced, and {members} by a list of the OIDs in the catalog of
    /// `members_of` that belong to an extension; of functions also those that come with a range type.
    base::Result<Answer> ask(std::string_view query, Class members_of = Class::relation,
                             std::initializer_list<Part> parts = {});
    /// "" for an object without one.
    [[nodiscard]] std::string comment(const Address& address) const;
    /// Three cells (owner, access list, access list of the kind) and the comment of an object.
    template <typename Object>
    void belongings(Object& object, Answer& answer, const Address& address) const {
        object.owner = answer.text();
        object.privileges = answer.privileges(object.owner);
        object.comment = comment(address);
    }
    /// The name of a relation in the model, for what hangs on it.
    [[nodiscard]] model::ObjectName part_name(model::ObjectKind kind, Oid relation, std::string part) const;
};

}  // namespace haetae::catalog
