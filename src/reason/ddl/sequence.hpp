// SPDX-License-Identifier: Apache-2.0
// A sequence's attributes, for those that stand alone and those of identity columns.
#pragma once

#include <string>

#include "model/sequence.hpp"

namespace haetae::ddl {

/// What differs from a new sequence of its type: "START WITH 10 INCREMENT BY 5"; "" for none.
std::string sequence_options(const model::Sequence& sequence);

}  // namespace haetae::ddl
