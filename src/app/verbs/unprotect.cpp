// SPDX-License-Identifier: Apache-2.0
// `haetae unprotect`: deliberately, and on record.
#include "verbs/marking.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    return set_mark(given, talk, std::nullopt);
}

}  // namespace

extern const cli::Verb unprotect_verb{
    .name = "unprotect",
    .group = cli::Group::protect,
    .summary = "say that a database may be changed like any other",
    .description =
        "Takes the protection off the database: for a copy of production that is to be worked with. The name of the\n"
        "database is typed, or given with --yes-database where there is no terminal; the ledger keeps who did it.\n"
        "A database whose environment says `protected = true` in haetae.toml stays protected for that environment.",
    .example = "haetae unprotect\nhaetae unprotect -e staging --yes-database game --reason \"restored for a trial\"",
    .options = {{"--yes-database", 0, cli::Option::Kind::value, "NAME",
                 "the database's name, where there is no terminal to type it on"},
                {"--reason", 0, cli::Option::Kind::value, "TEXT", "why, for the ledger"}},
    .run = run,
};

}  // namespace haetae::verbs
