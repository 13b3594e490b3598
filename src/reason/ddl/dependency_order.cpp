// SPDX-License-Identifier: Apache-2.0
// Kahn's algorithm with a priority queue; what it leaves over is on a circle or behind one, and Tarjan's algorithm
// finds the circles themselves.
#include "ddl/dependency_order.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <tuple>

namespace haetae::ddl {

namespace {

using model::Dependency;
using model::ObjectKind;
using model::ObjectName;

/// Which creation makes a name, be it the whole or a part that comes with it.
class Places {
 public:
    explicit Places(std::span<const Creation> creations) {
        for (std::size_t i = 0; i < creations.size(); ++i) {
            const auto& creation = creations[i];
            if (creation.stand_in || first_.count(creation.object) == 0) first_[creation.object] = i;
            all_[creation.object].push_back(i);
        }
    }

    /// The creation that makes it first; nothing where none does.
    [[nodiscard]] std::optional<std::size_t> first(const ObjectName& name) const {
        const auto found = first_.find(holder(name));
        return found == first_.end() ? std::nullopt : std::optional(found->second);
    }
    /// All of its creations: a stand-in and the true one.
    [[nodiscard]] std::span<const std::size_t> all(const ObjectName& name) const {
        const auto found = all_.find(holder(name));
        return found == all_.end() ? std::span<const std::size_t>{} : found->second;
    }

 private:
    /// The name itself where it has a creation, else what it is a part of.
    [[nodiscard]] ObjectName holder(const ObjectName& name) const {
        constexpr std::array wholes{ObjectKind::table, ObjectKind::view, ObjectKind::materialized_view,
                                    ObjectKind::type};
        if (name.part.empty() || name.kind == ObjectKind::function || first_.count(name) > 0) return name;
        ObjectName whole = name;
        whole.part.clear();
        for (const auto kind : wholes) {
            whole.kind = kind;
            if (first_.count(whole) > 0) return whole;
        }
        return name;
    }

    std::map<ObjectName, std::size_t> first_;
    std::map<ObjectName, std::vector<std::size_t>> all_;
};

/// The index or trigger of a partition depends on that of its table, and a constraint likewise; here they are made
/// apart and attached.
bool is_of_partition(const Dependency& dependency) {
    const auto from = dependency.dependent.kind;
    const auto to = dependency.needed.kind;
    const auto is_key = [](ObjectKind kind) { return kind == ObjectKind::constraint || kind == ObjectKind::index; };
    return (is_key(from) && is_key(to)) || (from == ObjectKind::trigger && to == ObjectKind::trigger);
}

/// A stand-in needs the types of its columns or arguments only.
bool counts_for_stand_in(const Dependency& dependency) {
    switch (dependency.needed.kind) {
        case ObjectKind::type:
        case ObjectKind::extension:
        case ObjectKind::table:
        case ObjectKind::column:
            return dependency.dependent.kind != ObjectKind::type;
        case ObjectKind::view:
        case ObjectKind::materialized_view:
            return dependency.dependent.kind == ObjectKind::function;
        default:
            return false;
    }
}

std::vector<std::vector<std::size_t>> needs_of(std::span<const Creation> creations,
                                               std::span<const Dependency> dependencies) {
    const Places places(creations);
    std::vector<std::vector<std::size_t>> needs(creations.size());
    const auto add = [&](std::size_t from, const ObjectName& name) {
        const auto to = places.first(name);
        if (to && *to != from) needs[from].push_back(*to);
    };
    for (std::size_t i = 0; i < creations.size(); ++i) {
        const auto& object = creations[i].object;
        for (const auto& name : creations[i].needs) add(i, name);
        if (!object.schema.empty()) add(i, {.kind = ObjectKind::schema, .name = object.schema});
    }
    for (const auto& dependency : dependencies) {
        if (is_of_partition(dependency)) continue;
        for (const auto i : places.all(dependency.dependent)) {
            if (!creations[i].stand_in || counts_for_stand_in(dependency)) add(i, dependency.needed);
        }
    }
    for (auto& list : needs) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return needs;
}

/// Tarjan's algorithm, with a stack of its own: schemas can be deep.
class CircleFinder {
 public:
    explicit CircleFinder(const std::vector<std::vector<std::size_t>>& needs)
        : needs_(needs), number_(needs.size(), 0), low_(needs.size(), 0), open_(needs.size(), false) {}

    std::vector<Circle> find() {
        for (std::size_t i = 0; i < needs_.size(); ++i) {
            if (number_[i] == 0) walk(i);
        }
        return std::move(circles_);
    }

 private:
    struct Step {
        std::size_t place;
        std::size_t next = 0;
    };

    void enter(std::size_t place) {
        number_[place] = low_[place] = ++count_;
        stack_.push_back(place);
        open_[place] = true;
        steps_.push_back({place});
    }
    void leave(std::size_t place) {
        steps_.pop_back();
        if (!steps_.empty()) low_[steps_.back().place] = std::min(low_[steps_.back().place], low_[place]);
        if (low_[place] != number_[place]) return;
        const auto begin = std::find(stack_.begin(), stack_.end(), place);
        Circle circle(begin, stack_.end());
        for (const auto member : circle) open_[member] = false;
        stack_.erase(begin, stack_.end());
        std::sort(circle.begin(), circle.end());
        if (circle.size() > 1) circles_.push_back(std::move(circle));
    }
    void walk(std::size_t start) {
        enter(start);
        while (!steps_.empty()) {
            auto& step = steps_.back();
            const auto place = step.place;
            if (step.next == needs_[place].size()) {
                leave(place);
                continue;
            }
            const auto needed = needs_[place][step.next++];
            if (number_[needed] == 0) {
                enter(needed);
            } else if (open_[needed]) {
                low_[place] = std::min(low_[place], number_[needed]);
            }
        }
    }

    const std::vector<std::vector<std::size_t>>& needs_;
    std::vector<std::size_t> number_;
    std::vector<std::size_t> low_;
    std::vector<bool> open_;
    std::size_t count_ = 0;
    std::vector<std::size_t> stack_{};
    std::vector<Step> steps_{};
    std::vector<Circle> circles_{};
};

/// From here on all else is there.
bool comes_last(const Creation& creation) {
    return creation.rank >= Rank::foreign_key;
}

}  // namespace

Order dependency_order(std::span<const Creation> creations, std::span<const Dependency> dependencies) {
    const auto needs = needs_of(creations, dependencies);
    std::vector<std::vector<std::size_t>> needed_by(creations.size());
    std::vector<std::size_t> open(creations.size(), 0);
    for (std::size_t i = 0; i < creations.size(); ++i) {
        for (const auto needed : needs[i]) {
            needed_by[needed].push_back(i);
            ++open[i];
        }
    }
    const auto comes_later = [&](std::size_t a, std::size_t b) {
        return std::tie(creations[a].rank, creations[a].group, a) > std::tie(creations[b].rank, creations[b].group, b);
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(comes_later)> ready(comes_later);
    std::vector<std::size_t> last;
    const auto offer = [&](std::size_t i) {
        if (comes_last(creations[i])) {
            last.push_back(i);
        } else {
            ready.push(i);
        }
    };
    for (std::size_t i = 0; i < creations.size(); ++i) {
        if (open[i] == 0) offer(i);
    }
    Order order;
    const auto take = [&](std::size_t i) {
        order.places.push_back(i);
        for (const auto dependent : needed_by[i]) {
            if (--open[dependent] == 0) offer(dependent);
        }
    };
    while (!ready.empty() || !last.empty()) {
        if (ready.empty()) {
            for (const auto i : last) ready.push(i);
            last.clear();
        }
        const auto next = ready.top();
        ready.pop();
        take(next);
    }
    if (order.places.size() < creations.size()) order.circles = CircleFinder(needs).find();
    return order;
}

bool take_apart(const Circle& circle, std::span<const Creation> creations, std::span<const Dependency> dependencies,
                Apart& apart) {
    const Places places(creations);
    const auto is_member = [&](const ObjectName& name) {
        const auto place = places.first(name);
        return place && std::binary_search(circle.begin(), circle.end(), *place);
    };
    bool changed = false;
    for (const auto& dependency : dependencies) {
        const auto kind = dependency.dependent.kind;
        if (kind != ObjectKind::default_value && kind != ObjectKind::constraint) continue;
        if (is_of_partition(dependency) || !is_member(dependency.dependent) || !is_member(dependency.needed)) continue;
        if (places.first(dependency.dependent) == places.first(dependency.needed)) continue;
        changed = apart.insert(dependency.dependent).second || changed;
    }
    if (changed) return true;
    for (const auto kind : {ObjectKind::view, ObjectKind::function}) {
        for (const auto i : circle) {
            if (creations[i].object.kind == kind && creations[i].rank != Rank::aggregate &&
                apart.insert(creations[i].object).second) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace haetae::ddl
