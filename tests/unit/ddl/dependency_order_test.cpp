// SPDX-License-Identifier: Apache-2.0
// The order of creations, and what is taken apart where they need each other.
#include "ddl/dependency_order.hpp"

#include <gtest/gtest.h>

namespace haetae::ddl {

namespace {

using model::ObjectKind;
using model::ObjectName;

ObjectName object(ObjectKind kind, const std::string& name, const std::string& part = "") {
    return {.kind = kind, .schema = "s", .name = name, .part = part};
}

Creation creation(ObjectKind kind, const std::string& name, Rank rank, std::vector<ObjectName> needs = {}) {
    return {.object = object(kind, name), .rank = rank, .group = name, .statements = {name}, .needs = std::move(needs)};
}

std::string order_of(const std::vector<Creation>& creations, const std::vector<model::Dependency>& dependencies = {}) {
    std::string text;
    for (const auto place : dependency_order(creations, dependencies).places)
        text += creations[place].object.name + " ";
    return text;
}

TEST(DependencyOrder, rank_and_group_decide_where_nothing_is_needed) {
    EXPECT_EQ(order_of({creation(ObjectKind::view, "v", Rank::view), creation(ObjectKind::table, "b", Rank::table),
                        creation(ObjectKind::table, "a", Rank::table), creation(ObjectKind::type, "t", Rank::type)}),
              "t a b v ");
}

TEST(DependencyOrder, what_is_needed_comes_first_whatever_its_rank) {
    EXPECT_EQ(order_of({creation(ObjectKind::function, "f", Rank::function),
                        creation(ObjectKind::view, "v", Rank::view), creation(ObjectKind::table, "a", Rank::table)},
                       {{object(ObjectKind::function, "f"), object(ObjectKind::view, "v")},
                        {object(ObjectKind::view, "v"), object(ObjectKind::column, "a", "x")}}),
              "a v f ");
}

TEST(DependencyOrder, foreign_keys_come_behind_all_else_even_when_they_could_come_earlier) {
    EXPECT_EQ(order_of({creation(ObjectKind::constraint, "fk", Rank::foreign_key),
                        creation(ObjectKind::view, "w", Rank::view, {object(ObjectKind::view, "v")}),
                        creation(ObjectKind::view, "v", Rank::view)}),
              "v w fk ");
}

TEST(DependencyOrder, a_circle_is_found_and_a_default_is_taken_apart_before_a_view) {
    const std::vector<Creation> creations{creation(ObjectKind::table, "t", Rank::table),
                                          creation(ObjectKind::view, "v", Rank::view),
                                          creation(ObjectKind::table, "alone", Rank::table)};
    const std::vector<model::Dependency> dependencies{
        {object(ObjectKind::default_value, "t", "id"), object(ObjectKind::view, "v")},
        {object(ObjectKind::default_value, "t", "other"), object(ObjectKind::column, "t", "other")},
        {object(ObjectKind::view, "v"), object(ObjectKind::table, "t")}};
    const auto order = dependency_order(creations, dependencies);
    EXPECT_EQ(order.places, std::vector<std::size_t>{2});
    ASSERT_EQ(order.circles, (std::vector<Circle>{{0, 1}}));
    Apart apart;
    EXPECT_TRUE(take_apart(order.circles[0], creations, dependencies, apart));
    EXPECT_EQ(apart, Apart{object(ObjectKind::default_value, "t", "id")});
    EXPECT_TRUE(take_apart(order.circles[0], creations, dependencies, apart));
    EXPECT_EQ(apart.count(object(ObjectKind::view, "v")), 1U);
    EXPECT_FALSE(take_apart(order.circles[0], creations, dependencies, apart));
}

}  // namespace

}  // namespace haetae::ddl
