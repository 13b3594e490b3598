// SPDX-License-Identifier: Apache-2.0
// A history that holds every kind of revision (concurrent builds, blocks that commit, statements alone, data that must
// not be changed twice, two domains), with what each of its statements does: so it can be told what may stand wherever
// a run was broken off.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kit/project_folder.hpp"

namespace haetae::kit {

/// What a domain's statements have done to its table `t` and its indexes.
struct Stand {
    long n = 0;                       ///< the sum of t.n; 0 where it has no row
    std::set<std::string> indexes{};  ///< valid ones
    bool operator==(const Stand&) const = default;
};

/// How far an unfinished step has come, as `progress` has it.
struct Halt {
    std::string revision;
    bool is_up = true;
    std::size_t finished = 0;
    bool is_intended = false;  ///< of the statement after them nothing, something or everything is done
};

void write_crash_history(const ProjectFolder& project);

/// What stands when exactly the revisions of `domain` up to `row` are applied ("" = none).
Stand stand_at(std::string_view domain, std::string_view row);

/// What may stand in `domain` at `row` with an unfinished step; empty where such a step cannot be.
std::vector<Stand> stands_at(std::string_view domain, std::string_view row, const Halt& halt);

/// The index that the statement after the finished ones makes or drops; "" where it does neither.
std::string index_of_intended(const Halt& halt);

/// The one below `revision`; "" for the first one.
std::string parent_of(std::string_view revision);

}  // namespace haetae::kit
