// Records as the released versions wrote them, read for ever. A golden file holds two records in
// hex, one with every field set and one with nearly none. Files are made once, when a kind or a
// schema version is new: `test_ledger "[.make-golden]"` writes those that are missing and changes
// none that are there.
#include "ledger/log/record_codec.h"
#include "tests/ledger/golden_events.h"

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::log::golden_records_test {
namespace {

struct Version {
    int number = 0;
    std::vector<Event> full;
    std::vector<Event> sparse;
};

std::vector<Version> versions() {
    return {{1, golden_events_v1(), sparse_golden_events_v1()},
            {2, golden_events_v2(), sparse_golden_events_v2()},
            {3, golden_events_v3(), sparse_golden_events_v3()}};
}

std::filesystem::path path_of(const Event& event, int version) {
    const std::string file =
        std::string{kind_of(event.payload)} + "_v" + std::to_string(version) + ".hex";
    return std::filesystem::path{COPYLEDGER_SOURCE_DIR} / "tests/ledger/golden" / file;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 0xfU]);
    }
    return hex;
}

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

struct Golden {
    std::string full;
    std::string sparse;
};

Golden read_golden(const Event& event, int version) {
    std::ifstream in{path_of(event, version)};
    std::string full;
    std::string sparse;
    in >> full >> sparse;
    return {from_hex(full), from_hex(sparse)};
}

TEST_CASE("every kind has a golden record", "[ledger]") {
    std::set<std::size_t> kinds;
    for (const Event& event : golden_events()) kinds.insert(event.payload.index());
    CHECK(kinds.size() == Payload::kinds);
}

TEST_CASE("golden records of every version read as the events they were made from", "[ledger]") {
    for (const auto& [version, full, sparse] : versions()) {
        REQUIRE(sparse.size() == full.size());
        for (std::size_t i = 0; i < full.size(); ++i) {
            INFO(kind_of(full[i].payload) << " of version " << version);
            REQUIRE(full[i].payload.index() == sparse[i].payload.index());
            const Golden golden = read_golden(full[i], version);
            const auto read_full = decode_record(golden.full);
            const auto read_sparse = decode_record(golden.sparse);
            REQUIRE(read_full.has_value());
            REQUIRE(read_sparse.has_value());
            CHECK(read_full.value() == full[i]);
            CHECK(read_sparse.value() == sparse[i]);
        }
    }
}

// Not a promise of the format, which only fixes how bytes are read, but as long as what an earlier
// version could say is still written its way, any difference means that the writer changed
// unnoticed.
TEST_CASE("the encoder writes the golden bytes of every version", "[ledger]") {
    RecordEncoder encoder;
    for (const auto& [version, full, sparse] : versions()) {
        for (std::size_t i = 0; i < full.size(); ++i) {
            INFO(kind_of(full[i].payload) << " of version " << version);
            const Golden golden = read_golden(full[i], version);
            CHECK(to_hex(encoder.encode(full[i])) == to_hex(golden.full));
            CHECK(to_hex(encoder.encode(sparse[i])) == to_hex(golden.sparse));
        }
    }
}

TEST_CASE("golden files that are missing are made", "[.make-golden]") {
    RecordEncoder encoder;
    for (const auto& [version, full, sparse] : versions()) {
        for (std::size_t i = 0; i < full.size(); ++i) {
            const std::filesystem::path path = path_of(full[i], version);
            if (std::filesystem::exists(path)) continue;
            std::ofstream out{path};
            out << to_hex(encoder.encode(full[i])) << '\n';
            out << to_hex(encoder.encode(sparse[i])) << '\n';
            CHECK(out.good());
        }
    }
}

}  // namespace
}  // namespace ledger::log::golden_records_test
