// SPDX-License-Identifier: Apache-2.0
// Threads take runs of indexes from one counter; this thread is one of them.
#include "os/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace haetae::os {

namespace {

constexpr std::size_t run_length = 32;  ///< less work than this is not worth a thread
constexpr std::size_t threads_max = 8;

}  // namespace

void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr defect;
    const auto take_runs = [&] {
        try {
            for (auto begin = next.fetch_add(run_length); begin < count; begin = next.fetch_add(run_length)) {
                for (auto i = begin; i < std::min(begin + run_length, count); ++i) work(i);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!defect) defect = std::current_exception();
        }
    };
    const auto cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, threads_max);
    const auto helpful = std::min(cores, (count + run_length - 1) / run_length);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < helpful; ++i) threads.emplace_back(take_runs);
        take_runs();
    }
    if (defect) std::rethrow_exception(defect);
}

}  // namespace haetae::os
