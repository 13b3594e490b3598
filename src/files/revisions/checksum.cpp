// SPDX-License-Identifier: Apache-2.0
// OpenSSL's EVP interface, fed one canonical statement after the other.
#include "revisions/checksum.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/bug.hpp"
#include "sql/splitter.hpp"

namespace haetae::revisions {

namespace {

class Sha256 {
 public:
    Sha256() : state_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        BUG_IF(state_ == nullptr || EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr) != 1,
               "OpenSSL always has SHA-256");
    }

    void add(std::string_view bytes) {
        BUG_IF(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()) != 1, "hashing bytes in memory cannot fail");
    }

    void add(const std::vector<Statement>& statements) {
        for (const auto& statement : statements) {
            add(sql::canonical_text(statement.sql));
            add(";\n");
        }
    }

    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        BUG_IF(EVP_DigestFinal_ex(state_.get(), digest.data(), &size) != 1, "hashing bytes in memory cannot fail");
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text.push_back(digits[digest[i] >> 4U]);
            text.push_back(digits[digest[i] & 15U]);
        }
        return text;
    }

 private:
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> state_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string checksum_of(const std::vector<Statement>& statements) {
    Sha256 hash;
    hash.add(statements);
    return hash.hex();
}

std::string checksum_of(const Part& up, const std::vector<BackfillPart>& backfills) {
    Sha256 hash;
    hash.add(up.statements);
    for (const auto& backfill : backfills) {
        hash.add("backfill");
        for (const auto& [key, value] : backfill.options) {
            if (key == "table") hash.add(" table=" + value);
        }
        hash.add("\n");
        hash.add(backfill.statements);
    }
    return hash.hex();
}

}  // namespace haetae::revisions
