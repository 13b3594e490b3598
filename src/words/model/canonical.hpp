// SPDX-License-Identifier: Apache-2.0
// The form of an expression that survives being loaded again. What PostgreSQL prints is, with one exception, what it
// prints again after loading it: a cast over an ARRAY constructor. `status IN ('a', 'b')` on a varchar is an array of
// varchar that is converted as a whole, printed as
//     (ARRAY['a'::character varying, 'b'::character varying])::text[]
// but the parser hands such a cast down to the elements (transformArrayExpr), so what is loaded from that text prints
// as
//     ARRAY[('a'::character varying)::text, ('b'::character varying)::text]
// from then on. The second is the canonical one: the same change is made here, on the text.
#pragma once

#include <string>
#include <string_view>

namespace haetae::model {

/// `printed` is an expression, a definition or a query as PostgreSQL prints it, with all parentheses. The result means
/// the same, and canonical(canonical(x)) == canonical(x).
std::string canonical(std::string_view printed);

/// A view's query as 16 and later print it, out of what older servers print: where the query reads from one relation
/// only, its columns go without the relation's name.
std::string without_single_alias(std::string_view query);

}  // namespace haetae::model
