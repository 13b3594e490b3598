// SPDX-License-Identifier: Apache-2.0
// New revision files: the text from a template, the name, a fresh id. What is written is read back first, so that no
// file comes out whose header says something else than was meant.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "graph/revision.hpp"
#include "settings/settings.hpp"

namespace haetae::revisions {

/// What stands between the markers; "" leaves the part empty.
struct RevisionSql {
    std::string up{};
    std::string down{};
};

/// A text with ${message}, ${id}, ${revises}, ${depends_on}, ${labels}, ${date}, ${domain}, ${schema}, ${up}, ${down}.
/// A header line `-- Key: ${…}` whose value is empty is left out, but for `Revises`. Without ${up} or ${down} the SQL
/// goes behind its marker.
struct Template {
    std::string text;
    std::string file;  ///< names it in errors; relative to the project root
};

/// What `revision` starts from where the domain has no template.sql.
const Template& default_template();

/// The domain's own template.sql, or the default. Errors: HT0901, HT0902.
base::Result<Template> template_of(const settings::Settings& settings, const settings::Domain& domain);

/// The text of the file of `revision`. `revision.created` is the date; phase, replaced ids and X- keys are added to the
/// header when they are set. Errors: HT0220 an unknown placeholder or one not closed, with its place; HT0221 the
/// template has no header or part where the revision needs one, or says something else; HT0222 a message that
/// cannot stand in a header; whatever parse_header and cut_parts say of the result.
base::Result<std::string> revision_text(const graph::Revision& revision, const RevisionSql& sql,
                                        const settings::Domain& domain, const Template& from);

/// `YYYYMMDD_<id>_<slug>.sql`: the day of `revision.created`; the slug is the message in lower-case ASCII letters and
/// digits, at most 40, left out (with its underscore) when nothing of the message remains.
std::string file_name_of(const graph::Revision& revision);

/// Twelve random lower-case hex digits from the system.
std::string new_revision_id();

/// Writes `text` into the domain's `versions` folder, which is made when it is missing. Returns the path relative to
/// the project root. Errors: HT0223 a file of that name is there already; HT0903, HT0904.
base::Result<std::string> write_revision(const settings::Settings& settings, const settings::Domain& domain,
                                         const graph::Revision& revision, std::string_view text);

}  // namespace haetae::revisions
