// SPDX-License-Identifier: Apache-2.0
// A lane is a column that waits for one node. Drawing a node joins the lanes that wait for it, and hands its lane on to
// its first parent; further parents open lanes to the right. Lane number m stands at character 2m; slanted strokes
// stand between two lanes.
#include "report/lanes.hpp"

#include <algorithm>

namespace haetae::report {

namespace {

constexpr std::size_t no_node = static_cast<std::size_t>(-1);

struct Line {
    std::string strokes;
    std::size_t node = no_node;
};

void put(std::string& strokes, std::size_t at, char stroke) {
    if (strokes.size() <= at) strokes.resize(at + 1, ' ');
    strokes[at] = stroke;
}

/// The order of drawing: a stack keeps a branch in one piece, where a queue would jump between branches.
std::vector<std::size_t> drawing_order(std::span<const LaneNode> nodes) {
    std::vector<std::size_t> children(nodes.size(), 0);
    for (const auto& node : nodes) {
        for (const std::size_t parent : node.parents) ++children[parent];
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (children[i] == 0) ready.push_back(i);
    }
    std::vector<std::size_t> order;
    while (!ready.empty()) {
        const std::size_t node = ready.back();
        ready.pop_back();
        order.push_back(node);
        for (const std::size_t parent : nodes[node].parents) {
            if (--children[parent] == 0) ready.push_back(parent);
        }
    }
    return order;
}

class Lanes {
 public:
    explicit Lanes(std::span<const LaneNode> nodes) : nodes_(nodes.begin(), nodes.end()) {}

    void draw(std::size_t node) {
        const std::size_t lane = lane_of(node);
        Line line{.strokes = upright(waits_for_.size()), .node = node};
        put(line.strokes, 2 * lane, '*');
        lines_.push_back(line);
        const auto& parents = nodes_[node].parents;
        if (parents.empty()) {
            end(lane);
        } else {
            waits_for_[lane] = parents.front();
            open(lane, std::vector<std::size_t>(parents.begin() + 1, parents.end()));
        }
    }

    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

 private:
    /// The strokes of the first `count` lanes going straight on.
    static std::string upright(std::size_t count) {
        std::string strokes;
        for (std::size_t lane = 0; lane < count; ++lane) put(strokes, 2 * lane, '|');
        return strokes;
    }

    /// Joins the lanes that wait for `node`, step by step into the leftmost; a node that no lane waits for gets a new
    /// one.
    std::size_t lane_of(std::size_t node) {
        const auto first = std::find(waits_for_.begin(), waits_for_.end(), node);
        const auto lane = static_cast<std::size_t>(first - waits_for_.begin());
        if (first == waits_for_.end()) {
            // A lane that has just ended here would seem to go on.
            if (ended_ == lane) lines_.push_back({.strokes = upright(lane)});
            waits_for_.push_back(node);
        }
        ended_ = no_node;
        for (std::size_t other = waits_for_.size() - 1; other > lane; --other) {
            if (waits_for_[other] != node) continue;
            std::size_t nearest = other - 1;
            while (waits_for_[nearest] != node) --nearest;
            join(other, nearest);
        }
        return lane;
    }

    void join(std::size_t from, std::size_t into) {
        std::string strokes = upright(from);
        for (std::size_t lane = into + 1; lane < from; ++lane) put(strokes, 2 * lane - 1, '_');
        for (std::size_t lane = from; lane < waits_for_.size(); ++lane) put(strokes, 2 * lane - 1, '/');
        lines_.push_back({.strokes = strokes});
        waits_for_.erase(waits_for_.begin() + static_cast<std::ptrdiff_t>(from));
    }

    void open(std::size_t lane, const std::vector<std::size_t>& more) {
        if (more.empty()) return;
        const std::size_t count = more.size();
        std::string strokes = upright(lane + 1);
        for (std::size_t i = 1; i <= count; ++i) put(strokes, 2 * (lane + i) - 1, '\\');
        for (std::size_t other = lane + 1; other < waits_for_.size(); ++other) {
            put(strokes, 2 * (other + count) - 1, '\\');
        }
        lines_.push_back({.strokes = strokes});
        waits_for_.insert(waits_for_.begin() + static_cast<std::ptrdiff_t>(lane) + 1, more.begin(), more.end());
    }

    void end(std::size_t lane) {
        if (lane + 1 < waits_for_.size()) {
            std::string strokes = upright(lane);
            for (std::size_t other = lane + 1; other < waits_for_.size(); ++other) put(strokes, 2 * other - 1, '/');
            lines_.push_back({.strokes = strokes});
        } else {
            ended_ = lane;
        }
        waits_for_.erase(waits_for_.begin() + static_cast<std::ptrdiff_t>(lane));
    }

    std::vector<LaneNode> nodes_;
    std::vector<std::size_t> waits_for_{};  ///< the node that each lane leads to
    std::vector<Line> lines_{};
    std::size_t ended_ = no_node;  ///< the rightmost lane, where its last node was drawn just now
};

}  // namespace

std::string draw_lanes(std::span<const LaneNode> nodes) {
    Lanes lanes(nodes);
    for (const std::size_t node : drawing_order(nodes)) lanes.draw(node);
    std::size_t width = 0;
    for (const auto& line : lanes.lines()) {
        if (line.node != no_node) width = std::max(width, line.strokes.size());
    }
    std::string text;
    for (const auto& line : lanes.lines()) {
        std::string out = line.strokes;
        if (line.node != no_node) {
            out.resize(width, ' ');
            out += "  " + nodes[line.node].text;
        }
        text += out + "\n";
    }
    return text;
}

}  // namespace haetae::report
