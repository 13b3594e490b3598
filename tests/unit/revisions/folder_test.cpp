// SPDX-License-Identifier: Apache-2.0
// Folders of revision files: which files count, in which order, and what stops a run before it starts.
#include "revisions/folder.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "os/file.hpp"

using namespace haetae;

namespace {

class Folder : public testing::Test {
 protected:
    void SetUp() override {
        std::string root = "/tmp/haetae_folder_XXXXXX";
        ASSERT_NE(::mkdtemp(root.data()), nullptr);
        settings_.root = root;
        add_domain("users");
    }
    void TearDown() override { std::filesystem::remove_all(settings_.root); }

    void add_domain(const std::string& name) {
        settings_.domains.push_back(
            {.name = graph::DomainName(name), .folder = "migrations/" + name, .schema = name, .version_schema = name});
    }
    void write(const std::string& path, const std::string& text) {
        const std::string full = os::join(settings_.root, path);
        ASSERT_TRUE(os::make_folder(std::filesystem::path(full).parent_path().string()).ok());
        ASSERT_TRUE(os::write_file(full, text).ok());
    }
    void write_revision(const std::string& name, const std::string& id, const std::string& parent) {
        write("migrations/users/versions/" + name,
              "-- m\n-- Revision ID: " + id + "\n-- Revises: " + parent + "\n-- migrate:up\nSELECT 1;\n");
    }

    settings::Settings settings_{};
};

TEST_F(Folder, gives_its_sql_files_in_the_order_of_their_names) {
    write_revision("b.sql", "b", "a");
    write_revision("a.sql", "a", "");
    write_revision(".hidden.sql", "c", "");
    write("migrations/users/versions/notes.md", "no revision");
    write("migrations/users/versions/a.py", "no revision");
    write("migrations/users/versions/b.sql~", "no revision");
    write("migrations/users/versions/old.sql/x.sql", "no revision");
    const auto list = revisions::read_headers(settings_, settings_.domains[0]);
    ASSERT_TRUE(list.ok());
    ASSERT_EQ(list->size(), 2U);
    EXPECT_EQ(list->at(0).id.text(), "a");
    EXPECT_EQ(list->at(1).file, "migrations/users/versions/b.sql");
    EXPECT_EQ(list->at(1).domain.text(), "users");
}

TEST_F(Folder, may_be_empty_or_planned_but_not_missing) {
    EXPECT_EQ(revisions::read_headers(settings_, settings_.domains[0]).error().code, "HT0230");
    settings_.domains[0].planned = true;
    EXPECT_TRUE(revisions::read_headers(settings_, settings_.domains[0])->empty());
    settings_.domains[0].planned = false;
    ASSERT_TRUE(os::make_folder(os::join(settings_.root, "migrations/users")).ok());
    EXPECT_TRUE(revisions::read_headers(settings_, settings_.domains[0])->empty());
}

TEST_F(Folder, refuses_a_file_of_17_megabytes_and_one_without_header) {
    write_revision("a.sql", "a", "");
    write("migrations/users/versions/big.sql", "-- m\n" + std::string(std::size_t{17} * 1024 * 1024, ' '));
    EXPECT_EQ(revisions::read_headers(settings_, settings_.domains[0]).error().code, "HT0902");
    write("migrations/users/versions/big.sql", "SELECT 1;");
    const auto list = revisions::read_headers(settings_, settings_.domains[0]);
    ASSERT_FALSE(list.ok());
    EXPECT_EQ(list.error().code, "HT0201");
    EXPECT_EQ(list.error().span->file, "migrations/users/versions/big.sql");
}

TEST_F(Folder, gives_the_parts_of_one_revision) {
    write_revision("a.sql", "a", "");
    auto revision = revisions::read_headers(settings_, settings_.domains[0])->at(0);
    EXPECT_EQ(revisions::load_parts(settings_, revision)->up.statements.at(0).line, 5U);
    revision.id = graph::RevisionId("other");
    EXPECT_EQ(revisions::load_parts(settings_, revision).error().code, "HT0231");
    revision.file = "migrations/users/versions/gone.sql";
    EXPECT_EQ(revisions::load_parts(settings_, revision).error().code, "HT0901");
}

TEST_F(Folder, becomes_a_graph_with_the_folders_of_other_domains) {
    add_domain("character");
    write_revision("a.sql", "a", "");
    write_revision("b.sql", "b", "a");
    write("migrations/character/versions/c.sql",
          "-- m\n-- Revision ID: c\n-- Revises:\n-- Depends on: users:b\n-- migrate:up\n");
    const auto graph = revisions::load_graph(settings_);
    ASSERT_TRUE(graph.ok()) << graph.error().sentence;
    EXPECT_EQ(graph->size(), 3U);
    EXPECT_EQ(graph->dependencies(*graph->find(graph::DomainName("character"), "c")).size(), 1U);
    write_revision("d.sql", "b", "a");
    EXPECT_EQ(revisions::load_graph(settings_).error().code, "HT0240");
}

}  // namespace
