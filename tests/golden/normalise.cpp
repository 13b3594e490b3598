// SPDX-License-Identifier: Apache-2.0
// The written list of rules. Dates are touched only where they are today's: the ones that come from a case's own files
// must be shown as they are.
#include "normalise.hpp"

#include <algorithm>
#include <regex>

namespace haetae::golden {

namespace {

struct Rule {
    const char* pattern;
    const char* word;
};

const Rule rules[] = {
    // How long something took: 12 ms, 1.4 s, 3 min 2 s.
    {R"(\b\d+ min \d+ s\b)", "<time>"},
    {R"(\b\d+(\.\d+)? (ms|s)\b)", "<time>"},
    {R"(("[a-z_]*ms": )\d+)", "$1<time>"},
    // Process numbers, as messages write them.
    {R"(\b(pid|process) \d+)", "$1 <pid>"},
    // Run identifiers and chained hashes.
    {R"(\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)", "<uuid>"},
    {R"(\b[0-9a-f]{64}\b)", "<sha256>"},
};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    if (from.empty()) return;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string without_dashes(std::string day) {
    day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
    return day;
}

void replace_moments(std::string& text, const std::string& day) {
    const std::regex moment(day + R"([ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d(:?\d\d)?)?)");
    text = std::regex_replace(text, moment, "<now>");
    replace_all(text, day, "<today>");
    replace_all(text, without_dashes(day), "<today>");
}

// Ids that haetae made up in this run show in the names of new files, which begin with today's date.
std::vector<std::string> invented_ids(const std::string& text) {
    static const std::regex new_file(R"(<today>_([0-9a-f]{12})_)");
    std::vector<std::string> ids;
    for (std::sregex_iterator found(text.begin(), text.end(), new_file), end; found != end; ++found) {
        const std::string id = (*found)[1];
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids;
}

}  // namespace

Outcome normalised(Outcome outcome, const Words& words, const std::vector<std::string>& days) {
    for (std::string* text : {&outcome.out, &outcome.err}) {
        for (const auto& [from, to] : words) replace_all(*text, from, to);
        for (const std::string& day : days) replace_moments(*text, day);
        for (const Rule& rule : rules) *text = std::regex_replace(*text, std::regex(rule.pattern), rule.word);
    }
    std::size_t number = 0;
    for (const std::string& id : invented_ids(outcome.out + outcome.err)) {
        const std::string word = "<id" + std::to_string(++number) + ">";
        replace_all(outcome.out, id, word);
        replace_all(outcome.err, id, word);
    }
    return outcome;
}

}  // namespace haetae::golden
