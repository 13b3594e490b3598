// SPDX-License-Identifier: Apache-2.0
// Work spread over threads: each piece once, results in order, defects not lost.
#include "os/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>

namespace haetae::os {
namespace {

TEST(Parallel, each_index_is_worked_on_once_and_the_results_stand_in_order) {
    for (const std::size_t count : {0U, 1U, 31U, 32U, 33U, 5000U}) {
        std::atomic<std::size_t> calls = 0;
        const auto squares = map_indexes<std::size_t>(count, [&](std::size_t i) {
            ++calls;
            return i * i;
        });
        EXPECT_EQ(calls, count);
        ASSERT_EQ(squares.size(), count);
        for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(squares[i], i * i);
    }
}

TEST(Parallel, a_defect_in_one_thread_is_thrown_where_the_work_was_asked_for) {
    EXPECT_THROW(for_each_index(1000, [](std::size_t i) {
                     if (i == 777) throw std::logic_error("a defect");
                 }),
                 std::logic_error);
}

}  // namespace
}  // namespace haetae::os
