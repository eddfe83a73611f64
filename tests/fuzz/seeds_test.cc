// What the program makes itself for the corpus is of the present version:
// `test_fuzz "[.make-seeds]"` writes it anew.
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/genuine_log.h"
#include "tests/fuzz/snapshot_seeds.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace fuzz::seeds_test {

namespace {

const std::map<std::string, std::vector<Seed>>& made_today() {
    static const std::map<std::string, std::vector<Seed>> seeds{{"snapshot", snapshot_seeds()},
                                                                {"proofs", proof_seeds()}};
    return seeds;
}

}  // namespace

TEST_CASE("the stored seeds are those that are made today", "[fuzz]") {
    for (const auto& [target, seeds] : made_today()) {
        const auto files = corpus_of(target);
        for (const Seed& seed : seeds) {
            const std::string name = "corpus/" + target + "/" + seed.name;
            INFO(name);
            const auto found = std::ranges::find(files, name, &CorpusFile::name);
            REQUIRE(found != files.end());
            CHECK(found->bytes == seed.bytes);
        }
    }
}

TEST_CASE("seeds are written", "[.make-seeds]") {
    for (const auto& [target, seeds] : made_today()) {
        const std::filesystem::path home{COPYLEDGER_SOURCE_DIR "/tests/fuzz/corpus/" + target};
        std::filesystem::create_directories(home);
        for (const Seed& seed : seeds) {
            std::ofstream out{home / seed.name, std::ios::binary};
            out << seed.bytes;
            CHECK(out.good());
        }
    }
}

}  // namespace fuzz::seeds_test
