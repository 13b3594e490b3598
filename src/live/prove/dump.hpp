// SPDX-License-Identifier: Apache-2.0
// What pg_dump says of a database: an opinion that owes nothing to our own reading of the catalogs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "pg/connection_url.hpp"
#include "settings/settings.hpp"

namespace haetae::prove {

/// One object as pg_dump writes it.
struct DumpEntry {
    std::string title;  ///< "TABLE users.accounts"
    std::vector<std::string> lines{};
    auto operator<=>(const DumpEntry&) const = default;
};

/// The entries of a text that pg_dump --schema-only wrote, sorted. Comments, SET lines, \restrict keys (random from
/// 15.14, 16.10 and 17.6 on) and the internal pg_attver of columns are left out.
std::vector<DumpEntry> dump_entries(std::string_view text);

struct DumpContrast {
    std::string text{};              ///< a line a difference, "- " (only before) or "+ " (only after); "" when none
    bool only_order = false;         ///< every entry has the same lines, some in another order
};
DumpContrast contrast(const std::vector<DumpEntry>& before, const std::vector<DumpEntry>& after);

/// pg_dump beside the server's programs, or in PATH when it is not older than `server_version`; nothing where neither
/// is.
std::optional<std::string> find_pg_dump(int server_version);

/// A pg_dump that runs while we do something else.
class Dump {
 public:
    /// Without haetae's own schema and the version tables. Errors: HT0910, HT0913.
    static base::Result<Dump> start(const std::string& program, const pg::ConnectionUrl& url,
                                    const settings::Settings& settings);
    /// Waits for it. Error: HT0675 pg_dump failed, with what it said.
    base::Result<std::vector<DumpEntry>> finish();

 private:
    Dump(os::TempDir folder, os::Child child) : folder_(std::move(folder)), child_(child) {}
    os::TempDir folder_;
    os::Child child_;
};

}  // namespace haetae::prove
