// SPDX-License-Identifier: Apache-2.0
// One pass over the text; a quoted value may hold line breaks, as private keys do.
#include "project/dotenv.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace haetae::project {

namespace {

bool is_key_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

class DotenvReader {
 public:
    DotenvReader(std::string_view file, std::string_view text) : file_(file), text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    }

    base::Result<std::map<std::string, std::string>> read() {
        std::map<std::string, std::string> variables;
        while (at_ < text_.size()) {
            skip_blanks();
            if (at_line_end() || text_[at_] == '#') {
                skip_line();
                continue;
            }
            const std::size_t begin = at_;
            const std::string key = take_key();
            if (key.empty()) return malformed(begin, "a line is not KEY=value");
            std::string value = TRY(take_value(begin, key));
            variables.insert_or_assign(key, std::move(value));
        }
        return variables;
    }

 private:
    [[nodiscard]] bool at_line_end() const {
        return at_ >= text_.size() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n" ||
               (text_[at_] == '\r' && at_ + 1 == text_.size());
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }

    void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1; }

    /// The key and its '='; empty when there are none.
    std::string take_key() {
        constexpr std::string_view exported = "export";
        if (text_.substr(at_, exported.size()) == exported && at_ + exported.size() < text_.size() &&
            is_blank(text_[at_ + exported.size()])) {
            const std::size_t before = at_;
            at_ += exported.size();
            skip_blanks();
            if (at_ < text_.size() && text_[at_] == '=') at_ = before;  // a variable called export
        }
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_key_letter(text_[at_])) ++at_;
        const std::string_view key = text_.substr(begin, at_ - begin);
        skip_blanks();
        const bool sound =
            !key.empty() && !(key.front() >= '0' && key.front() <= '9') && at_ < text_.size() && text_[at_] == '=';
        if (!sound) return {};
        ++at_;
        return std::string(key);
    }

    base::Result<std::string> take_value(std::size_t begin, const std::string& key) {
        skip_blanks();
        if (at_line_end()) {
            skip_line();
            return std::string();
        }
        const char quote = text_[at_];
        if (quote != '\'' && quote != '"') return take_bare_value(begin, key);
        std::string value;
        if (!take_quoted(quote, value))
            return malformed(begin, fmt::format("the value of {} has no closing quote", key));
        const bool blank_follows = at_ < text_.size() && is_blank(text_[at_]);
        skip_blanks();
        const bool comment = blank_follows && at_ < text_.size() && text_[at_] == '#';
        if (!at_line_end() && !comment) {
            return malformed(begin, fmt::format("after the quoted value of {} stands something else", key));
        }
        skip_line();
        return checked(begin, key, std::move(value));
    }

    base::Result<std::string> take_bare_value(std::size_t begin, const std::string& key) {
        std::size_t end = at_;
        if (text_[at_] == '#' && is_blank(text_[at_ - 1])) {  // KEY= # nothing
            skip_line();
            return std::string();
        }
        while (!at_line_end()) {
            const bool comment = text_[at_] == '#' && is_blank(text_[at_ - 1]);
            if (comment) break;
            if (!is_blank(text_[at_])) end = at_ + 1;
            ++at_;
        }
        const std::size_t value_begin = text_.find_first_not_of(" \t", text_.find('=', begin) + 1);
        std::string value(text_.substr(value_begin, end - value_begin));
        skip_line();
        return checked(begin, key, std::move(value));
    }

    bool take_quoted(char quote, std::string& value) {
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == quote) {
                ++at_;
                return true;
            }
            if (c == '\r' && text_.substr(at_, 2) == "\r\n") continue;
            if (c == '\\' && quote == '"' && at_ + 1 < text_.size()) {
                ++at_;
                append_escape(text_[at_], value);
            } else {
                value.push_back(c);
            }
        }
        return false;
    }

    static void append_escape(char c, std::string& value) {
        switch (c) {
            case 'n':
                value.push_back('\n');
                return;
            case 'r':
                value.push_back('\r');
                return;
            case 't':
                value.push_back('\t');
                return;
            case '"':
            case '\\':
            case '$':
                value.push_back(c);
                return;
            default:
                value.push_back('\\');
                value.push_back(c);
        }
    }

    [[nodiscard]] base::Result<std::string> checked(std::size_t begin, const std::string& key,
                                                    std::string value) const {
        if (value.find('\0') == std::string::npos) return value;
        return malformed(begin, fmt::format("the value of {} holds a NUL byte", key));
    }

    [[nodiscard]] base::Error malformed(std::size_t offset, std::string sentence) const {
        return {.code = "HT0312",
                .sentence = std::move(sentence),
                .hint = "write KEY=value, KEY='value' or KEY=\"value\"; a comment begins with #",
                .span = base::SourceSpan{.file = std::string(file_),
                                         .line = base::span_at({}, text_, offset).line,
                                         .column = 0,
                                         .line_text = {}}};
    }

    std::string_view file_;
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

base::Result<std::map<std::string, std::string>> parse_dotenv(std::string_view file, std::string_view text) {
    return DotenvReader(file, text).read();
}

}  // namespace haetae::project
