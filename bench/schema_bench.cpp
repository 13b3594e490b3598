// SPDX-License-Identifier: Apache-2.0
// Reading a large schema beside `pg_dump --schema-only` of the same database on the same machine: 1,000 tables, 15,000
// columns, 5,000 indexes, 999 foreign keys. Without statistics (just made) and after ANALYZE.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "catalog/fingerprint.hpp"
#include "catalog/snapshot.hpp"
#include "connect/connection.hpp"
#include "measured.hpp"
#include "model/fact.hpp"
#include "sandbox/cluster.hpp"
#include "sandbox/programs.hpp"

namespace haetae::bench {
namespace {

constexpr int runs = 7;

constexpr const char* large_schema = R"(
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
DO $$
BEGIN
  FOR i IN 1..1000 LOOP
    EXECUTE format('CREATE TABLE shop.t%s (id bigint PRIMARY KEY, a integer NOT NULL DEFAULT 0, b text,
      c varchar(40) CHECK (c IN (''x'', ''y'')), d timestamptz DEFAULT now(), e numeric(12,2), f shop.state, g jsonb,
      h boolean, i date, j uuid, k bigint, l text NOT NULL, m smallint, n double precision)', i);
    EXECUTE format('CREATE INDEX ON shop.t%1$s (a); CREATE INDEX ON shop.t%1$s (lower(b));
      CREATE INDEX ON shop.t%1$s (c) WHERE h; CREATE INDEX ON shop.t%1$s (d DESC)', i);
    EXECUTE format('COMMENT ON TABLE shop.t%s IS ''one of many''', i);
    IF i > 1 THEN EXECUTE format('ALTER TABLE shop.t%s ADD FOREIGN KEY (k) REFERENCES shop.t%s', i, i - 1); END IF;
  END LOOP;
END $$)";

template <typename T>
T must(base::Result<T> result) {
    if (result) return std::move(result).value();
    fmt::print("{} {}\n", result.error().code, result.error().sentence);
    std::exit(1);
}

template <typename Work>
double median_ms(const Work& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return times[runs / 2];
}

void compare(const sandbox::Cluster& cluster, connect::Connection& connection, const std::string& when) {
    const auto pg_dump = must(sandbox::find_programs()).folder + "/pg_dump";
    const double dump = median_of(runs, {.words = {pg_dump, "--schema-only", cluster.url_text()}}).seconds * 1000;
    const double reading = median_ms([&] { must(catalog::read(connection, {})); });
    const auto database = must(catalog::read(connection, {}));
    const double facts = median_ms([&] { model::facts(database); });
    const double fingerprint = median_ms([&] { catalog::fingerprint(database); });
    fmt::print("{}\n  pg_dump --schema-only {:8.1f} ms\n  reading the model     {:8.1f} ms  {:.2f} of pg_dump\n", when,
               dump, reading, reading / dump);
    fmt::print("  facts                 {:8.1f} ms\n  fingerprint           {:8.1f} ms\n", facts, fingerprint);
}

}  // namespace
}  // namespace haetae::bench

int main() {
    using namespace haetae;
    const auto cluster = bench::must(sandbox::Cluster::start());
    auto connection = bench::must(connect::Connection::open(cluster.url(), {}));
    bench::must(connection.simple(bench::large_schema));
    bench::compare(cluster, connection, "just made");
    bench::must(connection.simple("ANALYZE"));
    bench::compare(cluster, connection, "analysed");
    return 0;
}
