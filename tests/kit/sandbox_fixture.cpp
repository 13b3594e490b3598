// SPDX-License-Identifier: Apache-2.0
// The cluster is a static of the program, started from the main thread: its server is bound to that thread's life.
#include "kit/sandbox_fixture.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>

namespace haetae::kit {

namespace {

template <typename T>
T value_or_fail(base::Result<T> result, std::string_view doing) {
    if (result) return std::move(result).value();
    const auto& error = result.error();
    throw std::runtime_error(
        fmt::format("{}: [{}] {} ({})\n{}", doing, error.code, error.sentence, error.sqlstate, error.hint));
}

}  // namespace

sandbox::Cluster& shared_cluster() {
    static sandbox::Cluster cluster = value_or_fail(sandbox::Cluster::start(), "starting the shared cluster");
    return cluster;
}

pg::ConnectionUrl new_database(std::string_view options) {
    static int count = 0;
    const auto name = fmt::format("test_{}", ++count);
    auto connection = connect_to(shared_cluster().url());
    value_or_fail(connection.simple(fmt::format("CREATE DATABASE {} {}", name, options)), "making a database");
    return shared_cluster().url().with("dbname", name);
}

connect::Connection connect_to(const pg::ConnectionUrl& url, const connect::ConnectOptions& options) {
    return value_or_fail(connect::Connection::open(url, options), "connecting to " + url.shown());
}

std::string first_cell(connect::Connection& connection, std::string_view sql) {
    const auto rows = value_or_fail(connection.simple(sql), sql);
    return rows.empty() ? "" : rows.text(0, 0);
}

}  // namespace haetae::kit
