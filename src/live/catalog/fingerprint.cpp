// SPDX-License-Identifier: Apache-2.0
// SHA-256 over the fact lines, each with a line feed behind it.
#include "catalog/fingerprint.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/bug.hpp"
#include "model/fact.hpp"

namespace haetae::catalog {

std::string fingerprint(const model::Database& database) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool fine = digest != nullptr && EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) == 1;
    for (const auto& fact : model::facts(database)) {
        const auto text = model::line(fact) + "\n";
        fine = fine && EVP_DigestUpdate(digest.get(), text.data(), text.size()) == 1;
    }
    std::array<unsigned char, 32> bytes{};
    fine = fine && EVP_DigestFinal_ex(digest.get(), bytes.data(), nullptr) == 1;
    BUG_IF(!fine, "SHA-256 is not to be had");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace haetae::catalog
