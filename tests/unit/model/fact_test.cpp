// SPDX-License-Identifier: Apache-2.0
// Facts are all that a model holds: whatever field of whatever object changes, a fact does. Fields are enumerated by
// structured bindings, so a new one that is forgotten here does not compile.
#include "model/fact.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <functional>
#include <optional>
#include <tuple>
#include <type_traits>

namespace haetae::model {
namespace {

auto fields(Schema& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(Extension& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(DefaultPrivileges& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(Grant& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(Privileges& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(Sequence& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
}
auto fields(EnumType& o) {
    auto& [a, b, c, d, e] = o;
    return std::tie(a, b, c, d, e);
}
auto fields(Domain& o) {
    auto& [a, b, c, d, e, f, g, h, i, j] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto fields(CompositeType& o) {
    auto& [a, b, c, d, e] = o;
    return std::tie(a, b, c, d, e);
}
auto fields(CompositeAttribute& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(RangeType& o) {
    auto& [a, b, c, d, e, f, g, h, i, j] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto fields(Table& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v, w, x);
}
auto fields(Column& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u);
}
auto fields(Constraint& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k);
}
auto fields(Index& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
}
auto fields(IndexColumnStatistics& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(Trigger& o) {
    auto& [a, b, c, d, e] = o;
    return std::tie(a, b, c, d, e);
}
auto fields(Rule& o) {
    auto& [a, b, c, d] = o;
    return std::tie(a, b, c, d);
}
auto fields(Policy& o) {
    auto& [a, b, c, d, e, f, g] = o;
    return std::tie(a, b, c, d, e, f, g);
}
auto fields(View& o) {
    auto& [a, b, c, d, e, f, g, h, i] = o;
    return std::tie(a, b, c, d, e, f, g, h, i);
}
auto fields(MaterializedView& o) {
    auto& [a, b, c, d, e, f, g, h, i, j] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto fields(Function& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v] = o;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, q, r, s, t, u, v);
}
auto fields(Aggregate& o) {
    auto& [a, b, c, d, e, f] = o;
    return std::tie(a, b, c, d, e, f);
}
auto fields(AggregateClause& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(Statistics& o) {
    auto& [a, b, c, d, e] = o;
    return std::tie(a, b, c, d, e);
}
auto fields(Unmodelled& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(Option& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(QualifiedName& o) {
    auto& [a, b] = o;
    return std::tie(a, b);
}
auto fields(RoutineName& o) {
    auto& [a, b, c] = o;
    return std::tie(a, b, c);
}
/// Without `origin`, which is no part of what is compared.
auto fields(Database& o) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, p, origin] = o;
    (void)origin;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, p);
}

using Check = std::function<void(const std::string& path)>;

// Changes every value below `object`, one at a time, calls `check`, and puts it back.
void change(std::string& text, const std::string& path, const Check& check) {
    const auto saved = text;
    text += "x";
    check(path);
    text = saved;
}
void change(bool& flag, const std::string& path, const Check& check) {
    flag = !flag;
    check(path);
    flag = !flag;
}
template <typename Number>
requires std::integral<Number> || std::is_enum_v<Number>
void change(Number& number, const std::string& path, const Check& check) {
    const auto saved = number;
    number = static_cast<Number>(static_cast<std::int64_t>(number) == 0 ? 1 : 0);
    check(path);
    number = saved;
}
template <typename Object>
void change(std::optional<Object>& object, const std::string& path, const Check& check);
template <typename Object>
void change(std::vector<Object>& list, const std::string& path, const Check& check);
template <typename Object>
requires std::is_class_v<Object>
void change(Object& object, const std::string& path, const Check& check) {
    std::apply(
        [&](auto&... field) {
            int number = 0;
            (change(field, path + "." + std::to_string(number++), check), ...);
        },
        fields(object));
}
template <typename Object>
void change(std::optional<Object>& object, const std::string& path, const Check& check) {
    const auto saved = object;
    object.reset();
    check(path + " unset");
    object = saved;
    change(*object, path, check);
}
template <typename Object>
void change(std::vector<Object>& list, const std::string& path, const Check& check) {
    const auto saved = list;
    list.pop_back();
    check(path + " shorter");
    list = saved;
    change(list.back(), path, check);
}

// One of everything, each list with one element and each optional set.
void fill(std::string& text) {
    text = "n";
}
void fill(bool&) {}
template <typename Number>
requires std::integral<Number> || std::is_enum_v<Number>
void fill(Number&) {}
template <typename Object>
void fill(std::optional<Object>& object);
template <typename Object>
void fill(std::vector<Object>& list);
template <typename Object>
requires std::is_class_v<Object>
void fill(Object& object) {
    std::apply([](auto&... field) { (fill(field), ...); }, fields(object));
}
template <typename Object>
void fill(std::optional<Object>& object) {
    fill(object.emplace());
}
template <typename Object>
void fill(std::vector<Object>& list) {
    fill(list.emplace_back());
}

TEST(Fact, every_field_of_every_object_is_one) {
    Database database;
    fill(database);
    const auto saved = database;
    const auto before = facts(database);
    int changes = 0;
    change(database, "database", [&](const std::string& path) {
        ++changes;
        EXPECT_NE(facts(database), before) << path;
        EXPECT_FALSE(database == saved) << path;
    });
    EXPECT_GT(changes, 300);
    EXPECT_EQ(database, saved);
}

TEST(Fact, the_order_of_columns_is_one_apart) {
    Database before;
    before.tables.push_back({.name = {"s", "t"}});
    for (const char* name : {"a", "b", "c"}) before.tables[0].columns.push_back({.name = name, .type = "text"});
    auto after = before;
    std::swap(after.tables[0].columns[1], after.tables[0].columns[2]);
    const auto changed = difference(before, after);
    EXPECT_EQ(text(changed),
              "- table s.t column b after a\n+ table s.t column b after c\n"
              "- table s.t column c after b\n+ table s.t column c after a\n");
    for (const auto& fact : changed.only_before) EXPECT_EQ(fact.attribute, column_order);
}

TEST(Fact, dependencies_and_version_are_none) {
    Database before;
    auto after = before;
    after.origin = {.server_version = 150018, .dependencies = {{{.name = "a"}, {.name = "b"}}}};
    EXPECT_EQ(before, after);
    EXPECT_TRUE(difference(before, after).empty());
}

TEST(Fact, a_name_that_could_be_misread_is_quoted) {
    Database database;
    database.tables.push_back({.name = {"s", "t column x"}});
    database.tables.push_back({.name = {"S.s", "\"\xf0\x9f\xa6\x8c\""}});
    database.tables.push_back({.name = {"s", "line\nfeed"}});
    std::string lines;
    for (const auto& fact : facts(database)) {
        if (fact.attribute.empty()) lines += line(fact) + "\n";
    }
    EXPECT_EQ(lines, "table \"S.s\".\"\"\"\xf0\x9f\xa6\x8c\"\"\"\ntable s.\"line\\nfeed\"\ntable s.\"t column x\"\n");
}

TEST(Fact, an_object_that_comes_or_goes_takes_one_line) {
    Database before;
    before.tables.push_back({.name = {"s", "t"}, .owner = "o", .columns = {{.name = "a", .type = "text"}}});
    Database after;
    after.tables.push_back({.name = {"s", "tt"}, .comment = "why"});
    EXPECT_EQ(text(difference(before, after)), "- table s.t\n+ table s.tt\n");
}

}  // namespace
}  // namespace haetae::model
