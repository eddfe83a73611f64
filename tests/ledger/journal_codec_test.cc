// The stored frames tell their own damage, below and beside RocksDB's checksums.
#include "ledger/log/rocksdb_codec.h"

#include <catch2/catch.hpp>

namespace journal_codec_test {

using namespace ledger;
using namespace ledger::log;

TEST_CASE("a record's frame gives the record back at its own sequence only", "[ledger]") {
    std::string frame;
    std::string scratch;
    frame_record(7, "the record", frame);
    CHECK(unframe_record(7, frame, scratch) == "the record");
    CHECK_FALSE(unframe_record(8, frame, scratch).has_value());
}

TEST_CASE("a frame with any byte changed or missing is refused", "[ledger]") {
    std::string frame;
    std::string scratch;
    frame_record(7, "the record", frame);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        std::string changed = frame;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK_FALSE(unframe_record(7, changed, scratch).has_value());
        CHECK_FALSE(unframe_record(7, frame.substr(0, i), scratch).has_value());
    }
}

TEST_CASE("index keys sort as what they stand for", "[ledger]") {
    CHECK(sequence_key(255) < sequence_key(256));
    CHECK(parse_sequence_key(sequence_key(256)) == SequenceNumber{256});
    CHECK_FALSE(parse_sequence_key("short").has_value());
    CHECK(entity_key({'a', 1}, 300) < entity_key({'a', 2}, 1));
    CHECK(entity_key({'a', 1}, 255) < entity_key({'a', 1}, 256));
    CHECK(entity_key_sequence(entity_key({'a', 1}, 300)) == 300);
}

}  // namespace journal_codec_test
