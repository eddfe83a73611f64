// check_proof.py was written from the public documents alone: what it accepts and refuses is what
// the ledger's own check does.
#include "ledger/proof/proof_file.h"
#include "tests/proof/sample_log.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace independent_check_test {

namespace {

namespace fs = std::filesystem;
using namespace ledger::proof;
using proof_test::SampleLog;

// What a shell command writes; empty where it cannot be run.
std::string output_of(const std::string& command) {
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 4096> part{};
    for (std::size_t size = 1; size > 0;) {
        size = std::fread(part.data(), 1, part.size(), pipe);
        output.append(part.data(), size);
    }
    ::pclose(pipe);
    return output;
}

class Directory {
  public:
    Directory() : path_((fs::temp_directory_path() / "proof_test.XXXXXX").string()) {
        REQUIRE(::mkdtemp(path_.data()) != nullptr);
    }

    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    ~Directory() { fs::remove_all(path_); }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream{path_ + '/' + name, std::ios::binary} << bytes;
    }

    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

bool bundle_holds(const std::string& file, const std::vector<VerifierKey>& keys) {
    std::size_t end = file.find('\n');
    auto bundle = BundleChecker::begin(std::string_view{file}.substr(0, end), keys);
    if (!bundle) return false;
    while (end != file.npos) {
        const std::size_t begin = end + 1;
        end = file.find('\n', begin);
        const auto line = std::string_view{file}.substr(begin, end - begin);
        if (!bundle.value().check(line)) return false;
    }
    return true;
}

bool holds(const std::string& file, const std::vector<VerifierKey>& keys) {
    const auto kind = proof_kind(std::string_view{file}.substr(0, file.find('\n')));
    if (!kind) return false;
    switch (kind.value()) {
        case ProofKind::checkpoint:
            return verified_checkpoint(file, keys).has_value();
        case ProofKind::inclusion:
            return check_inclusion(file, keys).has_value();
        case ProofKind::consistency:
            return check_consistency(file, keys).has_value();
        case ProofKind::bundle:
            return bundle_holds(file, keys);
    }
    return false;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text = lines.front();
    for (std::size_t i = 1; i < lines.size(); ++i) text += '\n' + lines[i];
    return text;
}

std::map<std::string, std::string> good_files(const SampleLog& log) {
    std::map<std::string, std::string> files;
    for (const std::uint64_t size : {1U, 2U, 7U, 8U, 21U}) {
        const std::string end = std::to_string(size);
        files["checkpoint-" + end] = log.checkpoint_note(size);
        files["inclusion-" + end] = log.inclusion_file(size / 2, size);
        files["consistency-" + end] = log.consistency_file(size / 3, size);
        files["bundle-" + end] = joined(log.bundle({0, size}, size + 1));
    }
    return files;
}

// Each file with a byte changed, here and there.
std::map<std::string, std::string> altered_files(const std::map<std::string, std::string>& good) {
    std::map<std::string, std::string> files;
    std::size_t at = 0;
    for (const auto& [name, bytes] : good) {
        for (int i = 0; i < 12; ++i) {
            at += 997;
            std::string bad = bytes;
            char& byte = bad[at % bad.size()];
            byte = static_cast<char>(byte ^ (1 << (i % 7)));
            files[name + '-' + std::to_string(i)] = bad;
        }
    }
    return files;
}

}  // namespace

TEST_CASE("a program written from the documents comes to the same judgement", "[proof]") {
    const std::string python = "python3 " COPYLEDGER_SOURCE_DIR "/tests/proof/check_proof.py ";
    if (!output_of("python3 --version").starts_with("Python 3")) {
        WARN("there is no python3: the independent check was left out");
        return;
    }
    const SampleLog log{22};
    const auto good = good_files(log);
    auto files = altered_files(good);
    files.insert(good.begin(), good.end());
    const Directory directory;
    for (const auto& [name, bytes] : files) directory.write(name, bytes);
    const std::string output = output_of("cd " + directory.path() + " && " + python + '\'' +
                                         log.key().verifier().text() + "' *");
    std::size_t refused = 0;
    for (const auto& [name, bytes] : files) {
        const bool held = output.find(name + ": holds") != output.npos;
        INFO(name << ": " << bytes);
        INFO(output.substr(0, 2000));
        CHECK(held != (output.find(name + ": REFUSED") != output.npos));
        CHECK(held == holds(bytes, log.keys()));
        CHECK((held || !good.contains(name)));
        if (!held) ++refused;
    }
    CHECK(refused > files.size() * 9 / 10 - good.size());
}

}  // namespace independent_check_test
