// SPDX-License-Identifier: Apache-2.0
// flock has no limit of its own, so a wait is a series of attempts.
#include "os/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

namespace haetae::os {

namespace {

base::Error lock_error(const std::string& path, const std::string& why) {
    return {.code = "HT0912",
            .sentence = fmt::format("cannot lock {}: {}", path, why),
            .hint = "see whether another haetae is running there"};
}

int open_for_lock(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0) return folder;
    return ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
}

}  // namespace

base::Result<std::optional<FileLock>> FileLock::try_take(const std::string& path, Kind kind) {
    FileLock lock(open_for_lock(path));
    if (lock.file_ < 0) return lock_error(path, std::strerror(errno));
    const int how = kind == Kind::shared ? LOCK_SH : LOCK_EX;
    while (::flock(lock.file_, how | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return std::optional<FileLock>{};
        if (errno != EINTR) return lock_error(path, std::strerror(errno));
    }
    return std::optional<FileLock>(std::move(lock));
}

base::Result<FileLock> FileLock::take(const std::string& path, Kind kind, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
        auto lock = TRY(try_take(path, kind));
        if (lock) return std::move(*lock);
        if (std::chrono::steady_clock::now() >= end) {
            return lock_error(path, fmt::format("another process has held it for {} s", limit.count() / 1000));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

FileLock::~FileLock() {
    if (file_ >= 0) ::close(file_);
}

void FileLock::touch() {
    ::futimens(file_, nullptr);
}

double FileLock::touched() const {
    struct stat status {};
    if (::fstat(file_, &status) != 0) return 0;
    return static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) * 1e-9;
}

}  // namespace haetae::os
