// SPDX-License-Identifier: Apache-2.0
// Any words on the command line end in a request or in an error that can be shown; a word a line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "cli/error_text.hpp"
#include "cli/parser.hpp"
#include "verbs/verb_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::istringstream lines(std::string(bytes, bytes + size));
    std::vector<std::string> words;
    for (std::string line; std::getline(lines, line);) words.push_back(line);

    const auto request = haetae::cli::parse(haetae::verbs::verb_list(), words);
    if (!request) {
        if (haetae::cli::exit_code_of(request.error()) != 2) std::abort();
        if (haetae::cli::error_text(request.error(), true).empty()) std::abort();
    } else if (request->kind == haetae::cli::Request::Kind::run && request->verb == nullptr) {
        std::abort();
    }
    return 0;
}
