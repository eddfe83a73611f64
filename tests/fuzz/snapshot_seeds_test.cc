// The stored snapshots are of the present version: `test_fuzz "[.make-seeds]"` writes them anew.
#include "tests/fuzz/snapshot_seeds.h"

#include "tests/fuzz/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace fuzz::snapshot_seeds_test {

TEST_CASE("the stored snapshots are those that are made today", "[fuzz]") {
    const auto files = corpus_of("snapshot");
    for (const Seed& seed : snapshot_seeds()) {
        INFO(seed.name);
        const auto found =
            std::ranges::find(files, "corpus/snapshot/" + seed.name, &CorpusFile::name);
        REQUIRE(found != files.end());
        CHECK(found->bytes == seed.bytes);
    }
}

TEST_CASE("snapshots are written as seeds", "[.make-seeds]") {
    const std::filesystem::path home{COPYLEDGER_SOURCE_DIR "/tests/fuzz/corpus/snapshot"};
    std::filesystem::create_directories(home);
    for (const Seed& seed : snapshot_seeds()) {
        std::ofstream out{home / seed.name, std::ios::binary};
        out << seed.bytes;
        CHECK(out.good());
    }
}

}  // namespace fuzz::snapshot_seeds_test
