// SPDX-License-Identifier: Apache-2.0
// Large histories: making the graph, planning from base, cutting a file. The cutting stands beside libpg_query's own
// split of the same text, so that its figure reads as a ratio.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <pg_query.h>

#include <string>
#include <vector>

#include "graph/graph.hpp"
#include "plan/plan.hpp"
#include "revisions/parts.hpp"
#include "sql/splitter.hpp"

namespace haetae {
namespace {

std::vector<graph::Revision> linear_history(std::size_t count) {
    std::vector<graph::Revision> revisions;
    revisions.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        graph::Revision revision{.domain = graph::DomainName("shop"),
                                 .id = graph::RevisionId(fmt::format("r{:06}", i))};
        if (i > 0) revision.parents.emplace_back(fmt::format("r{:06}", i - 1));
        revision.file = fmt::format("migrations/shop/versions/{:06}.sql", i);
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

std::string one_table_revisions(std::size_t count) {
    std::string sql;
    for (std::size_t i = 0; i < count; ++i) {
        sql += fmt::format("CREATE TABLE shop.t{} (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'a;b');\n", i);
    }
    return sql;
}

void build_graph(benchmark::State& state) {
    const auto revisions = linear_history(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(graph::Graph::build(revisions, {graph::DomainName("shop")}));
}
BENCHMARK(build_graph)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void plan_from_base(benchmark::State& state) {
    const auto graph =
        graph::Graph::build(linear_history(static_cast<std::size_t>(state.range(0))), {graph::DomainName("shop")})
            .value();
    const plan::Scope scope{.domains = {graph::DomainName("shop")}};
    for (auto _ : state) benchmark::DoNotOptimize(plan::plan_upgrade(graph, {}, scope, "head"));
}
BENCHMARK(plan_from_base)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void split_ours(benchmark::State& state) {
    const auto sql = one_table_revisions(20'000);
    for (auto _ : state) benchmark::DoNotOptimize(sql::scan(sql, "bench.sql"));
}
BENCHMARK(split_ours)->Unit(benchmark::kMillisecond);

void split_libpg_query(benchmark::State& state) {
    const auto sql = one_table_revisions(20'000);
    for (auto _ : state) pg_query_free_split_result(pg_query_split_with_scanner(sql.c_str()));
}
BENCHMARK(split_libpg_query)->Unit(benchmark::kMillisecond);

void cut_parts(benchmark::State& state) {
    const auto text = "-- bench\n--\n-- Revision ID: r1\n-- Revises:\n\n-- migrate:up\n" + one_table_revisions(20'000);
    for (auto _ : state) benchmark::DoNotOptimize(revisions::cut_parts(text, "bench.sql"));
}
BENCHMARK(cut_parts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace haetae
