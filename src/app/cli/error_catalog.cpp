// SPDX-License-Identifier: Apache-2.0
// Looking up an error's page.
#include "cli/error_catalog.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace haetae::cli {

const ErrorPage* find_error_page(std::string_view code) {
    std::string wanted(code);
    std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (!wanted.starts_with("HT")) wanted = (wanted.size() == 3 ? "HT0" : "HT") + wanted;
    const auto pages = error_catalog();
    const auto found = std::find_if(pages.begin(), pages.end(), [&](const ErrorPage& p) { return p.code == wanted; });
    return found == pages.end() ? nullptr : &*found;
}

}  // namespace haetae::cli
