// SPDX-License-Identifier: Apache-2.0
// One pass over the words. Before the verb is known only the common options are; once its words have been read, its
// own options join them.
#include "cli/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/nearest.hpp"

namespace haetae::cli {

namespace {

using base::Error;
using Kind = Option::Kind;

std::string help_hint(const Verb* verb) {
    if (verb == nullptr) return "`haetae --help` lists verbs and options";
    return fmt::format("`haetae {} --help` shows what it takes", verb->name);
}

std::string nearest_or(std::string_view word, std::span<const std::string_view> known, std::string otherwise) {
    const auto near = base::nearest(word, known);
    return near ? fmt::format("did you mean `{}`?", *near) : std::move(otherwise);
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `-` is standard input, `-1` a revision, `- text` or `-a text` somebody's prose.
bool looks_like_option(std::string_view word) {
    if (word.size() < 2 || word[0] != '-') return false;
    if (word[1] != '-' && !is_letter(word[1])) return false;
    return word.substr(0, word.find('=')).find(' ') == std::string_view::npos;
}

class Parser {
 public:
    Parser(std::span<const Verb* const> verbs, std::span<const std::string> words)
        : verbs_(verbs), words_(words), options_(common_options().begin(), common_options().end()) {
        options_.push_back({"--version", 'V', Kind::flag, "", "show the version"});
    }

    base::Result<Request> parse() {
        while (next_ < words_.size() && !help_) TRY(take_word(words_[next_++]));
        if (help_) return help_request();
        if (!first_word_.empty() && request_.verb == nullptr) return second_word_missing();
        if (request_.given.has("--version")) return as(Request::Kind::version);
        if (request_.verb == nullptr) return as(Request::Kind::nothing);
        TRY(check_arguments());
        return as(Request::Kind::run);
    }

 private:
    base::Status take_word(const std::string& word) {
        if (options_ended_) return take_argument(word);
        if (word == "--") {
            options_ended_ = true;
            return base::Done{};
        }
        if (!looks_like_option(word)) return take_argument(word);
        return word.starts_with("--") ? take_long(word) : take_letters(word);
    }

    base::Status take_long(const std::string& word) {
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const Option* option = find_option([&](const Option& known) { return known.name == name; });
        if (option == nullptr) return unknown_option(name);
        if (equals == std::string::npos) return take_option(*option, name, nullptr);
        const std::string attached = word.substr(equals + 1);
        return take_option(*option, name, &attached);
    }

    // `-qv`, `-r A:B`, `-rA:B`, `-r=A:B` (as argparse, which Alembic's users know), `-qr A:B`.
    base::Status take_letters(const std::string& word) {
        for (std::size_t i = 1; i < word.size() && !help_; ++i) {
            const std::string shown = std::string("-") + word[i];
            const Option* option = find_option([&](const Option& known) { return known.letter == word[i]; });
            if (option == nullptr) return unknown_option(word.size() == 2 || i > 1 ? shown : word);
            if (option->kind != Kind::flag && i + 1 < word.size()) {
                const std::string attached = word.substr(i + (word[i + 1] == '=' ? 2 : 1));
                return take_option(*option, shown, &attached);
            }
            TRY(take_option(*option, shown, nullptr));
        }
        return base::Done{};
    }

    base::Status take_option(const Option& option, const std::string& shown, const std::string* attached) {
        auto& values = request_.given.options[std::string(option.name)];
        if (option.kind == Kind::flag) {
            if (attached != nullptr) {
                return Error{.code = "HT0106",
                             .sentence = fmt::format("{} takes no value, but was given '{}'", shown, *attached),
                             .hint = help_hint(request_.verb)};
            }
            help_ = help_ || option.name == "--help";
            return base::Done{};
        }
        if (option.kind == Kind::value && !values.empty()) {
            return Error{.code = "HT0105",
                         .sentence = fmt::format("{} is given twice: '{}' and again", shown, values.front()),
                         .hint = "it is meant once; leave one of them out"};
        }
        const bool is_next = attached == nullptr;
        if (is_next && (next_ == words_.size() || looks_like_option(words_[next_]))) {
            const auto found = next_ == words_.size() ? "nothing follows" : fmt::format("'{}' follows", words_[next_]);
            return Error{.code = "HT0104",
                         .sentence = fmt::format("{} needs a value ({}), but {}", shown, option.value_name, found),
                         .hint = fmt::format("a value that begins with a dash is written {}=VALUE", option.name)};
        }
        const std::string value = is_next ? words_[next_++] : *attached;
        if (value.empty()) return empty_value(fmt::format("the value of {}", shown));
        TRY(check_choice(option.value_name, value, shown));
        values.push_back(value);
        return base::Done{};
    }

    base::Status take_argument(const std::string& word) {
        if (request_.verb == nullptr) return take_verb_word(word);
        if (word.empty()) return empty_value(fmt::format("an argument of `haetae {}`", request_.verb->name));
        request_.given.arguments.push_back(word);
        return base::Done{};
    }

    base::Status take_verb_word(const std::string& word) {
        const std::string name = first_word_.empty() ? word : first_word_ + " " + word;
        const bool leads_on = first_word_.empty() && std::any_of(verbs_.begin(), verbs_.end(), [&](const Verb* verb) {
                                  return verb->name.starts_with(word + " ");
                              });
        const auto found =
            std::find_if(verbs_.begin(), verbs_.end(), [&](const Verb* verb) { return verb->name == name; });
        if (found != verbs_.end()) {
            request_.verb = *found;
            options_ = options_of(**found);
            return base::Done{};
        }
        if (leads_on) {
            first_word_ = word;
            return base::Done{};
        }
        std::vector<std::string_view> names;
        for (const Verb* verb : verbs_) names.push_back(verb->name);
        const auto near = base::nearest(name, names);
        return Error{.code = "HT0101",
                     .sentence = fmt::format("there is no verb '{}'", name),
                     .hint = near ? fmt::format("did you mean `haetae {}`?", *near) : second_words_or_help()};
    }

    std::string second_words_or_help() const {
        if (first_word_.empty()) return help_hint(nullptr);
        std::string list;
        for (const Verb* verb : verbs_) {
            if (verb->name.starts_with(first_word_ + " "))
                list += fmt::format("{}`haetae {}`", list.empty() ? "" : ", ", verb->name);
        }
        return "there is " + list;
    }

    base::Status check_arguments() {
        const Verb& verb = *request_.verb;
        const auto& given = request_.given.arguments;
        std::size_t needed = 0;
        std::size_t taken = 0;
        for (const Argument& argument : verb.arguments) {
            needed += argument.count_min;
            if (given.size() < needed) {
                return Error{
                    .code = "HT0107",
                    .sentence = fmt::format("`haetae {}` needs {}: {}", verb.name, argument.name, argument.help),
                    .hint = fmt::format("for example: {}", verb.example.substr(0, verb.example.find('\n')))};
            }
            const std::size_t room = std::min(argument.count_max, given.size() - taken);
            for (std::size_t i = 0; i < room; ++i) TRY(check_choice(argument.name, given[taken + i], argument.name));
            taken += room;
        }
        if (taken < given.size()) {
            return Error{.code = "HT0108",
                         .sentence = fmt::format("`haetae {}` takes no argument '{}'", verb.name, given[taken]),
                         .hint = help_hint(&verb)};
        }
        return base::Done{};
    }

    base::Status check_choice(std::string_view value_name, const std::string& value, std::string_view shown) const {
        const auto choices = choices_of(value_name);
        if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) return base::Done{};
        return Error{.code = "HT0106",
                     .sentence = fmt::format("'{}' is not one of {}{}", value, value_name,
                                             shown == value_name ? std::string() : fmt::format(", for {}", shown)),
                     .hint = nearest_or(value, choices, help_hint(request_.verb))};
    }

    template <typename Condition>
    const Option* find_option(Condition matches) const {
        const auto found = std::find_if(options_.begin(), options_.end(), matches);
        return found == options_.end() ? nullptr : &*found;
    }

    Error unknown_option(const std::string& name) const {
        std::vector<std::string_view> names;
        for (const Option& option : options_) names.push_back(option.name);
        const std::string where =
            request_.verb == nullptr ? "before the verb" : fmt::format("of `haetae {}`", request_.verb->name);
        return {.code = "HT0103",
                .sentence = fmt::format("there is no option {} {}", name, where),
                .hint = nearest_or(name, names, help_hint(request_.verb))};
    }

    static Error empty_value(const std::string& what) {
        return {.code = "HT0109",
                .sentence = what + " is empty",
                .hint = "an unset shell variable looks like this; leave it out where none is meant"};
    }

    Error second_word_missing() const {
        return {.code = "HT0111",
                .sentence = fmt::format("`haetae {}` is only half of a verb", first_word_),
                .hint = second_words_or_help()};
    }

    Request help_request() {
        return as(request_.verb == nullptr ? Request::Kind::program_help : Request::Kind::verb_help);
    }

    Request as(Request::Kind kind) {
        request_.kind = kind;
        return std::move(request_);
    }

    std::span<const Verb* const> verbs_;
    std::span<const std::string> words_;
    std::vector<Option> options_;  // those known so far
    std::string first_word_;       // of a verb of two words, until the second has come
    std::size_t next_ = 0;
    bool options_ended_ = false;
    bool help_ = false;
    Request request_;
};

}  // namespace

base::Result<Request> parse(std::span<const Verb* const> verbs, std::span<const std::string> words) {
    return Parser(verbs, words).parse();
}

}  // namespace haetae::cli
