// SPDX-License-Identifier: Apache-2.0
// haetae against Alembic itself: thousands of random histories, states and targets. Compared are the set of steps, the
// rows afterwards and whether the question is refused; never the order of siblings, which Alembic leaves to chance, but
// our order must be a valid one. HAETAE_ORACLE_GRAPHS and HAETAE_ORACLE_SEED make longer or other runs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "oracle/plan/difference.hpp"
#include "oracle/plan/question.hpp"

namespace haetae::oracle {

namespace {

constexpr std::size_t questions_a_graph = 6;
constexpr std::size_t graphs_a_batch = 2500;
constexpr std::size_t examples_max = 25;

std::size_t number_from_environment(const char* name, std::size_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Figures {
    std::size_t graphs = 0;
    std::size_t revisions = 0;
    std::map<std::string, std::size_t> outcomes{};
    std::vector<std::string> unexplained{};
    std::vector<std::string> defects{};
};

struct Case {
    graph::Graph graph;
    std::vector<Question> questions;
};

Case random_case(std::uint64_t seed) {
    kit::Random random(seed);
    const std::size_t count = 1 + kit::below(random, kit::chance(random, 80) ? 12 : 30);
    auto graph = graph::Graph::build(kit::random_revisions(random, "main", count), {graph::DomainName("main")});
    EXPECT_TRUE(graph.ok()) << graph.error().sentence;
    Case made{std::move(graph).value(), {}};
    for (std::size_t i = 0; i < questions_a_graph; ++i) {
        made.questions.push_back(random_question(random, made.graph));
    }
    return made;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

std::string shown(const Answer& answer) {
    if (!answer.ok) return fmt::format("{}: {}", answer.refusal, answer.message);
    return fmt::format("steps [{}] rows [{}]", joined(answer.steps), joined(answer.rows));
}

/// A folder that goes away with the test.
class Folder {
 public:
    Folder() : path_(std::filesystem::temp_directory_path() / "haetae_oracle_XXXXXX") {
        std::string name = path_.string();
        made_ = mkdtemp(name.data()) != nullptr;
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] bool made() const { return made_; }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

 private:
    std::filesystem::path path_;
    bool made_ = false;
};

class Comparison {
 public:
    Comparison(std::uint64_t seed, std::size_t graphs) : seed_(seed), graphs_(graphs) {}

    /// Works on batches until none is left; several threads may.
    void work() {
        for (;;) {
            std::size_t first = 0;
            {
                const std::lock_guard lock(mutex_);
                first = next_;
                next_ += graphs_a_batch;
            }
            if (first >= graphs_) return;
            compare_batch(first, std::min(first + graphs_a_batch, graphs_));
        }
    }

    [[nodiscard]] const Figures& figures() const { return figures_; }

 private:
    void compare_batch(std::size_t first, std::size_t last);
    void judge(const Case& made, const Question& question, const std::string& line, std::size_t index);

    std::uint64_t seed_;
    std::size_t graphs_;
    std::size_t next_ = 0;
    std::mutex mutex_{};
    Figures figures_{};
};

void Comparison::compare_batch(std::size_t first, std::size_t last) {
    const Folder folder;
    ASSERT_TRUE(folder.made());
    std::ofstream requests(folder.file("requests"));
    for (std::size_t i = first; i < last; ++i) {
        const auto made = random_case(seed_ + i);
        requests << request_line(made.graph, made.questions) << '\n';
    }
    requests.close();
    const auto command = fmt::format("/usr/bin/python3 '{}/tests/oracle/alembic_oracle.py' < '{}' > '{}'",
                                     HAETAE_SOURCE, folder.file("requests").string(), folder.file("answers").string());
    ASSERT_EQ(std::system(command.c_str()), 0)
        << "Alembic could not be asked; install Debian's package `alembic` (python3 -m alembic must work)";
    std::ifstream answers(folder.file("answers"));
    for (std::size_t i = first; i < last; ++i) {
        const auto made = random_case(seed_ + i);
        for (const auto& question : made.questions) {
            std::string line;
            ASSERT_TRUE(std::getline(answers, line)) << "the oracle stopped early";
            judge(made, question, line, i);
        }
        const std::lock_guard lock(mutex_);
        ++figures_.graphs;
        figures_.revisions += made.graph.size();
    }
}

void Comparison::judge(const Case& made, const Question& question, const std::string& line, std::size_t index) {
    const auto alembic = parse_answer(line);
    const auto ours = our_answer(made.graph, question);
    const auto outcome = compare(made.graph, question, ours, alembic);
    static constexpr const char* verbs[] = {"upgrade", "downgrade", "stamp"};
    const auto example = [&] {
        std::vector<std::string> rows;
        for (const auto& row : question.rows) rows.push_back(row.text());
        return fmt::format("seed {} at [{}] {} {}\n  haetae:  {}\n  alembic: {}\n  {}", seed_ + index, joined(rows),
                           verbs[static_cast<std::size_t>(question.verb)], joined(question.targets), shown(ours),
                           shown(alembic), request_line(made.graph, {}));
    };
    const std::lock_guard lock(mutex_);
    if (outcome == "same") {
        ++figures_.outcomes[ours.ok ? "same (both answer)" : "same (both refuse)"];
    } else {
        ++figures_.outcomes[outcome.empty() ? "UNEXPLAINED" : "differs: " + std::string(outcome)];
    }
    if (outcome.empty() && figures_.unexplained.size() < examples_max) figures_.unexplained.push_back(example());
    if (!ours.defect.empty() && figures_.defects.size() < examples_max) {
        figures_.defects.push_back(ours.defect + "\n  " + example());
    }
}

TEST(Alembic, AgreesOnStepsRowsAndRefusalsUnlessADifferenceIsIntended) {
    Comparison comparison(number_from_environment("HAETAE_ORACLE_SEED", 20261125),
                          number_from_environment("HAETAE_ORACLE_GRAPHS", 10000));
    std::thread second([&] { comparison.work(); });
    comparison.work();
    second.join();

    const auto& figures = comparison.figures();
    fmt::print("{} graphs, {} revisions, {} questions\n", figures.graphs, figures.revisions,
               figures.graphs * questions_a_graph);
    for (const auto& [outcome, count] : figures.outcomes) fmt::print("{:8}  {}\n", count, outcome);
    for (const auto& example : figures.unexplained) ADD_FAILURE() << "unexplained: " << example;
    for (const auto& defect : figures.defects) ADD_FAILURE() << defect;
    EXPECT_GT(figures.graphs, 0U);
}

TEST(Alembic, EveryIntendedDifferenceIsInTheReference) {
    std::ifstream page(std::string(HAETAE_SOURCE) + "/docs/reference/revisions-language.md");
    const std::string text((std::istreambuf_iterator<char>(page)), {});
    ASSERT_FALSE(text.empty());
    for (const auto name : difference_names()) {
        EXPECT_NE(text.find(fmt::format("\n### {}\n", name)), std::string::npos) << name;
    }
}

}  // namespace

}  // namespace haetae::oracle
