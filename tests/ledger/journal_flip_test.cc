// One flipped bit in any file of a closed log is refused loudly, or changes nothing that is read.
#include "tests/ledger/closed_log.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace journal_flip_test {

using namespace ledger::log::test;

namespace fs = std::filesystem;

namespace {

void flip_bit(const fs::path& file, std::uint64_t bit) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(bit / 8));
    const int byte = stream.get();
    REQUIRE(byte != std::char_traits<char>::eof());
    stream.seekp(static_cast<std::streamoff>(bit / 8));
    stream.put(static_cast<char>(byte ^ (1 << (bit % 8))));
    REQUIRE(stream.flush());
}

// Bit `first` of every file, and every so many after it.
Tally flip_bits(const ClosedLog& log, std::uint64_t first, std::uint64_t flips_per_file_max) {
    Tally tally;
    for (const std::string& file : log.files()) {
        const fs::path path = fs::path(log.work()) / file;
        log.lay_out();
        const std::uint64_t bits = fs::file_size(path) * 8;
        // Odd, so that all bits of a byte have their turn.
        const std::uint64_t step = bits / flips_per_file_max | 1;
        for (std::uint64_t bit = first; bit < bits; bit += step) {
            INFO("bit " << bit);
            count_outcomes(
                log, file, [&] { flip_bit(path, bit); }, tally);
        }
    }
    return tally;
}

}  // namespace

// So few that the sanitizers have time for them: every flip is two openings and two full reads.
TEST_CASE("one flipped bit in any file is refused or harmless", "[ledger][one-thread]") {
    const ClosedLog log;
    const Tally tally = flip_bits(log, 3, 6);
    for (const std::string kind : {"log", "sst", "MANIFEST", "CURRENT"}) {
        INFO(kind);
        CHECK(tally.at(kind).refused > 0);
    }
    CHECK(tally.at("MANIFEST").harmless == 0);
    // RocksDB writes them and never reads them again.
    CHECK(tally.at("OPTIONS").refused == 0);
    CHECK(tally.at("IDENTITY").refused == 0);
}

// About an hour.
TEST_CASE("any flipped bit in any file is refused or harmless", "[.][exhaustive]") {
    const Tally tally = flip_bits(ClosedLog(), 0, UINT64_MAX);
    for (const auto& [kind, outcomes] : tally) {
        UNSCOPED_INFO(kind << ": refused " << outcomes.refused << ", harmless "
                           << outcomes.harmless);
    }
    CHECK(tally.size() == 7);
}

}  // namespace journal_flip_test
