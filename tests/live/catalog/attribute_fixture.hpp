// SPDX-License-Identifier: Apache-2.0
// One attribute of one kind of object: made, read, changed, read again. The difference must name exactly what changed,
// so an attribute that the reader forgets turns its case red.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <iterator>
#include <string>

#include "catalog/fingerprint.hpp"
#include "catalog/snapshot.hpp"
#include "kit/sandbox_fixture.hpp"
#include "model/fact.hpp"

namespace haetae::catalog {

struct AttributeCase {
    const char* attribute;
    const char* before;      ///< SQL; schema s is there and empty
    const char* change;      ///< SQL
    const char* difference;  ///< what model::text says, without the last line feed
};

class AttributeTest : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        session.emplace(connection());
        run("DO $$ BEGIN CREATE ROLE reader; CREATE ROLE \"Other Role\"; EXCEPTION WHEN duplicate_object THEN NULL; "
            "END $$");
    }

    void run(const std::string& sql) {
        const auto done = session->simple(sql);
        ASSERT_TRUE(done) << done.error().sentence << "\n" << sql;
    }
    model::Database read_schema() {
        const model::SchemaName names[] = {model::SchemaName("s")};
        auto database = read(*session, {.schemas = names});
        EXPECT_TRUE(database) << database.error().sentence;
        return database ? std::move(*database) : model::Database{};
    }
    void check(const AttributeCase& one) {
        SCOPED_TRACE(one.attribute);
        run("DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s");
        run(one.before);
        const auto before = read_schema();
        run(one.change);
        const auto after = read_schema();
        EXPECT_NE(before, after);
        EXPECT_NE(fingerprint(before), fingerprint(after));
        EXPECT_EQ(model::text(model::difference(before, after)), one.difference + std::string("\n"));
    }

    std::optional<connect::Connection> session;
};

}  // namespace haetae::catalog
