// SPDX-License-Identifier: Apache-2.0
// Where the witnesses agree, the model speaks alone.
#include "prove/portrait.hpp"

#include <algorithm>

#include "catalog/snapshot.hpp"
#include "model/fact.hpp"

namespace haetae::prove {

namespace {

base::Result<model::Database> read_model(replay::Replay& replay) {
    const auto& settings = *replay.history().settings;
    const std::vector<model::SchemaName> own{model::SchemaName(settings.ledger_schema)};
    std::vector<model::QualifiedName> tables;
    for (const auto& domain : settings.domains) {
        tables.push_back({.schema = domain.version_schema, .name = domain.version_table});
    }
    return catalog::read(replay.connection(), {.without_schemas = own, .without_tables = tables});
}

bool is_column_order(const model::Fact& fact) {
    return fact.attribute == model::column_order;
}

/// The lines that only one of the two has.
std::string line_difference(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    std::string text;
    const auto add = [&text](const auto& one, const auto& other, std::string_view mark) {
        std::vector<std::string> only;
        std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(only));
        for (const auto& line : only) text += std::string(mark) + line + "\n";
    };
    add(before, after, "- ");
    add(after, before, "+ ");
    return text;
}

}  // namespace

base::Result<Portrait> take_portrait(replay::Replay& replay, const std::optional<std::string>& pg_dump) {
    std::optional<Dump> dump;
    if (pg_dump) dump = TRY(Dump::start(*pg_dump, replay.url(), *replay.history().settings));
    Portrait portrait;
    portrait.model = TRY(read_model(replay));
    portrait.surroundings = TRY(replay.surroundings());
    if (dump) portrait.dump = TRY(dump->finish());
    return portrait;
}

Contrast contrast(const Portrait& before, const Portrait& after) {
    const auto around = line_difference(before.surroundings.server, after.surroundings.server) +
                        line_difference(before.surroundings.database, after.surroundings.database);
    const auto facts = model::difference(before.model, after.model);
    const auto dumps = contrast(before.dump, after.dump);
    const bool model_sees_order = std::all_of(facts.only_before.begin(), facts.only_before.end(), is_column_order) &&
                                  std::all_of(facts.only_after.begin(), facts.only_after.end(), is_column_order);
    Contrast found{.text = model::text(facts)};
    // Of a difference that is more than an order, each witness may be the only one to see it.
    const bool dump_alone = !dumps.text.empty() && (facts.empty() || (model_sees_order && !dumps.only_order));
    if (dump_alone) found.text += "as pg_dump writes it:\n" + dumps.text;
    found.text += around;
    const bool dump_sees_order = dumps.text.empty() || dumps.only_order;
    found.only_column_order = !found.text.empty() && around.empty() && model_sees_order && dump_sees_order;
    return found;
}

}  // namespace haetae::prove
