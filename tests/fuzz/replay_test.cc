// Every input of the corpus, every input that once broke something, and a bounded number of damages
// to each, at every target.
#include "ledger/base/byte_size.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/mutations.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace fuzz::replay_test {

namespace {

constexpr std::uint64_t seed = 20'261'127;
constexpr std::size_t damages_per_target = 1000;

// From memory that ends where the input does, so that a sanitizer sees a read beyond it.
void run(const Target& target, std::string_view input) {
    const std::vector<char> exact(input.begin(), input.end());
    CHECK_NOTHROW(target.run({exact.data(), exact.size()}));
}

std::string readable(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes.substr(0, 2 * ledger::kib)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= ' ' && byte < 0x7f && c != '\\') {
            out += c;
        } else {
            out.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("no input of the corpus breaks a law", "[fuzz]") {
    for (const Target& target : targets) {
        const auto files = corpus_of(target.name);
        INFO(target.name << ": the corpus is missing");
        CHECK(files.size() >= 3);
        for (const CorpusFile& file : files) {
            INFO(file.name);
            run(target, file.bytes);
        }
    }
}

TEST_CASE("no damage to an input of the corpus breaks a law", "[fuzz]") {
    for (const Target& target : targets) {
        const auto files = corpus_of(target.name);
        REQUIRE_FALSE(files.empty());
        Mutations mutations{seed};
        for (std::size_t n = 0; n < damages_per_target; ++n) {
            const CorpusFile& file = files[n % files.size()];
            const CorpusFile& other = files[(n * 7 + 3) % files.size()];
            const std::string input = mutations.next(file.bytes, other.bytes);
            INFO(target.name << ", damage " << n << " to " << file.name << ": " << readable(input));
            run(target, input);
        }
    }
}

TEST_CASE("every directory of inputs belongs to a target", "[fuzz]") {
    for (const char* kind : {"corpus", "crashes"}) {
        const std::filesystem::path home =
            std::filesystem::path{COPYLEDGER_SOURCE_DIR "/tests/fuzz"} / kind;
        for (const auto& entry : std::filesystem::directory_iterator{home}) {
            const std::string name = entry.path().filename().string();
            INFO(kind << "/" << name);
            CHECK(std::ranges::find(targets, name, &Target::name) != targets.end());
        }
    }
}

}  // namespace fuzz::replay_test
