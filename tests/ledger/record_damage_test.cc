#include "ledger/log/record_codec.h"
#include "tests/ledger/golden_events.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::log::record_damage_test {
namespace {

std::string encoded(const Event& event) {
    RecordEncoder encoder;
    return std::string{encoder.encode(event)};
}

// Whatever the bytes are: an event that can be written again, or a refusal.
void check_survives(const std::vector<char>& bytes) {
    const auto decoded = decode_record({bytes.data(), bytes.size()});
    if (decoded.has_value()) {
        REQUIRE(decode_record(encoded(decoded.value())).value() == decoded.value());
    } else {
        REQUIRE(decoded.error().code == Errc::corrupt);
    }
}

TEST_CASE("no flipped bit of a record crashes the decoder", "[ledger]") {
    for (const Event& event : golden_events()) {
        const std::string record = encoded(event);
        std::vector<char> bytes{record.begin(), record.end()};
        for (char& byte : bytes) {
            const char before = byte;
            for (unsigned bit = 0; bit < 8; ++bit) {
                byte = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
                check_survives(bytes);
            }
            byte = before;
        }
    }
}

TEST_CASE("no truncation of a record crashes the decoder", "[ledger]") {
    for (const Event& event : golden_events()) {
        const std::string record = encoded(event);
        for (auto end = record.begin(); end != record.end(); ++end) {
            check_survives(std::vector<char>{record.begin(), end});
        }
    }
}

TEST_CASE("no bytes at all crash the decoder", "[ledger]") {
    rc::prop("random bytes over a valid record", [] {
        const auto events = golden_events();
        const auto& event = events[*rc::gen::inRange<std::size_t>(0, events.size())];
        const std::string record = encoded(event);
        std::vector<char> bytes{record.begin(), record.end()};
        const int count = *rc::gen::inRange(1, 16);
        for (int i = 0; i < count; ++i) {
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
        }
        check_survives(bytes);
    });
}

}  // namespace
}  // namespace ledger::log::record_damage_test
