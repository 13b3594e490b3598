// SPDX-License-Identifier: Apache-2.0
// Just enough of TOML's lexical rules to know strings and comments.
#include "project/toml_letters.hpp"

#include <algorithm>

namespace haetae::project {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_beyond_ascii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

class Walker {
 public:
    explicit Walker(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }

    std::optional<std::size_t> find() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (is_beyond_ascii(c)) return at_;
            if (c == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if ((c == '"' || c == '\'') && may_open_string()) {
                if (!pass_string(c)) return stray_;
            } else {
                ++at_;
            }
        }
        return std::nullopt;
    }

 private:
    /// A quote in the middle of a word opens nothing: the file is wrong there, and toml++ reads on.
    [[nodiscard]] bool may_open_string() const {
        return at_ == 0 || std::string_view(" \t\r\n=[,{.\xBF").find(text_[at_ - 1]) != npos;
    }

    /// Goes behind the closing quotes; false when they are missing, or at a stray letter.
    bool pass_string(char quote) {
        const bool triple = text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
        at_ += triple ? 3 : 1;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n' && !triple) return false;
            if (c == '\\' && quote == '"') {
                if (!pass_escape()) return false;
            } else if (c == quote && pass_closing_quotes(quote, triple)) {
                return true;
            } else if (c != quote) {
                ++at_;
            }
        }
        return false;
    }

    bool pass_escape() {
        ++at_;
        const auto next = text_.find_first_not_of(" \t\r\n\f\v", at_);
        if (next == at_) {
            ++at_;
            return true;
        }
        at_ = next == npos ? text_.size() : next;
        if (next == npos || !is_beyond_ascii(text_[at_])) return next != npos;
        stray_ = at_;
        return false;
    }

    /// A multi-line string may end in up to two quotes of its own.
    bool pass_closing_quotes(char quote, bool triple) {
        const auto behind = std::min(text_.find_first_not_of(quote, at_), text_.size());
        const std::size_t count = behind - at_;
        const bool closed = !triple || count >= 3;
        at_ += triple ? std::min<std::size_t>(count, 5) : 1;
        return closed;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::optional<std::size_t> stray_{};
};

}  // namespace

std::optional<std::size_t> find_stray_letter(std::string_view toml) {
    return Walker(toml).find();
}

}  // namespace haetae::project
