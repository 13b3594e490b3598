// SPDX-License-Identifier: Apache-2.0
// What a server keeps of a password, made here, so that the password itself is never sent.
#pragma once

#include <string>

namespace haetae::connect {

/// "SCRAM-SHA-256$4096:…" (RFC 5802 and 7677, SASLprep as libpq does it), with a new salt each time; takes no
/// connection. "" where libpq cannot make one: an empty password, no memory, no randomness.
/// @pre no NUL byte in `password`.
std::string scram_verifier(const std::string& password);

}  // namespace haetae::connect
