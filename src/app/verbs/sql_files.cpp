// SPDX-License-Identifier: Apache-2.0
// A role that is missing shows only when a statement fails, which may have spoilt a transaction of the file: it is
// created, and everything begins anew in another database.
#include "verbs/sql_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "catalog/snapshot.hpp"
#include "connect/connection.hpp"
#include "os/file.hpp"
#include "pg/identifier.hpp"
#include "sandbox/cluster.hpp"
#include "sql/splitter.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

constexpr std::size_t bytes_max = std::size_t{256} * 1024 * 1024;
constexpr int missing_roles_max = 1000;

struct SqlFile {
    std::string name;
    std::string text{};
    std::vector<sql::StatementSpan> statements{};
};

/// pg_dump puts \restrict and \unrestrict around what it writes; they are orders to psql.
std::string without_restrict(std::string text) {
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = std::string_view(text).substr(begin, end - begin);
        if (line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ")) {
            text.replace(begin, line.size(), line.size(), ' ');
        }
        begin = end + 1;
    }
    return text;
}

base::Error no_such_source(const std::string& path, std::string_view what) {
    return {.code = "HT0691",
            .sentence = fmt::format("{} {}", path, what),
            .hint = "a source is a URL, `env:NAME`, `history`, `history:REV`, an .sql file, or a folder of .sql files"};
}

base::Result<std::vector<SqlFile>> read_files(const std::string& path) {
    std::vector<std::string> paths;
    if (os::is_folder(path)) {
        for (const auto& name : TRY(os::list_files(path))) {
            if (name.ends_with(".sql")) paths.push_back(os::join(path, name));
        }
        if (paths.empty()) return no_such_source(path, "holds no .sql file");
    } else if (os::is_file(path)) {
        paths.push_back(path);
    } else {
        return no_such_source(path, "is neither a file nor a folder");
    }
    std::vector<SqlFile> files;
    for (const auto& name : paths) {
        SqlFile file{.name = name, .text = without_restrict(TRY(os::read_file(name, bytes_max)))};
        file.statements = TRY(sql::scan(file.text, name)).statements;
        files.push_back(std::move(file));
    }
    return files;
}

/// The name in `role "x" does not exist`. The server is our own and speaks English.
std::optional<std::string> missing_role(const connect::ServerError& error) {
    constexpr std::string_view begin = "role \"";
    constexpr std::string_view end = "\" does not exist";
    if (!error.message.starts_with(begin) || !error.message.ends_with(end)) return std::nullopt;
    return error.message.substr(begin.size(), error.message.size() - begin.size() - end.size());
}

struct MissingRole {
    std::string name;
};

base::Result<std::optional<MissingRole>> load(connect::Connection& connection, const std::vector<SqlFile>& files) {
    for (const auto& file : files) {
        for (const auto& span : file.statements) {
            const auto outcome =
                connection.run_script(std::string_view(file.text).substr(span.begin, span.end - span.begin));
            if (!outcome.error) continue;
            if (auto role = missing_role(*outcome.error)) return std::optional(MissingRole{std::move(*role)});
            auto error = connect::to_error(*outcome.error);
            if (error.code == "HT0420") error.code = "HT0692";
            return std::move(error).in(
                fmt::format("in the statement at {}:{}, on a throw-away server", file.name, span.line));
        }
    }
    if (!connection.in_transaction()) return std::optional<MissingRole>{};
    return base::Error{.code = "HT0692",
                       .sentence = "the SQL ends inside a transaction that it never commits",
                       .hint = "what it made would be gone with it; add the COMMIT"};
}

class Sandbox {
 public:
    static base::Result<Sandbox> start() {
        auto cluster = TRY(sandbox::Cluster::start());
        auto admin = TRY(open(cluster.url()));
        return Sandbox(std::move(cluster), std::move(admin));
    }
    /// A new database that holds nothing but what initdb made; the one before is gone, and so are its roles.
    base::Result<connect::Connection> new_database() {
        TRY(admin_.simple("DROP DATABASE IF EXISTS loaded WITH (FORCE)"));
        const auto roles = TRY(admin_.simple("SELECT rolname FROM pg_catalog.pg_roles WHERE oid >= 16384"));
        for (std::size_t i = 0; i < roles.size(); ++i) {
            TRY(admin_.simple("DROP ROLE " + pg::quote(roles.text(i, 0))));
        }
        for (const auto& role : roles_) TRY(admin_.simple("CREATE ROLE " + pg::quote(role)));
        TRY(admin_.simple("CREATE DATABASE loaded"));
        return open(cluster_.url().with("dbname", "loaded"));
    }
    void add_role(std::string name) { roles_.push_back(std::move(name)); }
    [[nodiscard]] const std::vector<std::string>& roles() const { return roles_; }

 private:
    Sandbox(sandbox::Cluster cluster, connect::Connection admin)
        : cluster_(std::move(cluster)), admin_(std::move(admin)) {}
    static base::Result<connect::Connection> open(const pg::ConnectionUrl& url) {
        return connect::Connection::open(url, {.use_environment = false, .on_wait = until_interrupted});
    }

    sandbox::Cluster cluster_;
    connect::Connection admin_;
    std::vector<std::string> roles_{};
};

}  // namespace

base::Result<model::Database> schema_of_files(const std::string& path, cli::Talk& talk) {
    const auto files = TRY(read_files(path));
    auto sandbox = TRY(Sandbox::start());
    for (;;) {
        auto connection = TRY(sandbox.new_database());
        auto missing = TRY(load(connection, files));
        if (!missing) {
            if (!sandbox.roles().empty()) {
                std::string names;
                for (const auto& role : sandbox.roles()) names += (names.empty() ? "" : ", ") + role;
                talk.note("the files name roles that they do not create: " + names);
            }
            TRY(connection.simple("RESET SESSION AUTHORIZATION; RESET ROLE"));
            return catalog::read(connection, {});
        }
        const auto& roles = sandbox.roles();
        const bool is_known = std::find(roles.begin(), roles.end(), missing->name) != roles.end();
        if (is_known || roles.size() >= missing_roles_max) {
            return base::Error{
                .code = "HT0692",
                .sentence = fmt::format("the SQL drops the role {} and uses it afterwards", missing->name),
                .hint = "let it create the roles that it drops"};
        }
        sandbox.add_role(std::move(missing->name));
    }
}

}  // namespace haetae::verbs
