// SPDX-License-Identifier: Apache-2.0
// How names, options and texts are written in statements.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/name.hpp"
#include "model/option.hpp"

namespace haetae::ddl {

std::string spelled(std::string_view name);
std::string spelled(const model::QualifiedName& name);
/// schema.name(argument types), for COMMENT ON, GRANT and the like.
std::string spelled(const model::RoutineName& name);
/// " COLLATE name", or "" for none.
std::string collate(const model::QualifiedName& collation);

std::string joined(std::span<const std::string> texts, std::string_view between);
/// The parts one a line, indented, in brackets: " (\n    a,\n    b\n)"; " ()" for none.
std::string listed(std::span<const std::string> parts);

/// "fillfactor=70, autovacuum_enabled=false"
std::string spelled(std::span<const model::Option> options);
/// " WITH (…)", or "" for no options.
std::string with_options(std::span<const model::Option> options);

/// `text` between dollar quotes whose tag does not occur in it.
std::string dollar_quoted(std::string_view text);

}  // namespace haetae::ddl
