// SPDX-License-Identifier: Apache-2.0
// The flags in the order in which the grammar takes them.
#include "model/constraint.hpp"

namespace haetae::model {

std::string full_definition(const Constraint& constraint) {
    std::string text = constraint.definition;
    if (constraint.no_inherit) text += " NO INHERIT";
    if (constraint.deferrable) text += " DEFERRABLE";
    if (constraint.initially_deferred) text += " INITIALLY DEFERRED";
    if (!constraint.enforced) text += " NOT ENFORCED";
    if (!constraint.validated) text += " NOT VALID";
    return text;
}

}  // namespace haetae::model
