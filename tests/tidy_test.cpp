// SPDX-License-Identifier: Apache-2.0
// The rules of the house that a compiler does not know: which room may include which, names that mean nothing, files
// that grow, pages that go stale. HACKING.md says what to do when one of these fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source = HAETAE_SOURCE;

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const fs::path& path) {
    std::istringstream text(content_of(path));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

// As in messages and lists: relative to the root of the repository.
std::string name_of(const fs::path& path) {
    return path.lexically_relative(source).string();
}

std::vector<fs::path> files_below(std::initializer_list<const char*> folders, std::set<std::string> extensions = {}) {
    std::vector<fs::path> files;
    for (const char* folder : folders) {
        if (!fs::is_directory(source / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(source / folder)) {
            const bool wanted = extensions.empty() || extensions.count(entry.path().extension().string()) > 0;
            if (entry.is_regular_file() && wanted) files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> code_files() {
    return files_below({"src", "tests", "bench"}, {".cpp", ".hpp"});
}

std::vector<std::string> includes_of(const fs::path& path) {
    std::vector<std::string> names;
    for (const std::string& line : lines_of(path)) {
        if (!line.starts_with("#include ")) continue;
        const auto begin = line.find_first_of("\"<");
        const auto end = line.find_last_of("\">");
        if (begin != std::string::npos && end > begin) names.push_back(line.substr(begin + 1, end - begin - 1));
    }
    return names;
}

std::string output_of(const std::string& arguments) {
    const std::string command = std::string("'") + HAETAE_PROGRAM + "' " + arguments;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return "";
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), count);
    return ::pclose(pipe) == 0 ? text : "";
}

struct Room {
    std::string path;  // "words/sql"
    std::set<std::string> uses;
};

std::map<std::string, Room> floor_plan() {
    std::map<std::string, Room> rooms;
    for (const std::string& line : lines_of(fs::path(HAETAE_BUILD) / "floor_plan.txt")) {
        const auto colon = line.find(':');
        Room room{line.substr(0, colon), {}};
        std::istringstream uses(line.substr(colon + 1));
        for (std::string use; uses >> use;) room.uses.insert(use);
        rooms.emplace(fs::path(room.path).filename().string(), room);
    }
    return rooms;
}

TEST(Tidy, a_room_includes_only_the_rooms_it_declares) {
    const auto rooms = floor_plan();
    ASSERT_FALSE(rooms.empty());
    for (const auto& [name, room] : rooms) {
        for (const fs::path& file : files_below({("src/" + room.path).c_str()}, {".cpp", ".hpp"})) {
            for (const std::string& include : includes_of(file)) {
                const std::string used = include.substr(0, include.find('/'));
                if (used == name || rooms.count(used) == 0) continue;
                EXPECT_TRUE(room.uses.count(used) > 0) << name_of(file) << " includes " << include << "; add_room("
                                                       << room.path << " …) does not use " << used;
            }
        }
    }
}

TEST(Tidy, every_folder_of_a_floor_is_a_room) {
    const auto rooms = floor_plan();
    for (const char* floor : {"ground", "words", "files", "reason", "live", "app"}) {
        if (!fs::is_directory(source / "src" / floor)) continue;
        for (const auto& entry : fs::directory_iterator(source / "src" / floor)) {
            if (!entry.is_directory()) continue;
            const auto room = rooms.find(entry.path().filename().string());
            EXPECT_TRUE(room != rooms.end() && "src/" + room->second.path == name_of(entry.path()))
                << name_of(entry.path()) << " is not in the floor plan";
        }
    }
}

TEST(Tidy, walled_headers_stay_in_their_rooms) {
    const std::map<std::string, std::string> walls{{"libpq-fe.h", "src/live/connect/"},
                                                   {"pg_query.h", "src/words/sql/"}};
    for (const fs::path& file : files_below({"src"}, {".cpp", ".hpp"})) {
        for (const std::string& include : includes_of(file)) {
            const auto wall = walls.find(include);
            EXPECT_TRUE(wall == walls.end() || name_of(file).starts_with(wall->second))
                << name_of(file) << " includes " << include << ", which belongs to " << wall->second;
        }
    }
}

TEST(Tidy, no_name_that_means_nothing) {
    const std::regex in_path("(^|[/_])(util|utils|common|misc|helper|helpers|manager|context|data|info)($|[/_.])");
    const std::regex in_type(
        "^ *(class|struct|enum class) [A-Za-z]*(Util|Utils|Common|Misc|Helper|Manager|Context|Info)\\b");
    for (const fs::path& file : code_files()) {
        const std::string name = name_of(file);
        EXPECT_FALSE(std::regex_search(name, in_path)) << name;
        for (const std::string& line : lines_of(file)) {
            const bool declares = line.find("class ") != std::string::npos || line.find("struct ") != std::string::npos;
            EXPECT_FALSE(declares && std::regex_search(line, in_type)) << name << ": " << line;
        }
    }
}

TEST(Tidy, a_file_opens_with_its_licence_and_then_says_what_it_is_for) {
    std::vector<fs::path> files =
        files_below({"src", "tests", "bench", "cmake"}, {".cpp", ".hpp", ".cmake", ".py", ".sh"});
    for (const fs::path& file : files_below({"tests", "bench"}, {".txt"})) {
        if (file.filename() == "CMakeLists.txt") files.push_back(file);
    }
    for (const char* file : {"CMakeLists.txt", "dev", ".ci/run", ".clang-tidy"}) files.push_back(source / file);
    for (const fs::path& file : files) {
        auto lines = lines_of(file);
        if (!lines.empty() && lines[0].starts_with("#!")) lines.erase(lines.begin());
        ASSERT_GE(lines.size(), 2U) << name_of(file);
        const bool is_code = file.extension() == ".cpp" || file.extension() == ".hpp";
        const std::string comment = is_code ? "//" : "#";
        EXPECT_EQ(lines[0], comment + " SPDX-License-Identifier: Apache-2.0") << name_of(file);
        EXPECT_TRUE(!is_code || (lines[1].starts_with("// ") && lines[1].size() > 10))
            << name_of(file) << " does not say what it is for";
    }
}

TEST(Tidy, a_file_over_400_lines_is_on_the_list_with_its_reason) {
    std::map<std::string, std::string> reasons;
    for (const std::string& line : lines_of(source / "tests" / "long_files.txt")) {
        const auto colon = line.find(": ");
        if (line.empty() || line.starts_with("#")) continue;
        ASSERT_NE(colon, std::string::npos) << "long_files.txt: no reason in: " << line;
        reasons[line.substr(0, colon)] = line.substr(colon + 2);
    }
    for (const fs::path& file : code_files()) {
        const std::size_t count = lines_of(file).size();
        const bool listed = reasons.erase(name_of(file)) > 0;
        EXPECT_TRUE(count <= 400 || listed) << name_of(file) << " has " << count << " lines";
        EXPECT_TRUE(count > 400 || !listed) << name_of(file) << " is no longer long; take it off tests/long_files.txt";
    }
    for (const auto& [name, reason] : reasons)
        ADD_FAILURE() << "tests/long_files.txt lists " << name << ", which is gone";
}

TEST(Tidy, nothing_is_left_for_later) {
    const std::array<std::string, 3> words{
        "TO"
        "DO",
        "FIX"
        "ME",
        "XX"
        "X:"};
    auto files = files_below({"src", "tests", "bench", "cmake", "docs", "examples"});
    for (const char* file : {"CMakeLists.txt", "dev", "README.md", "ARCHITECTURE.md", "HACKING.md"})
        files.push_back(source / file);
    for (const fs::path& file : files) {
        if (name_of(file).starts_with("tests/fuzz/corpus/")) continue;
        const std::string text = content_of(file);
        for (const std::string& word : words)
            EXPECT_EQ(text.find(word), std::string::npos) << name_of(file) << ": " << word;
    }
}

std::map<std::string, std::string> codes_in_source() {
    static const std::regex literal("\"(HT[0-9]{4})\"");
    std::map<std::string, std::string> codes;
    for (const fs::path& file : files_below({"src"}, {".cpp", ".hpp"})) {
        for (const std::string& line : lines_of(file)) {
            if (line.find("\"HT") == std::string::npos) continue;
            const auto comment = line.find("//");
            const std::string code = line.substr(0, comment);
            for (std::sregex_iterator found(code.begin(), code.end(), literal), end; found != end; ++found) {
                codes.emplace((*found)[1], name_of(file));
            }
        }
    }
    return codes;
}

TEST(Tidy, every_error_code_has_a_page_and_every_page_a_code) {
    auto codes = codes_in_source();
    ASSERT_FALSE(codes.empty());
    for (const fs::path& page : files_below({"docs/reference/errors"}, {".md"})) {
        const std::string code = page.stem().string();
        if (!code.starts_with("HT")) continue;
        EXPECT_TRUE(codes.erase(code) > 0) << name_of(page) << " explains a code that nothing makes";
    }
    for (const auto& [code, file] : codes) ADD_FAILURE() << file << " makes " << code << ", which has no page";
}

TEST(Tidy, an_error_ends_with_an_exit_code_of_the_contract) {
    const std::set<std::string> contract{"1", "2", "3", "4", "5", "6", "7", "8", "70", "130", "143"};
    for (const fs::path& page : files_below({"docs/reference/errors"}, {".md"})) {
        if (!page.stem().string().starts_with("HT")) continue;
        const auto lines = lines_of(page);
        ASSERT_GT(lines.size(), 4U) << name_of(page);
        const std::string code = lines[2].substr(lines[2].find_last_of(' ') + 1);
        EXPECT_TRUE(contract.count(code.substr(0, code.find('.'))) > 0) << name_of(page) << ": " << lines[2];
    }
}

std::vector<std::string> verb_names() {
    std::istringstream text(output_of("help --names"));
    std::vector<std::string> names;
    for (std::string line; std::getline(text, line);) names.push_back(line);
    return names;
}

std::string file_name_of(std::string verb) {
    std::replace(verb.begin(), verb.end(), ' ', '_');
    return verb;
}

TEST(Tidy, every_verb_has_a_page_that_is_up_to_date) {
    std::set<std::string> pages;
    for (const fs::path& page : files_below({"docs/reference/cli"}, {".md"})) pages.insert(page.stem().string());
    const auto verbs = verb_names();
    ASSERT_FALSE(verbs.empty());
    for (const std::string& verb : verbs) {
        const std::string name = file_name_of(verb);
        pages.erase(name);
        EXPECT_EQ(content_of(source / "docs/reference/cli" / (name + ".md")), output_of("help --markdown " + verb))
            << "docs/reference/cli/" << name << ".md is stale; run ./dev docs";
    }
    for (const std::string& page : pages) ADD_FAILURE() << "docs/reference/cli/" << page << ".md is of no verb";
}

TEST(Tidy, every_verb_has_a_golden_case) {
    for (const std::string& verb : verb_names()) {
        const fs::path folder = source / "tests" / "golden" / file_name_of(verb);
        bool found = false;
        if (fs::is_directory(folder)) {
            for (const auto& entry : fs::directory_iterator(folder))
                found = found || fs::exists(entry.path() / "command");
        }
        EXPECT_TRUE(found) << name_of(folder) << "/<case>/command is missing";
    }
}

TEST(Tidy, a_lint_rule_brings_a_bad_and_a_good_example) {
    for (const fs::path& rule : files_below({"src/reason/lint/rules"}, {".cpp"})) {
        const fs::path folder = source / "tests/golden/lint" / rule.stem();
        EXPECT_TRUE(fs::exists(folder / "bad.sql") && fs::exists(folder / "good.sql")) << name_of(folder);
    }
}

}  // namespace
