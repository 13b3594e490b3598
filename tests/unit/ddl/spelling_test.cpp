// SPDX-License-Identifier: Apache-2.0
// Names, options and bodies as statements take them.
#include "ddl/spelling.hpp"

#include <gtest/gtest.h>

#include "ddl/sequence.hpp"

namespace haetae::ddl {

namespace {

TEST(Spelling, a_name_is_quoted_only_where_it_must_be) {
    EXPECT_EQ(spelled("plain_1"), "plain_1");
    EXPECT_EQ(spelled("1st"), "\"1st\"");
    EXPECT_EQ(spelled("Capital"), "\"Capital\"");
    EXPECT_EQ(spelled("user"), "\"user\"");
    EXPECT_EQ(spelled("json_table"), "\"json_table\"");  // reserved from 17 on
    EXPECT_EQ(spelled("name"), "name");
    EXPECT_EQ(spelled("dollar$"), "\"dollar$\"");
    EXPECT_EQ(spelled("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(spelled(model::QualifiedName{"s.t", "é"}), "\"s.t\".\"é\"");
}

TEST(Spelling, an_option_is_quoted_where_it_is_neither_number_nor_word) {
    const std::vector<model::Option> options{{"fillfactor", "70"},    {"buffering", "auto"}, {"enabled", "on"},
                                             {"toast.scale", "-0.5"}, {"text", "it's 1"},    {"version", "1.2.3"}};
    EXPECT_EQ(spelled(options),
              "fillfactor=70, buffering=auto, enabled=on, toast.scale=-0.5, text='it''s 1', version='1.2.3'");
}

TEST(Spelling, a_body_gets_a_tag_that_is_not_in_it) {
    EXPECT_EQ(dollar_quoted("a"), "$$a$$");
    EXPECT_EQ(dollar_quoted("a $$ b"), "$body$a $$ b$body$");
    EXPECT_EQ(dollar_quoted("$$ $body$"), "$body1$$$ $body$$body1$");
    EXPECT_EQ(dollar_quoted("ends in $"), "$body$ends in $$body$");
}

TEST(Spelling, a_sequence_says_only_what_is_not_usual_for_its_type_and_direction) {
    EXPECT_EQ(sequence_options({}), "");
    EXPECT_EQ(sequence_options({.name = {}, .type = "integer", .maximum = INT32_MAX}), "");
    EXPECT_EQ(sequence_options({.name = {}, .start = -1, .increment = -1, .minimum = INT64_MIN, .maximum = -1}),
              "INCREMENT BY -1");
    EXPECT_EQ(sequence_options({.name = {}, .start = 5, .increment = 2, .minimum = 5, .cache = 3, .cycle = true}),
              "INCREMENT BY 2 MINVALUE 5 CACHE 3 CYCLE");
}

}  // namespace

}  // namespace haetae::ddl
