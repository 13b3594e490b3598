// SPDX-License-Identifier: Apache-2.0
// Creations are made again, with more of them apart, until no circle is left.
#include "ddl/script.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "ddl/dependency_order.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

// check_function_bodies: bodies may use what comes later. search_path: definitions name everything in full.
constexpr std::string_view settings = R"(SET check_function_bodies = off;
SET search_path = '';
SET default_tablespace = '';
SET default_table_access_method = heap;
SET IntervalStyle = 'postgres';
SET xmloption = content;
SET standard_conforming_strings = on;
)";

Creations create_once(const model::Database& database, const Style& style, const Apart& apart) {
    Creations all;
    const auto take = [&all](const auto& objects, const auto& create) {
        for (const auto& object : objects) {
            auto creations = create(object);
            std::move(creations.begin(), creations.end(), std::back_inserter(all));
        }
    };
    take(database.schemas, [&](const auto& schema) { return create_schema(schema, style); });
    take(database.extensions, [](const auto& extension) { return create_extension(extension); });
    take(database.enums, [&](const auto& type) { return create_enum(type, style); });
    take(database.domains, [&](const auto& domain) { return create_domain(domain, style, apart); });
    take(database.composites, [&](const auto& type) { return create_composite(type, style); });
    take(database.ranges, [&](const auto& type) { return create_range(type, style); });
    take(database.sequences, [&](const auto& sequence) { return create_sequence(sequence, style); });
    take(database.tables, [&](const auto& table) { return create_table(table, database, style, apart); });
    take(database.views, [&](const auto& view) { return create_view(view, style, apart); });
    take(database.materialized_views, [&](const auto& view) { return create_materialized_view(view, style); });
    take(database.functions, [&](const auto& function) { return create_function(function, style, apart); });
    take(database.aggregates, [&](const auto& aggregate) { return create_aggregate(aggregate, style); });
    take(database.statistics, [&](const auto& statistics) { return create_statistics(statistics, style); });
    take(database.default_privileges, [&](const auto& defaults) { return create_default_privileges(defaults, style); });
    return all;
}

std::string readable(const model::ObjectName& object) {
    const auto name =
        object.schema.empty() ? spelled(object.name) : spelled(model::QualifiedName{object.schema, object.name});
    if (object.kind == model::ObjectKind::function) return name + "(" + object.part + ")";
    return object.part.empty() ? name : name + " (" + object.part + ")";
}

base::Error circle_error(const Circle& circle, const Creations& creations) {
    std::vector<std::string> names;
    for (const auto i : circle) names.push_back(readable(creations[i].object));
    return {.code = "HT0690",
            .sentence = "these objects need each other in a circle: " + joined(names, ", "),
            .hint = "PostgreSQL can hold such a circle, but no order of CREATE statements makes it; break it by hand"};
}

void add_invalid(std::vector<std::string>& lines, const model::QualifiedName& of,
                 const std::vector<model::Index>& indexes) {
    for (const auto& index : indexes) {
        if (!index.valid) lines.push_back("invalid index " + spelled(model::QualifiedName{of.schema, index.name}));
    }
}

}  // namespace

base::Result<std::vector<Creation>> create_all(const model::Database& database, const Style& style) {
    Apart apart;
    const auto& dependencies = database.origin.dependencies;
    for (;;) {
        const auto creations = create_once(database, style, apart);
        const auto order = dependency_order(creations, dependencies);
        if (order.circles.empty()) {
            Creations ordered;
            ordered.reserve(creations.size());
            for (const auto place : order.places) ordered.push_back(creations[place]);
            return ordered;
        }
        for (const auto& circle : order.circles) {
            if (!take_apart(circle, creations, dependencies, apart)) return circle_error(circle, creations);
        }
    }
}

std::string text(const std::vector<Creation>& creations) {
    std::string out(settings);
    for (const auto& creation : creations) {
        if (!creation.statements.empty()) out += "\n";
        for (const auto& statement : creation.statements) out += statement + ";\n";
    }
    return out;
}

std::vector<std::string> left_out(const model::Database& database) {
    std::vector<std::string> lines;
    for (const auto& object : database.unmodelled) lines.push_back(object.kind + " " + object.identity);
    for (const auto& table : database.tables) {
        if (table.partition_key.empty()) add_invalid(lines, table.name, table.indexes);
        if (table.detach_pending) lines.push_back("the unfinished DETACH of partition " + spelled(table.name));
    }
    for (const auto& view : database.materialized_views) add_invalid(lines, view.name, view.indexes);
    std::set<std::string> extensions;
    for (const auto& dependency : database.origin.dependencies) {
        if (dependency.needed.kind == model::ObjectKind::extension) extensions.insert(dependency.needed.name);
    }
    for (const auto& extension : database.extensions) extensions.erase(extension.name);
    for (const auto& name : extensions) lines.push_back("extension " + spelled(name) + ", which is in another schema");
    return lines;
}

}  // namespace haetae::ddl
