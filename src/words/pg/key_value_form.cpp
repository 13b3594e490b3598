// SPDX-License-Identifier: Apache-2.0
// libpq's key=value form, as conninfo_parse() reads it: blanks around '=', values in single quotes, backslash escapes.
#include <string>

#include "pg/connection_form.hpp"
#include "pg/connection_parameter.hpp"

namespace haetae::pg {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

bool is_blank(char c) {
    return blanks.find(c) != std::string_view::npos;
}

/// Walks the text from keyword to keyword.
class Scanner {
 public:
    explicit Scanner(std::string_view text) : text_(text) {}

    /// Skips blanks; false at the end.
    bool more() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        return at_ < text_.size();
    }

    std::string_view keyword() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != '=' && !is_blank(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    bool equals_sign() {
        if (!more() || text_[at_] != '=') return false;
        ++at_;
        return true;
    }

    bool at_quote() { return more() && text_[at_] == '\''; }

    /// A value up to the next blank.
    std::string bare_value() {
        std::string value;
        for (; at_ < text_.size() && !is_blank(text_[at_]); ++at_) {
            if (text_[at_] == '\\' && ++at_ == text_.size()) break;
            value.push_back(text_[at_]);
        }
        return value;
    }

    /// A value in quotes; false when the closing quote is missing.
    bool quoted_value(std::string& value) {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\'') {
                ++at_;
                return true;
            }
            if (text_[at_] == '\\' && ++at_ == text_.size()) break;
            value.push_back(text_[at_]);
        }
        return false;
    }

 private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

base::Status read_key_values(std::string_view text, ConnectionDraft& draft) {
    Scanner scanner(text);
    bool after_bare_secret = false;  // a word that follows may be the rest of a password with a blank in it
    while (scanner.more()) {
        const auto keyword = scanner.keyword();
        if (keyword.empty() || !scanner.equals_sign()) {
            return unreadable_url("a word in the database's key=value string has no '='",
                                  "write name=value pairs, separated by blanks; a value with blanks stands in single "
                                  "quotes: password='two words'");
        }
        std::string value;
        const bool quoted = scanner.at_quote();
        if (!quoted) {
            value = scanner.bare_value();
        } else if (!scanner.quoted_value(value)) {
            return unreadable_url("a quoted value in the database's key=value string has no closing quote",
                                  "close it with a single quote; inside quotes, write \\' for a quote and \\\\ for a "
                                  "backslash");
        }
        const bool secret = is_secret_keyword(keyword);
        if (!quoted && !secret && value.find(';') != std::string::npos) {
            return unreadable_url("a value in the database's key=value string holds a ';'",
                                  "separate name=value pairs by blanks; put a value that holds a ';' in single quotes");
        }
        TRY(draft.take(keyword, std::move(value), !after_bare_secret));
        after_bare_secret = secret && !quoted;
    }
    return base::Done{};
}

}  // namespace haetae::pg
