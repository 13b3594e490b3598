// SPDX-License-Identifier: Apache-2.0
// The same work for many things, on all cores: reading thousands of files spends its time in system calls.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace haetae::os {

/// Calls `work(i)` once for each i below `count`, in any order, from several threads at once where there is enough of
/// it, and returns when all are done. A defect thrown by one of them is thrown again here.
void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work);

/// What `work(i)` gives for each i below `count`, in order.
template <typename T, typename Work>
std::vector<T> map_indexes(std::size_t count, const Work& work) {
    std::vector<std::optional<T>> made(count);
    for_each_index(count, [&](std::size_t i) { made[i].emplace(work(i)); });
    std::vector<T> list;
    list.reserve(count);
    for (auto& item : made) list.push_back(std::move(*item));
    return list;
}

}  // namespace haetae::os
