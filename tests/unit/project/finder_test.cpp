// SPDX-License-Identifier: Apache-2.0
// Projects on disk: found upward, their domains found and ordered, their variables read.
#include "project/finder.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "os/file.hpp"
#include "project/project_file.hpp"

namespace haetae::project {
namespace {

namespace fs = std::filesystem;

class Finder : public testing::Test {
 protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "haetae_finder_XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        root_ = os::absolute(pattern);
    }
    void TearDown() override { fs::remove_all(root_); }

    void write(const std::string& name, const std::string& text) const {
        const fs::path path = fs::path(root_) / name;
        fs::create_directories(path.parent_path());
        ASSERT_TRUE(os::write_file(path.string(), text).ok());
    }
    void add_domain_folder(const std::string& name) const {
        fs::create_directories(fs::path(root_) / "migrations" / name / "versions");
    }
    [[nodiscard]] base::Result<Project> open(const std::string& from = ".") const {
        return open_project(os::join(root_, from));
    }
    [[nodiscard]] std::string failure() const {
        const auto project = open();
        return project ? "none" : project.error().code + " " + project.error().sentence;
    }
    [[nodiscard]] std::string order() const {
        const auto project = open();
        if (!project) return project.error().code + " " + project.error().sentence;
        std::string names;
        for (const auto& domain : project->settings.domains) names += (names.empty() ? "" : " ") + domain.name.text();
        return names;
    }

    std::string root_;
};

TEST_F(Finder, FindsTheProjectUpwardAndTheDomainOneStandsIn) {
    write("haetae.toml", "");
    add_domain_folder("users");
    add_domain_folder("users2");
    fs::create_directories(root_ + "/src/deep");
    EXPECT_EQ(open("src/deep")->settings.root, root_);
    EXPECT_FALSE(open("src/deep")->standing_in.has_value());
    EXPECT_FALSE(open("migrations")->standing_in.has_value());
    EXPECT_EQ(open("migrations/users")->standing_in, graph::DomainName("users"));
    EXPECT_EQ(open("migrations/users2/versions")->standing_in, graph::DomainName("users2"));
    const auto users = *open()->settings.find_domain(graph::DomainName("users"));
    EXPECT_EQ(users.folder, "migrations/users");
    EXPECT_EQ(users.schema, "users");
    EXPECT_EQ(users.version_schema, "users");
    EXPECT_EQ(users.version_table, "alembic_version");
}

TEST_F(Finder, SaysHowToStartWhereThereIsNoProject) {
    const auto project = open();
    ASSERT_FALSE(project.ok());
    EXPECT_EQ(project.error().code, "HT0301");
    EXPECT_NE(project.error().hint.find("haetae init"), std::string::npos);
    EXPECT_EQ(open("nowhere").error().code, "HT0901");
}

TEST_F(Finder, OrdersDomainsByDependencyThenByName) {
    for (const char* name : {"c", "b", "a", "z"}) add_domain_folder(name);
    write("haetae.toml", "");
    EXPECT_EQ(order(), "a b c z");
    write("haetae.toml", "[domain.a]\ndepends_on = ['z', 'c']");
    EXPECT_EQ(order(), "b c z a");
    write("haetae.toml", "[domain.later]\nplanned = true\n[domain.a]\ndepends_on = ['later']");
    EXPECT_EQ(order(), "b c later a z");
}

TEST_F(Finder, NamesTheCircleOfDependencies) {
    for (const char* name : {"a", "b", "c", "d"}) add_domain_folder(name);
    write("haetae.toml",
          "[domain.a]\ndepends_on = ['b']\n[domain.b]\ndepends_on = ['c']\n[domain.c]\ndepends_on = ['b']");
    EXPECT_EQ(failure(), "HT0308 the domains depend on each other in a circle: b -> c -> b");
    EXPECT_EQ(open().error().span->line, 4U);
    write("haetae.toml", "[domain.a]\ndepends_on = ['a']");
    EXPECT_EQ(failure(), "HT0308 the domains depend on each other in a circle: a -> a");
}

TEST_F(Finder, RefusesAnUnknownDependency) {
    add_domain_folder("a");
    write("haetae.toml", "[domain.a]\ndepends_on = ['users']");
    EXPECT_EQ(failure(), "HT0307 domain 'a' depends on 'users', which does not exist");
}

TEST_F(Finder, RefusesTwoDomainsWithOneVersionTable) {
    for (const char* name : {"a", "b"}) add_domain_folder(name);
    write("haetae.toml", "[domain.a]\nschema = 'public'\n[domain.b]\nschema = 'public'");
    EXPECT_EQ(failure(), "HT0309 the domains 'a' and 'b' share the version table public.alembic_version");
    write("haetae.toml", "[domain.a]\nschema = 'public'\nversion_table = 'a_version'\n[domain.b]\nschema = 'public'");
    EXPECT_EQ(failure(), "none");
    write("haetae.toml", "[domain.a]\nversion_schema = 'b'");
    EXPECT_EQ(failure(), "HT0309 the domains 'a' and 'b' share the version table b.alembic_version");
}

TEST_F(Finder, RefusesAMissingFolderUnlessItIsPlanned) {
    write("haetae.toml", "[domain.a]\n");
    EXPECT_EQ(failure(), "HT0310 the folder migrations/a/versions of domain 'a' is missing");
    EXPECT_EQ(open().error().span->column, 9U);
    write("haetae.toml", "[domain.a]\nplanned = true");
    EXPECT_EQ(failure(), "none");
}

TEST_F(Finder, IgnoresFoldersWithoutVersionsAndRefusesNamesThatNoDomainCanHave) {
    write("haetae.toml", "");
    write("migrations/schemas/V003__old.sql", "");
    fs::create_directories(root_ + "/migrations/.git/versions");
    EXPECT_EQ(order(), "");
    add_domain_folder("my app");
    EXPECT_EQ(failure().substr(0, 6), "HT0306");
}

TEST_F(Finder, KeepsFoldersInsideTheProject) {
    fs::create_directories(root_ + "/outside/users/versions");
    fs::create_directories(root_ + "/inside/migrations");
    write("inside/haetae.toml", "");
    fs::create_directory_symlink(root_ + "/outside/users", root_ + "/inside/migrations/users");
    EXPECT_EQ(open("inside").error().code, "HT0311");
    fs::remove_all(root_ + "/inside/migrations");
    fs::create_directory_symlink(root_ + "/outside", root_ + "/inside/migrations");
    EXPECT_EQ(open("inside").error().code, "HT0311");
}

TEST_F(Finder, ReadsAVariableFromTheEnvironmentBeforeDotenv) {
    write("haetae.toml", "");
    const auto settings = open()->settings;
    const std::string name = "HAETAE_FINDER_TEST_URL";
    ::unsetenv(name.c_str());
    EXPECT_EQ(variable(settings, name).value(), std::nullopt);
    write(".env", name + "=from file\nEMPTY_ONE=\n");
    EXPECT_EQ(variable(settings, name).value(), "from file");
    EXPECT_EQ(variable(settings, "EMPTY_ONE").value(), "");
    EXPECT_EQ(variable(settings, "").value(), std::nullopt);
    ::setenv(name.c_str(), "", 1);
    EXPECT_EQ(variable(settings, name).value(), "");
    ::setenv(name.c_str(), "from environment", 1);
    EXPECT_EQ(variable(settings, name).value(), "from environment");
    write(".env", "broken");
    EXPECT_EQ(variable(settings, name).value(), "from environment");
    ::unsetenv(name.c_str());
    EXPECT_EQ(variable(settings, name).error().code, "HT0312");
}

TEST_F(Finder, AddsADomainToTheFileItFound) {
    write("haetae.toml", fresh_project_file());
    add_domain_folder("users");
    ASSERT_TRUE(add_domain(open()->settings, {.name = graph::DomainName("users"), .schema = "public"}).ok());
    EXPECT_EQ(open()->settings.find_domain(graph::DomainName("users"))->schema, "public");
    EXPECT_EQ(add_domain(open()->settings, {.name = graph::DomainName("users")}).error().code, "HT0313");
}

}  // namespace
}  // namespace haetae::project
