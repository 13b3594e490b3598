// SPDX-License-Identifier: Apache-2.0
// POSIX files. A write is temp file + fsync + rename, so that a crash leaves the old or the new content, never a part.
#include "os/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

namespace haetae::os {

namespace fs = std::filesystem;

namespace {

base::Error system_error(std::string code, std::string_view what, const std::string& path, int error_number) {
    return {.code = std::move(code),
            .sentence = fmt::format("cannot {} {}: {}", what, path, std::strerror(error_number)),
            .hint = error_number == EACCES ? "look at the rights of the file and of the folders above it" : ""};
}

class Descriptor {
 public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

 private:
    int number_;
};

template <typename IsWanted>
base::Result<std::vector<std::string>> list_entries(const std::string& path, const IsWanted& is_wanted) {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
    if (!folder) return system_error("HT0901", "read", path, errno);
    std::vector<std::string> names;
    errno = 0;
    for (const dirent* entry = ::readdir(folder.get()); entry != nullptr; entry = ::readdir(folder.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && is_wanted(*entry)) names.emplace_back(name);
        errno = 0;
    }
    if (errno != 0) return system_error("HT0901", "read", path, errno);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

base::Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return system_error("HT0901", "read", path, errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return system_error("HT0901", "read", path, errno);
    if (S_ISDIR(status.st_mode)) return system_error("HT0901", "read", path, EISDIR);

    std::string content;
    content.resize(static_cast<std::size_t>(status.st_size) + 1);
    std::size_t filled = 0;
    while (true) {
        if (filled == content.size()) content.resize(content.size() * 2);
        const ssize_t count = ::read(file.number(), content.data() + filled, content.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error("HT0901", "read", path, errno);
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
        if (filled > bytes_max) {
            return base::Error{.code = "HT0902",
                               .sentence = fmt::format("{} is larger than {} MB", path, bytes_max / (1024 * 1024)),
                               .hint = "divide it into several files"};
        }
        if (S_ISREG(status.st_mode) && filled == static_cast<std::size_t>(status.st_size)) break;
    }
    content.resize(filled);
    return content;
}

base::Result<std::string> read_beginning(const std::string& path, std::size_t bytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return system_error("HT0901", "read", path, errno);
    std::string content(bytes, '\0');
    ssize_t count = 0;
    do count = ::read(file.number(), content.data(), content.size());
    while (count < 0 && errno == EINTR);
    if (count < 0) return system_error("HT0901", "read", path, errno);
    content.resize(static_cast<std::size_t>(count));
    return content;
}

base::Status write_file(const std::string& path, std::string_view content, unsigned mode) {
    std::string temporary = path + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.number() < 0) return system_error("HT0903", "write", path, errno);
    const auto give_up = [&](int error_number) {
        ::unlink(temporary.c_str());
        return system_error("HT0903", "write", path, error_number);
    };
    while (!content.empty()) {
        const ssize_t count = ::write(file.number(), content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return give_up(errno);
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fchmod(file.number(), mode) != 0 || ::fsync(file.number()) != 0) return give_up(errno);
    if (::rename(temporary.c_str(), path.c_str()) != 0) return give_up(errno);
    return base::Done{};
}

base::Status make_folder(const std::string& path, unsigned mode) {
    if (is_folder(path)) return base::Done{};
    const auto parent = fs::path(path).parent_path().string();
    if (!parent.empty() && parent != path) TRY(make_folder(parent, 0755));
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST)
        return system_error("HT0904", "create folder", path, errno);
    return base::Done{};
}

bool is_file(const std::string& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

base::Result<std::vector<std::string>> list_folder(const std::string& path) {
    return list_entries(path, [](const dirent&) { return true; });
}

base::Result<std::vector<std::string>> list_files(const std::string& path) {
    return list_entries(path, [&](const dirent& entry) {
        const bool is_known = entry.d_type != DT_UNKNOWN && entry.d_type != DT_LNK;
        return is_known ? entry.d_type != DT_DIR : !is_folder(join(path, entry.d_name));
    });
}

std::string join(std::string_view a, std::string_view b) {
    return (fs::path(a) / fs::path(b)).lexically_normal().string();
}

std::string absolute(const std::string& path) {
    std::error_code ignored;
    auto full = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
    if (!full.has_filename() && full.has_parent_path()) full = full.parent_path();
    return full.string();
}

std::string relative_to(const std::string& path, const std::string& folder) {
    const auto relative = fs::path(path).lexically_relative(folder);
    if (relative.empty() || *relative.begin() == "..") return path;
    return relative.string();
}

}  // namespace haetae::os
