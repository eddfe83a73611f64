// A record that a decision needs and that is not what was stored: the writer goes no further.
#include "ledger/log/memory_journal.h"
#include "ledger/sequencer.h"
#include "tests/ledger/sequencer_fixture.h"

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace sequencer_damage_test {

using namespace ledger;
using namespace ledger::test;

namespace {

// Tells one record in other bytes than it was given.
class DamagedJournal final : public log::Journal {
  public:
    // No bytes: as RocksdbJournal tells of a record whose checksum is wrong.
    void damage(log::SequenceNumber sequence, std::optional<std::string> bytes) {
        damaged_ = sequence;
        bytes_ = std::move(bytes);
    }

    [[nodiscard]] Result<void> append(std::span<const log::JournalEntry> batch) override {
        return below_.append(batch);
    }

    [[nodiscard]] log::SequenceNumber last_sequence() const override {
        return below_.last_sequence();
    }

    [[nodiscard]] Result<std::optional<log::SequenceNumber>> find(
        const EventId& id) const override {
        return below_.find(id);
    }

    [[nodiscard]] Result<std::string> read(log::SequenceNumber sequence) const override {
        if (sequence != damaged_) return below_.read(sequence);
        if (bytes_) return *bytes_;
        return Error{Errc::corrupt, "record " + std::to_string(sequence) + " is damaged", {}};
    }

    [[nodiscard]] Result<void> scan(log::SequenceNumber first, log::SequenceNumber last,
                                    const Visit& visit) const override {
        for (log::SequenceNumber at = first; at <= last; ++at) {
            BOOST_OUTCOME_TRY(const std::string record, read(at));
            if (!visit(at, record)) break;
        }
        return boost::outcome_v2::success();
    }

    [[nodiscard]] Result<std::vector<log::SequenceNumber>> entity_sequences(
        log::EntityKey entity, log::SequenceNumber first, std::size_t count_max) const override {
        return below_.entity_sequences(entity, first, count_max);
    }

  private:
    log::MemoryJournal below_;
    log::SequenceNumber damaged_ = 0;
    std::optional<std::string> bytes_;
};

// An order with its consequence, of which one record is damaged then.
struct Given {
    Given() {
        opens_fleet(writer, 1);
        order = writer.tells(reports({})).value().sequence;
        REQUIRE(journal.last_sequence() == order + 1);
    }

    DamagedJournal journal;
    HandClock clock;
    Writer writer{journal, clock};
    log::SequenceNumber order = 0;
};

// The order is repeated between two commands that need no record.
void check_stops(Given& given, const std::string& sentence) {
    Writer& writer = given.writer;
    const auto last = given.journal.last_sequence();
    const std::size_t batches = writer.observed().size();
    const std::vector<std::size_t> asked{writer.asks(opens(AccountRole::master, "before")),
                                         writer.asks(reports({})),
                                         writer.asks(opens(AccountRole::master, "after"))};
    const auto turned = writer.turn();
    REQUIRE_FALSE(turned);
    CHECK(turned.error() == Error{Errc::corrupt, sentence, {}});
    for (const std::size_t number : asked) {
        REQUIRE(writer.answer(number).has_value());
        REQUIRE_FALSE(*writer.answer(number));
        CHECK(writer.answer(number)->error() == turned.error());
    }
    CHECK(given.journal.last_sequence() == last);
    CHECK(writer.observed().size() == batches);
    CHECK_FALSE(writer.sequencer().submit(reports({}), [](const Result<Receipt>&) {}));
}

}  // namespace

TEST_CASE("a repetition of what is damaged stops the writer, which says where", "[ledger]") {
    Given given;
    given.journal.damage(given.order, {});
    check_stops(given, "record 4 is damaged");
}

TEST_CASE("a damaged consequence of what is repeated stops the writer", "[ledger]") {
    Given given;
    given.journal.damage(given.order + 1, {});
    check_stops(given, "record 5 is damaged");
}

TEST_CASE("bytes that are no record stop the writer", "[ledger]") {
    Given given;
    given.journal.damage(given.order, "no record");
    check_stops(given, "record 4: the bytes are not a whole record");
}

TEST_CASE("a record that stands at another's place stops the writer", "[ledger]") {
    Given given;
    given.journal.damage(given.order, given.journal.read(given.order + 1).value());
    check_stops(given, "record 4 says that it is 5");
}

TEST_CASE("damage that no decision needs stops nobody", "[ledger]") {
    Given given;
    given.journal.damage(given.order, {});
    CHECK(given.writer.tells(reports({.order = "M-2"})));
}

}  // namespace sequencer_damage_test
