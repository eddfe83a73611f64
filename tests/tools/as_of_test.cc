#include "tools/as_of.h"

#include "ledger/log/memory_journal.h"
#include "ledger/log/record_codec.h"
#include "ledger/text/rfc3339.h"
#include "tests/tools/tool_fixture.h"

#include <catch2/catch.hpp>

namespace tools::test::as_of_test {

namespace {

struct Given {
    Given() {
        SampleLedger ledger{journal};
        ledger.tell_order("M-1");
    }

    [[nodiscard]] std::int64_t recorded_at(std::uint64_t sequence) const {
        return ledger::log::decode_record(journal.read(sequence).value()).value().recorded_at_ns;
    }

    [[nodiscard]] AsOf as_of(const std::string& text) const {
        const auto parsed = parse_as_of(journal, text, 42);
        if (!parsed) FAIL(parsed.error().detail);
        return parsed.value();
    }

    ledger::log::MemoryJournal journal;
};

}  // namespace

TEST_CASE("without an instant it is now, with the whole log", "[tools]") {
    const Given given;
    CHECK(given.as_of("").sequence == given.journal.last_sequence());
    CHECK(given.as_of("").at_ns == 42);
}

TEST_CASE("as of a sequence is the instant at which it was recorded", "[tools]") {
    const Given given;
    for (std::uint64_t sequence = 1; sequence <= given.journal.last_sequence(); ++sequence) {
        const AsOf as_of = given.as_of(std::to_string(sequence));
        CHECK(as_of.sequence == sequence);
        CHECK(as_of.at_ns == given.recorded_at(sequence));
    }
}

TEST_CASE("as of a time is all that was recorded by then, to the nanosecond", "[tools]") {
    const Given given;
    const auto last = given.journal.last_sequence();
    for (std::uint64_t sequence = 1; sequence <= last; ++sequence) {
        const std::int64_t at_ns = given.recorded_at(sequence);
        const AsOf on_time = given.as_of(ledger::text::format_rfc3339(at_ns));
        CHECK(on_time.at_ns == at_ns);
        CHECK(on_time.sequence >= sequence);
        CHECK(given.recorded_at(on_time.sequence) == at_ns);
        const AsOf before = given.as_of(ledger::text::format_rfc3339(at_ns - 1));
        CHECK(before.sequence < sequence);
    }
    CHECK(given.as_of("1970-01-01T00:00:00Z").sequence == 0);
    CHECK(given.as_of("2100-01-01T00:00:00Z").sequence == last);
}

TEST_CASE("what is neither a time nor a sequence of the log is refused", "[tools]") {
    const Given given;
    const std::string beyond = std::to_string(given.journal.last_sequence() + 1);
    for (const std::string& text : {std::string{"0"}, std::string{"-1"}, beyond,
                                    std::string{"yesterday"}, std::string{"2026-11-20"}}) {
        const auto parsed = parse_as_of(given.journal, text, 42);
        INFO(text);
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().code == ledger::Errc::invalid_input);
        CHECK(parsed.error().field == "as-of");
    }
}

}  // namespace tools::test::as_of_test
