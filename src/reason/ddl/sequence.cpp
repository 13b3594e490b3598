// SPDX-License-Identifier: Apache-2.0
// Options at their default are left out; which values those are depends on the type and the direction (manual, CREATE
// SEQUENCE). OWNED BY follows once sequence and table are there.
#include "ddl/sequence.hpp"

#include <cstdint>
#include <limits>

#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

struct Bounds {
    std::int64_t minimum;
    std::int64_t maximum;
};

template <typename Integer>
Bounds bounds_of_type() {
    return {std::numeric_limits<Integer>::min(), std::numeric_limits<Integer>::max()};
}

Bounds usual_bounds(const model::Sequence& sequence) {
    auto bounds = bounds_of_type<std::int64_t>();
    if (sequence.type == "integer") bounds = bounds_of_type<std::int32_t>();
    if (sequence.type == "smallint") bounds = bounds_of_type<std::int16_t>();
    return sequence.increment > 0 ? Bounds{1, bounds.maximum} : Bounds{bounds.minimum, -1};
}

}  // namespace

std::string sequence_options(const model::Sequence& sequence) {
    const auto [minimum, maximum] = usual_bounds(sequence);
    std::vector<std::string> options;
    const auto say = [&options](const char* words, std::int64_t value, std::int64_t usual) {
        if (value != usual) options.push_back(words + std::to_string(value));
    };
    say("INCREMENT BY ", sequence.increment, 1);
    say("MINVALUE ", sequence.minimum, minimum);
    say("MAXVALUE ", sequence.maximum, maximum);
    say("START WITH ", sequence.start, sequence.increment > 0 ? sequence.minimum : sequence.maximum);
    say("CACHE ", sequence.cache, 1);
    if (sequence.cycle) options.emplace_back("CYCLE");
    return joined(options, " ");
}

Creations create_sequence(const model::Sequence& sequence, const Style& style) {
    const auto name = spelled(sequence.name);
    Creation creation{.object = named(model::ObjectKind::sequence, sequence.name),
                      .rank = Rank::sequence,
                      .group = group_of(sequence.name)};
    // Up to 14 a sequence was always logged.
    const bool unlogged = sequence.unlogged && style.server_version >= 150000;
    auto statement = std::string(unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ") + name;
    if (sequence.type != "bigint") statement += " AS " + sequence.type;
    if (const auto options = sequence_options(sequence); !options.empty()) statement += " " + options;
    creation.statements.push_back(statement);
    add_belongings(creation.statements, style, {.alter = "SEQUENCE " + name}, sequence);
    if (sequence.owned_by_table.empty()) return {creation};
    const Creation ownership{.object = named(model::ObjectKind::sequence, sequence.name, "owned by"),
                             .group = group_of(sequence.owned_by_table),
                             .statements = {"ALTER SEQUENCE " + name + " OWNED BY " + spelled(sequence.owned_by_table) +
                                            "." + spelled(sequence.owned_by_column)},
                             .needs = {creation.object, named(model::ObjectKind::table, sequence.owned_by_table)}};
    return {creation, ownership};
}

}  // namespace haetae::ddl
