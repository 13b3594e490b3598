// SPDX-License-Identifier: Apache-2.0
// Strings that must not be swapped by accident: RevisionId, DomainName, BranchLabel are StrongId with their own tag.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace haetae::base {

template <typename Tag>
class StrongId {
 public:
    StrongId() = default;
    explicit StrongId(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    auto operator<=>(const StrongId&) const = default;

 private:
    std::string text_;
};

}  // namespace haetae::base

template <typename Tag>
struct std::hash<haetae::base::StrongId<Tag>> {
    std::size_t operator()(const haetae::base::StrongId<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.text());
    }
};
