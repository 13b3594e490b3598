// SPDX-License-Identifier: Apache-2.0
// A folder that stands where ours should be is believed only when it could be ours.
#include "os/private_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "os/file.hpp"
#include "os/temp_dir.hpp"

namespace haetae::os {
namespace {

class PrivateFolder : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(temp_); }
    [[nodiscard]] std::string path() const { return join(temp_->path(), "private"); }
    [[nodiscard]] static unsigned mode_of(const std::string& path) {
        struct stat status {};
        return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0U;
    }
    base::Result<TempDir> temp_ = TempDir::make();
    User me_ = current_user();
};

TEST_F(PrivateFolder, is_made_closed_to_others_and_found_again) {
    ASSERT_TRUE(private_folder(path(), me_));
    EXPECT_EQ(mode_of(path()), 0700U);
    EXPECT_TRUE(private_folder(path(), me_));
}

TEST_F(PrivateFolder, a_link_a_file_an_open_folder_and_a_strangers_are_refused) {
    ASSERT_EQ(::symlink(temp_->path().c_str(), path().c_str()), 0);
    EXPECT_EQ(private_folder(path(), me_).error().code, "HT0913");
    ::unlink(path().c_str());

    ASSERT_TRUE(write_file(path(), ""));
    EXPECT_FALSE(private_folder(path(), me_));
    ::unlink(path().c_str());

    ASSERT_EQ(::mkdir(path().c_str(), 0700), 0);
    ::chmod(path().c_str(), 0750);
    EXPECT_FALSE(private_folder(path(), me_));
    ::chmod(path().c_str(), 0700);

    auto somebody_else = me_;
    somebody_else.uid += 1;
    EXPECT_FALSE(private_folder(path(), somebody_else));
}

TEST_F(PrivateFolder, new_ones_have_names_of_their_own) {
    const auto one = new_private_folder(temp_->path(), "cluster-", me_);
    const auto two = new_private_folder(temp_->path(), "cluster-", me_);
    ASSERT_TRUE(one && two);
    EXPECT_NE(*one, *two);
    EXPECT_EQ(mode_of(*one), 0700U);
}

TEST_F(PrivateFolder, a_runtime_folder_of_another_account_is_not_used) {
    ::setenv("XDG_RUNTIME_DIR", temp_->path().c_str(), 1);
    EXPECT_EQ(*runtime_folder(me_), join(temp_->path(), "haetae"));
    ::chmod(temp_->path().c_str(), 0755);
    EXPECT_EQ(*runtime_folder(me_), "/tmp/haetae-" + std::to_string(me_.uid));
    ::unsetenv("XDG_RUNTIME_DIR");
}

TEST_F(PrivateFolder, removing_a_tree_does_not_follow_links) {
    ASSERT_TRUE(make_folder(path()));
    ASSERT_TRUE(write_file(join(temp_->path(), "kept"), ""));
    ASSERT_EQ(::symlink(temp_->path().c_str(), join(path(), "link").c_str()), 0);
    ASSERT_TRUE(remove_tree(path()));
    EXPECT_FALSE(is_folder(path()));
    EXPECT_TRUE(is_file(join(temp_->path(), "kept")));
}

TEST_F(PrivateFolder, a_temporary_folder_is_gone_with_its_object) {
    std::string gone;
    {
        const auto folder = TempDir::make();
        ASSERT_TRUE(folder);
        gone = folder->path();
        EXPECT_EQ(mode_of(gone), 0700U);
    }
    EXPECT_FALSE(is_folder(gone));
}

TEST_F(PrivateFolder, who_may_enter_is_read_from_every_folder_on_the_way) {
    const auto inner = join(path(), "inner");
    ASSERT_TRUE(make_folder(inner));
    ::chmod(temp_->path().c_str(), 0755);
    ::chmod(path().c_str(), 0755);
    const User stranger{.uid = me_.uid + 12345, .gid = me_.gid + 12345, .name = "", .home = ""};
    EXPECT_TRUE(can_enter(stranger, inner));
    ::chmod(path().c_str(), 0700);
    EXPECT_FALSE(can_enter(stranger, inner));
    EXPECT_TRUE(can_enter(me_, inner));
    EXPECT_FALSE(can_enter(me_, "relative"));
}

}  // namespace
}  // namespace haetae::os
