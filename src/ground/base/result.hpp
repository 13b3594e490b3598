// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. TRY(expression) yields the value or returns the error from the enclosing function.
#pragma once

#include <utility>
#include <variant>

#include "base/bug.hpp"
#include "base/error.hpp"

namespace haetae::base {

template <typename T>
class [[nodiscard]] Result {
 public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}       // NOLINT(google-explicit-constructor)
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}   // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const& {
        BUG_IF(!ok(), "the value of a failed result was taken");
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] T& value() & {
        BUG_IF(!ok(), "the value of a failed result was taken");
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] T&& value() && {
        BUG_IF(!ok(), "the value of a failed result was taken");
        return std::move(*std::get_if<0>(&content_));
    }
    [[nodiscard]] const Error& error() const& {
        BUG_IF(ok(), "the error of a good result was taken");
        return *std::get_if<1>(&content_);
    }
    [[nodiscard]] Error&& error() && {
        BUG_IF(ok(), "the error of a good result was taken");
        return std::move(*std::get_if<1>(&content_));
    }

    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }

    /// The same result, with a clause added to its error.
    Result in(std::string clause) && {
        if (!ok()) std::get_if<1>(&content_)->clauses.push_back(std::move(clause));
        return std::move(*this);
    }

 private:
    std::variant<T, Error> content_;
};

struct Done {
    bool operator==(const Done&) const = default;
};
/// The outcome of something that has no value.
using Status = Result<Done>;

}  // namespace haetae::base

// A statement expression (g++ and clang): `auto graph = TRY(load(folder));`.
#define TRY(...)                                                     \
    __extension__({                                                  \
        auto try_result = (__VA_ARGS__);                             \
        if (!try_result) return std::move(try_result).error();       \
        std::move(try_result).value();                               \
    })
