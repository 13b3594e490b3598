// SPDX-License-Identifier: Apache-2.0
// What each way of writing a connection means, and that no message gives a password away.
#include "pg/connection_url.hpp"

#include <gtest/gtest.h>

#include <array>

namespace haetae::pg {
namespace {

std::string keywords_of(std::string_view text) {
    const auto url = ConnectionUrl::parse(text);
    if (!url) return "error " + url.error().code;
    std::string out;
    for (const auto& [keyword, value] : url->keywords()) out += (out.empty() ? "" : " ") + keyword + "=" + value;
    return out;
}

struct Reading {
    const char* text;
    const char* keywords;
};

TEST(ConnectionUrl, ReadsEveryFormInWhichPeopleWriteAConnection) {
    const Reading table[] = {
        {"postgresql://db", "host=db"},
        {"postgresql://", ""},
        {"postgresql:///game", "dbname=game"},
        {"postgres://me@db:5433/game", "host=db port=5433 user=me dbname=game"},
        {"postgres://me:pw@db/game", "host=db user=me password=pw dbname=game"},
        {"postgres://me:@db/game", "host=db user=me dbname=game"},
        {"postgres://me:p:w@db/game", "host=db user=me password=p:w dbname=game"},
        {"postgres://:pw@db", "host=db password=pw"},
        {"POSTGRES://db", "host=db"},
        {"  postgres://db/game\r\n", "host=db dbname=game"},
        {"postgresql+asyncpg://me:pw@db/game", "host=db user=me password=pw dbname=game"},
        {"postgresql+psycopg://db", "host=db"},
        {"postgresql+psycopg2://db", "host=db"},
        {"postgresql+psycopg_async://db", "host=db"},
        {"postgresql+psycopg2cffi://db", "host=db"},
        {"postgres+pg8000://db", "host=db"},
        {"postgres://me:p#w#@db/game", "host=db user=me password=p#w# dbname=game"},
        {"postgres://m%40e:p%40%23%2F%3F%25@db/g%20ame", "host=db user=m@e password=p@#/?% dbname=g ame"},
        {"postgres://db/게임", "host=db dbname=게임"},
        {"postgres://[::1]:5433/game", "host=::1 port=5433 dbname=game"},
        {"postgres://[fe80::1%25eth0]/game", "host=fe80::1%eth0 dbname=game"},
        {"postgres://a:1,b:2,[::1]:3/game", "host=a,b,::1 port=1,2,3 dbname=game"},
        {"postgres://a,b:2/game", "host=a,b port=,2 dbname=game"},
        {"postgres://a,b/game?port=5433", "host=a,b port=5433 dbname=game"},
        {"postgres://%2Fvar%2Frun/game", "host=/var/run dbname=game"},
        {"postgres://%2Fvar%2Frun:5433/game", "host=/var/run port=5433 dbname=game"},
        {"postgres:///game?host=/var/run", "host=/var/run dbname=game"},
        {"postgres://me:pw@/game?host=/var/run&port=5433", "host=/var/run port=5433 user=me password=pw dbname=game"},
        {"postgresql+psycopg2://me@/game?host=a:1&host=b:2", "host=a,b port=1,2 user=me dbname=game"},
        {"postgres:///game?host=@abstract", "host=@abstract dbname=game"},
        {"postgresql+pg8000://me@/game?unix_sock=/run/postgresql/.s.PGSQL.5433",
         "host=/run/postgresql port=5433 user=me dbname=game"},
        {"postgres://db/game?sslmode=verify-full&sslrootcert=%2Fca.pem",
         "host=db dbname=game sslmode=verify-full sslrootcert=/ca.pem"},
        {"postgres://db/game?options=-c%20lock_timeout%3D5s", "host=db dbname=game options=-c lock_timeout=5s"},
        {"postgres://db/game?options=-csearch_path=a", "host=db dbname=game options=-csearch_path=a"},
        {"postgres://db?require_auth=scram-sha-256&min_protocol_version=3.0",
         "host=db require_auth=scram-sha-256 min_protocol_version=3.0"},
        {"postgres://db/?user=me%40corp&application_name=a@b", "host=db user=me@corp application_name=a@b"},
        {"postgres://db/game?sslmode=&&", "host=db dbname=game"},
        {"host=db dbname=game", "host=db dbname=game"},
        {"dbname=game host=db", "host=db dbname=game"},
        {"host = 'my db'", "error HT0401"},
        {"host=/run/x user = 'o''", "error HT0401"},
        {"user='o\\'hara' password=a\\ b\\\\c", "user=o'hara password=a b\\c"},
        {"user='' dbname='two words'", "dbname=two words"},
        {"hostaddr=127.0.0.1 port=5432", "hostaddr=127.0.0.1 port=5432"},
        {"host=a,b port=1,2", "host=a,b port=1,2"},
        {"service=main passfile=/home/me/.pgpass", "passfile=/home/me/.pgpass service=main"},
    };
    for (const auto& [text, keywords] : table) EXPECT_EQ(keywords_of(text), keywords) << text;
}

TEST(ConnectionUrl, TranslatesSslOfOtherDriversWithANote) {
    const std::array<std::pair<const char*, const char*>, 8> table{{{"require", "require"},
                                                                    {"verify-full", "verify-full"},
                                                                    {"disable", "disable"},
                                                                    {"prefer", "prefer"},
                                                                    {"true", "require"},
                                                                    {"True", "require"},
                                                                    {"false", "disable"},
                                                                    {"no-verify", "require"}}};
    for (const auto& [ssl, mode] : table) {
        const auto url = ConnectionUrl::parse("postgresql+asyncpg://db/game?ssl=" + std::string(ssl));
        ASSERT_TRUE(url.ok()) << ssl;
        EXPECT_EQ(url->value("sslmode"), mode) << ssl;
        EXPECT_EQ(url->notes().size(), 1U) << ssl;
    }
    EXPECT_EQ(keywords_of("postgres://db?ssl=perhaps"), "error HT0402");
}

TEST(ConnectionUrl, LeavesDriverOnlyParametersOutWithANote) {
    for (const char* parameter :
         {"prepared_statement_cache_size=0", "statement_cache_size=0", "async_fallback=true", "pgbouncer=true",
          "connection_limit=5", "schema=public", "prepareThreshold=0", "pool_size=5", "binary_parameters=yes",
          "x-migrations-table=m", "pool_max_conns=4", "command_timeout=60"}) {
        const auto url = ConnectionUrl::parse("postgres://db/game?" + std::string(parameter));
        ASSERT_TRUE(url.ok()) << parameter;
        EXPECT_EQ(url->keywords().size(), 2U) << parameter;
        ASSERT_EQ(url->notes().size(), 1U) << parameter;
        const std::string name(parameter, std::string_view(parameter).find('='));
        EXPECT_NE(url->notes().front().find("'" + name + "'"), std::string::npos) << url->notes().front();
    }
}

TEST(ConnectionUrl, KeepsASearchPathAsAServerOption) {
    EXPECT_EQ(keywords_of("postgres://db?search_path=a,b"), "host=db options=-csearch_path=a,b");
    EXPECT_EQ(keywords_of("postgres://db?options=-cjit%3Doff&search_path=a%2C%20b"),
              "host=db options=-cjit=off -csearch_path=a,\\ b");
}

TEST(ConnectionUrl, TakesTheLastOfTwoValuesAndSaysSo) {
    const auto url = ConnectionUrl::parse("postgres://me@db/game?user=you");
    ASSERT_TRUE(url.ok());
    EXPECT_EQ(url->value("user"), "you");
    ASSERT_EQ(url->notes().size(), 1U);
    EXPECT_EQ(ConnectionUrl::parse("postgres://me@db/game?user=me")->notes().size(), 0U);
}

TEST(ConnectionUrl, NamesTheNearestKeywordForAnUnknownOne) {
    const std::array<std::pair<const char*, const char*>, 5> table{{{"sslmod", "sslmode"},
                                                                    {"connect_timout", "connect_timeout"},
                                                                    {"SSLMode", "sslmode"},
                                                                    {"database", "dbname"},
                                                                    {"username", "user"}}};
    for (const auto& [written, nearest] : table) {
        const auto url = ConnectionUrl::parse("postgres://db/game?" + std::string(written) + "=x");
        ASSERT_FALSE(url.ok()) << written;
        EXPECT_EQ(url.error().code, "HT0402");
        EXPECT_NE(url.error().sentence.find("'" + std::string(written) + "'"), std::string::npos);
        EXPECT_NE(url.error().hint.find("'" + std::string(nearest) + "'"), std::string::npos) << url.error().hint;
    }
}

TEST(ConnectionUrl, RefusesWhatCannotBeMeant) {
    const Reading table[] = {
        {"", "error HT0401"},
        {"   ", "error HT0401"},
        {"game", "error HT0401"},
        {"db:5432/game", "error HT0401"},
        {"\"postgres://db/game\"", "error HT0401"},
        {"jdbc:postgresql://db/game?user=me", "error HT0401"},
        {"mysql://db/game", "error HT0401"},
        {"postgresql+://db", "error HT0401"},
        {"postgres:/db", "error HT0401"},
        {"postgres://db:port", "error HT0401"},
        {"postgres://db:0", "error HT0401"},
        {"postgres://db:65536", "error HT0401"},
        {"postgres://db:-1", "error HT0401"},
        {"postgres://::1/game", "error HT0401"},
        {"postgres://[::1/game", "error HT0401"},
        {"postgres://[zz]/game", "error HT0401"},
        {"postgres://a,b,c/game?port=1,2", "error HT0401"},
        {"postgres://a,b/game?hostaddr=127.0.0.1", "error HT0401"},
        {"postgres://db/ga/me", "error HT0401"},
        {"postgres://db/game#x", "error HT0401"},
        {"postgres://db/game?sslmode", "error HT0401"},
        {"postgres://db/%zz", "error HT0401"},
        {"postgres://db/%4", "error HT0401"},
        {"postgres://db/%00", "error HT0401"},
        {"postgres://d b/game", "error HT0401"},
        {"postgres://db/ga\nme", "error HT0401"},
        {"postgres://db/game?sslmode=on", "error HT0402"},
        {"postgres://db/game?connect_timeout=soon", "error HT0402"},
        {"host=db sslmode=required", "error HT0402"},
        {"host=db user", "error HT0401"},
        {"host=db user='me", "error HT0401"},
        {"host=db =x", "error HT0401"},
        {"Host=db;Port=5432", "error HT0401"},
        {"dbname=postgres://me:pw@db/game", "error HT0401"},
    };
    for (const auto& [text, outcome] : table) EXPECT_EQ(keywords_of(text), outcome) << text;
}

TEST(ConnectionUrl, NeverShowsAPieceOfAPassword) {
    // "top" and "secret" are the pieces of the password in each of these.
    for (const char* text : {
             "postgres://me:top@secret@db/game",
             "postgres://me:top/secret@db/game",
             "postgres://me:top?secret@db/game",
             "postgres://me:top?secret=1@db/game",
             "postgres://me:top?secret=1&user=x@db/game",
             "postgres://me:top@secret/secret@db/game",
             "postgres://me:top@secret?secret=2@db/game",
             "postgres://me:12/top?secret=x@db/game",
             "postgres://me:top%secret@db/game",
             "postgres://me:top%40secret/game",
             "postgres://me:topsecret",
             "postgres://me:topsecret@db:port/game",
             "postgres://me:topsecret@db/game?nonsense=1",
             "postgres://db/game?password=topsecret&nonsense=1",
             "postgres://db/game?sslmode=require;password=topsecret",
             "jdbc:postgresql://db/game?user=me&password=topsecret",
             "mysql://me:topsecret@db/game",
             "'postgres://me:topsecret@db/game'",
             "host=db password=top secret user=me",
             "host=db password=top secret=1 user=me",
             "host=db password='topsecret",
             "Host=db;Username=me;Password=topsecret",
             "host=db;password=topsecret",
             "host=db user=me;password=topsecret dbname=x",
             "dbname=postgres://me:topsecret@db/game",
             "host='db password=topsecret'",
             "me:topsecret@db/game",
             "postgresql+asyncpg//me:topsecret@db/game?ssl=require",
         }) {
        const auto url = ConnectionUrl::parse(text);
        ASSERT_FALSE(url.ok()) << text;
        const auto& error = url.error();
        const std::string said = error.sentence + error.hint + error.detail + (error.span ? error.span->line_text : "");
        EXPECT_EQ(said.find("secret"), std::string::npos) << text << "\n" << said;
        EXPECT_EQ(said.find("top"), std::string::npos) << text << "\n" << said;
        EXPECT_FALSE(error.hint.empty()) << text;
    }
}

TEST(ConnectionUrl, SaysHowToEncodeTheSignThatDividesThePassword) {
    const std::array<std::pair<const char*, const char*>, 4> table{{{"postgres://me:a@b@db/game", "%40"},
                                                                    {"postgres://me:a@db/game#1", "%23"},
                                                                    {"postgres://me:a/b@db/game", "%2F"},
                                                                    {"postgres://me:a?b@db/game", "%3F"}}};
    for (const auto& [text, code] : table) {
        const auto url = ConnectionUrl::parse(text);
        ASSERT_FALSE(url.ok()) << text;
        EXPECT_NE(url.error().hint.find(code), std::string::npos) << text;
    }
}

TEST(ConnectionUrl, ShowsEverythingButSecrets) {
    const Reading table[] = {
        {"postgres://me:pw@db:5433/game?sslmode=require", "postgresql://me@db:5433/game?sslmode=require"},
        {"host=/run/pg user=me password=pw dbname=game", "postgresql://me@/game?host=/run/pg"},
        {"postgres://[::1]:1,b:2/g", "postgresql://[::1]:1,b:2/g"},
        {"postgres://a,b/g?port=5", "postgresql:///g?host=a,b&port=5"},
        {"postgres://m%40e@db/g%2Fh", "postgresql://m%40e@db/g%2Fh"},
        {"postgres://db/게임", "postgresql://db/게임"},
        {"postgres://db/g?sslpassword=pw&oauth_client_secret=pw&scram_client_key=pw&password=pw", "postgresql://db/g"},
        {"postgres://db/g?passfile=/p", "postgresql://db/g?passfile=/p"},
    };
    for (const auto& [text, shown] : table) {
        const auto url = ConnectionUrl::parse(text);
        ASSERT_TRUE(url.ok()) << text << url.error().sentence;
        EXPECT_EQ(url->shown(), shown);
        const auto again = ConnectionUrl::parse(url->shown());
        ASSERT_TRUE(again.ok()) << url->shown();
        EXPECT_EQ(again->shown(), url->shown());
    }
}

TEST(ConnectionUrl, KnowsWhetherItHoldsASecret) {
    EXPECT_TRUE(ConnectionUrl::parse("postgres://me:pw@db")->has_password());
    EXPECT_TRUE(ConnectionUrl::parse("postgres://db/?sslpassword=x")->has_password());
    EXPECT_FALSE(ConnectionUrl::parse("postgres://me@db/?passfile=x")->has_password());
    EXPECT_FALSE(ConnectionUrl::parse("postgres://me:@db")->has_password());
}

TEST(ConnectionUrl, SetsAndRemovesOneKeywordInACopy) {
    const auto url = ConnectionUrl::parse("postgres://me:pw@db/game").value();
    EXPECT_EQ(url.with("dbname", "other").shown(), "postgresql://me@db/other");
    EXPECT_EQ(url.with("port", "1").keywords()[1], (std::pair<std::string, std::string>("port", "1")));
    EXPECT_FALSE(url.with("password", "").has_password());
    EXPECT_EQ(url.value("dbname"), "game");
    EXPECT_THROW((void)url.with("nonsense", "x"), base::Bug);
}

}  // namespace
}  // namespace haetae::pg
