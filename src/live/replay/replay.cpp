// SPDX-License-Identifier: Apache-2.0
// Roles belong to the server, not to a database, so a kept database is of use only while the server's roles are what
// they were then; when none is, a new server is started. A kept database also holds on to the roles it mentions: it is
// given up when one of them is to be dropped.
#include "replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pg/identifier.hpp"

namespace haetae::replay {

namespace {

constexpr const char* name_prefix = "haetae_";
// A copy takes about as long as this many small revisions.
constexpr std::size_t worth_keeping = 8;
constexpr std::size_t kept_max = 4;

/// The roles that the project says its databases have.
std::set<std::string> declared_roles(const settings::Settings& settings) {
    std::set<std::string> roles(settings.sandbox.roles.begin(), settings.sandbox.roles.end());
    for (const auto& [name, environment] : settings.environments) {
        if (environment.migration_role) roles.insert(*environment.migration_role);
        if (environment.app_role) roles.insert(*environment.app_role);
    }
    roles.erase("postgres");  // the server's own superuser
    return roles;
}

bool is_subset(const graph::NodeSet& part, const graph::NodeSet& whole) {
    const auto nodes = part.list();
    return std::all_of(nodes.begin(), nodes.end(), [&](graph::Node node) { return whole.has(node); });
}

}  // namespace

base::Result<Replay> Replay::start(History history) {
    Replay replay(std::make_unique<History>(std::move(history)));
    TRY(replay.begin_anew());
    return replay;
}

pg::ConnectionUrl Replay::url_of(const std::string& name) const {
    return cluster_->url().with("dbname", name);
}

base::Status Replay::begin_anew() {
    current_.reset();
    admin_.reset();
    kept_.clear();
    cluster_.reset();
    cluster_ = TRY(sandbox::Cluster::start());
    admin_ = TRY(open_own(cluster_->url()));
    for (const auto& role : declared_roles(*history_->settings)) TRY(admin_->simple("CREATE ROLE " + pg::quote(role)));
    const auto name = new_name();
    TRY(admin_->simple("CREATE DATABASE " + pg::quote(name)));
    TRY(Database::prepare(url_of(name), *history_));
    auto rows = TRY(plan::VersionTables::read(*history_->graph, {}));
    auto server = TRY(read_surroundings(*admin_, name_prefix)).server;
    kept_.push_back({.name = name, .rows = std::move(rows), .server = std::move(server)});
    return base::Done{};
}

base::Status Replay::drop(const std::string& name) {
    TRY(admin_->simple(fmt::format("DROP DATABASE {} WITH (FORCE)", pg::quote(name))));
    return base::Done{};
}

base::Status Replay::drop_current() {
    if (!current_) return base::Done{};
    const auto name = current_->name;
    current_.reset();
    return drop(name);
}

base::Status Replay::copy(const Kept& from) {
    const auto name = new_name();
    TRY(admin_->simple(fmt::format("CREATE DATABASE {} TEMPLATE {}", pg::quote(name), pg::quote(from.name))));
    auto database = TRY(Database::open(url_of(name), *history_, from.rows));
    current_ = Current{.name = name, .database = std::move(database)};
    return base::Done{};
}

base::Result<Surroundings> Replay::surroundings() {
    return read_surroundings(connection(), name_prefix);
}

base::Status Replay::keep_current() {
    // A copy would lack what was said of the database itself.
    const auto found = TRY(surroundings());
    if (found.database != first_database_) return base::Done{};
    Kept kept{.name = current_->name, .rows = current_->database.rows(), .server = found.server};
    current_.reset();
    kept_.push_back(std::move(kept));
    if (kept_.size() > kept_max) {
        TRY(drop(kept_[1].name));
        kept_.erase(kept_.begin() + 1);
    }
    return copy(kept_.back());
}

base::Status Replay::forget_copies() {
    while (kept_.size() > 1) {
        TRY(drop(kept_.back().name));
        kept_.pop_back();
    }
    return base::Done{};
}

base::Result<const Replay::Kept*> Replay::nearest(const graph::NodeSet& applied) {
    const auto server = TRY(read_surroundings(*admin_, name_prefix)).server;
    const Kept* best = nullptr;
    std::size_t best_count = 0;
    for (const auto& kept : kept_) {
        if (kept.server != server || !is_subset(kept.rows.applied(), applied)) continue;
        const auto count = kept.rows.applied().list().size();
        if (best == nullptr || count > best_count) {
            best = &kept;
            best_count = count;
        }
    }
    return best;
}

base::Status Replay::go_to(const graph::NodeSet& applied) {
    TRY(drop_current());
    const auto* from = TRY(nearest(applied));
    if (from == nullptr) {
        TRY(begin_anew());
        from = &kept_.front();
    }
    effort_.copied += from->rows.applied().list().size();
    TRY(copy(*from));
    if (first_database_.empty()) first_database_ = TRY(surroundings()).database;
    std::size_t ran = 0;
    for (const auto node : history_->graph->topological()) {
        if (!applied.has(node) || this->applied().has(node)) continue;
        auto took = run(node, plan::Direction::up);
        if (!took) {
            auto error = std::move(took).error();
            if (error.code == "HT0610" || error.code == "HT0613") error.code = "HT0670";
            return std::move(error).in("while the history was replayed on a throw-away server");
        }
        ++ran;
    }
    effort_.ran += ran;
    return ran < worth_keeping ? base::Status(base::Done{}) : keep_current();
}

base::Result<std::chrono::microseconds> Replay::run(graph::Node node, plan::Direction direction) {
    constexpr auto role_is_mentioned = "2BP01";
    auto took = current_->database.run(node, direction);
    if (!took && took.error().sqlstate == role_is_mentioned && took.error().code == "HT0610" && kept_.size() > 1) {
        TRY(forget_copies());
        took = current_->database.run(node, direction);
    }
    if (took) return took;
    const auto& code = took.error().code;
    const bool rolled_back = code != "HT0613" && code != "HT0611" && code != "HT0614" && code != "HT0606";
    if (!rolled_back) TRY(drop_current());
    return took;
}

}  // namespace haetae::replay
