// SPDX-License-Identifier: Apache-2.0
// SGR sequences that every terminal knows.
#include "cli/colour.hpp"

namespace haetae::cli {

namespace {

std::string_view code_of(Colour colour) {
    switch (colour) {
        case Colour::bold:
            return "1";
        case Colour::red:
            return "1;31";
        case Colour::yellow:
            return "1;33";
        case Colour::blue:
            return "1;34";
        case Colour::green:
            return "1;32";
    }
    return "0";
}

}  // namespace

std::string painted(std::string_view text, Colour colour, bool on) {
    if (!on) return std::string(text);
    return "\x1b[" + std::string(code_of(colour)) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace haetae::cli
