#include "ledger/log_verifier.h"

#include "ledger/log/record_codec.h"
#include "tests/ledger/signed_log.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::test::log_verifier_test {
namespace {

using Records = std::vector<std::string>;

// Three checkpoints, the third of another key that the second hands over to.
const Records& sample() {
    static const Records records = [] {
        SignedLog log;
        log.grow(4);
        log.sign();
        log.grow(3);
        REQUIRE(log.notary().hand_over(key_of(2)));
        log.grow(2);
        log.sign();
        return log.records();
    }();
    return records;
}

std::vector<proof::VerifierKey> keys_of(std::uint8_t number) {
    return {key_of(number).verifier()};
}

// The first record that something is wrong with; 0: none.
std::uint64_t first_wrong(const Records& records, std::vector<proof::VerifierKey> keys) {
    LogVerifier verifier{std::move(keys)};
    for (std::uint64_t sequence = 1; sequence <= records.size(); ++sequence) {
        const auto event = verifier.add(sequence, records[sequence - 1]);
        if (event) continue;
        CHECK(event.error().code == Errc::corrupt);
        CHECK(event.error().detail.find(std::to_string(sequence)) != std::string::npos);
        return sequence;
    }
    return 0;
}

// As a forger writes it: whole, at its place, and another.
std::string rewritten(const std::string& record) {
    Event event = log::decode_record(record).value();
    event.actor += "!";
    log::RecordEncoder encoder;
    return std::string{encoder.encode(event)};
}

constexpr std::uint64_t checkpoints[] = {5, 9, 12};

}  // namespace

TEST_CASE("a log that nobody touched is as it was signed", "[ledger]") {
    LogVerifier verifier{keys_of(1)};
    const Records& records = sample();
    for (std::uint64_t sequence = 1; sequence <= records.size(); ++sequence) {
        CHECK(verifier.add(sequence, records[sequence - 1]).has_value());
    }
    CHECK(verifier.checkpoints() == 3);
    CHECK(verifier.tree().size() == 12);
    CHECK(verifier.trusted().size() == 2);
}

TEST_CASE("a record that was rewritten is found at the next checkpoint", "[ledger]") {
    for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) {
        Records records = sample();
        records[sequence - 1] = rewritten(records[sequence - 1]);
        const auto* next = std::ranges::upper_bound(checkpoints, sequence);
        const std::uint64_t found = next == std::end(checkpoints) ? 0 : *next;
        CHECK(first_wrong(records, keys_of(1)) == found);
    }
}

TEST_CASE("records that changed places or are gone are found where they should be", "[ledger]") {
    rc::prop("any two", [] {
        Records records = sample();
        const auto first = *rc::gen::inRange<std::size_t>(0, 12);
        const auto second = *rc::gen::inRange<std::size_t>(0, 12);
        RC_PRE(first != second);
        std::swap(records[first], records[second]);
        RC_ASSERT(first_wrong(records, keys_of(1)) == std::min(first, second) + 1);
    });
    Records records = sample();
    records.erase(records.begin() + 6);
    CHECK(first_wrong(records, keys_of(1)) == 7);
    records = sample();
    records[2] = "no record";
    CHECK(first_wrong(records, keys_of(1)) == 3);
}

TEST_CASE("a checkpoint of a key that is not believed is found", "[ledger]") {
    CHECK(first_wrong(sample(), {}) == 5);
    CHECK(first_wrong(sample(), keys_of(3)) == 5);
    // The new key alone has signed neither of the first.
    CHECK(first_wrong(sample(), keys_of(2)) == 5);
}

}  // namespace ledger::test::log_verifier_test
