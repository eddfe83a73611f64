#include "ledger/log/journal.h"

#include "ledger/log/memory_journal.h"
#include "tests/ledger/journal_fixture.h"
#include "tests/ledger/random_commands.h"

#include <functional>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace journal_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;
using ledger::test::any_below;

namespace {

using Sequences = std::vector<SequenceNumber>;

// Runs the test once on each journal, both empty.
void with_each_journal(const std::function<void(Journal&)>& test) {
    SECTION("in memory") {
        MemoryJournal journal;
        test(journal);
    }
    SECTION("on RocksDB") {
        const ScratchDirectory scratch;
        const auto journal = writer_of(scratch.data());
        test(*journal);
    }
}

std::optional<SequenceNumber> found(const Journal& journal, const EventId& id) {
    const auto sequence = journal.find(id);
    if (!sequence) FAIL(sequence.error().detail);
    return sequence.value();
}

Sequences sequences_of(const Journal& journal, EntityKey entity, SequenceNumber first,
                       std::size_t count_max) {
    auto sequences = journal.entity_sequences(entity, first, count_max);
    if (!sequences) FAIL(sequences.error().detail);
    return std::move(sequences).value();
}

void check_indexed(const Journal& journal, SequenceNumber last) {
    for (SequenceNumber sequence = 1; sequence <= last; ++sequence) {
        CHECK(found(journal, id_of(sequence)) == sequence);
        CHECK(found(journal, alias_of(sequence)) == sequence);
    }
    CHECK_FALSE(found(journal, id_of(last + 1)).has_value());
}

}  // namespace

TEST_CASE("an empty journal ends at 0 and has no record", "[ledger]") {
    with_each_journal([](Journal& journal) {
        CHECK(journal.last_sequence() == 0);
        CHECK_FALSE(found(journal, id_of(1)).has_value());
        const auto record = journal.read(1);
        REQUIRE_FALSE(record);
        CHECK(record.error().code == Errc::not_found);
        check_records(journal, 1, 0);
    });
}

TEST_CASE("appended records come back at the next sequences without a gap", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(append_next(journal, 1));
        REQUIRE(append_next(journal, 7));
        REQUIRE(append_next(journal, 300));
        CHECK(journal.last_sequence() == 308);
        check_records(journal, 1, 308);
        check_records(journal, 100, 200);
        CHECK(journal.read(308).value() == record_of(308));
        CHECK(journal.read(0).error().code == Errc::not_found);
        CHECK(journal.read(309).error().code == Errc::not_found);
    });
}

TEST_CASE("an empty batch and an empty record are records of what they are", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(journal.append({}));
        CHECK(journal.last_sequence() == 0);
        const JournalEntry empty;
        REQUIRE(journal.append({&empty, 1}));
        CHECK(journal.last_sequence() == 1);
        CHECK(journal.read(1).value().empty());
    });
}

TEST_CASE("a scan ends where its visitor says so", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(append_next(journal, 10));
        Sequences visited;
        REQUIRE(journal.scan(3, 10, [&](SequenceNumber sequence, std::string_view) {
            visited.push_back(sequence);
            return sequence < 5;
        }));
        CHECK(visited == Sequences{3, 4, 5});
    });
}

TEST_CASE("a record is found by its id and by its aliases", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(append_next(journal, 50));
        REQUIRE(append_next(journal, 1));
        check_indexed(journal, 51);
    });
}

TEST_CASE("an id appended again names the later record", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(append_next(journal, 3));
        const EventId id = id_of(2);
        const JournalEntry again{"again", {&id, 1}, {}};
        REQUIRE(journal.append({&again, 1}));
        CHECK(found(journal, id) == 4);
        CHECK(found(journal, alias_of(2)) == 2);
    });
}

TEST_CASE("an entity's records come in order and in pages", "[ledger]") {
    with_each_journal([](Journal& journal) {
        REQUIRE(append_next(journal, 8));
        REQUIRE(append_next(journal, 4));
        CHECK(sequences_of(journal, {'a', 1}, 1, 100) == Sequences{1, 4, 7, 10});
        CHECK(sequences_of(journal, {'a', 1}, 4, 2) == Sequences{4, 7});
        CHECK(sequences_of(journal, {'a', 1}, 8, 2) == Sequences{10});
        CHECK(sequences_of(journal, {'a', 1}, 11, 2).empty());
        CHECK(sequences_of(journal, {'a', 1}, 1, 0).empty());
        CHECK(sequences_of(journal, {'a', 3}, 1, 100).empty());
        CHECK(sequences_of(journal, {'b', 1}, 1, 100).empty());
        CHECK(sequences_of(journal, the_order, 1, 100).size() == 12);
    });
}

TEST_CASE("entities of neighbouring kinds and values do not mix", "[ledger]") {
    with_each_journal([](Journal& journal) {
        const std::vector<EntityKey> keys{
            {'a', 0}, {'a', 255}, {'a', 256}, {'a', UINT64_MAX}, {'b', 0}};
        for (const EntityKey& key : keys) {
            const JournalEntry entry{"record", {}, {&key, 1}};
            REQUIRE(journal.append({&entry, 1}));
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            CHECK(sequences_of(journal, keys[i], 0, 100) == Sequences{i + 1});
        }
    });
}

TEST_CASE("a failed write stores nothing and no later one is tried", "[ledger]") {
    MemoryJournal journal;
    REQUIRE(append_next(journal, 3));
    journal.fail_next_append();
    CHECK(append_next(journal, 1).error().code == Errc::storage_failed);
    CHECK(append_next(journal, 1).error().code == Errc::storage_failed);
    CHECK(journal.last_sequence() == 3);
    check_records(journal, 1, 3);
}

TEST_CASE("all is there after closing and opening again", "[ledger]") {
    const ScratchDirectory scratch;
    {
        const auto journal = writer_of(scratch.data());
        REQUIRE(append_next(*journal, 500));
    }
    const auto journal = writer_of(scratch.data());
    CHECK(journal->last_sequence() == 500);
    check_records(*journal, 1, 500);
    check_indexed(*journal, 500);
    CHECK(sequences_of(*journal, {'a', 0}, 490, 10) == Sequences{492, 495, 498});
    REQUIRE(append_next(*journal, 10));
    check_records(*journal, 1, 510);
    check_indexed(*journal, 510);
}

TEST_CASE("a journal on disk answers as one in memory, however often it is opened", "[ledger]") {
    // Opening syncs many files: it happens in one case of so many.
    constexpr std::size_t cases_per_opening = 12;
    const ScratchDirectory scratch;
    MemoryJournal model;
    auto journal = writer_of(scratch.data());
    rc::prop("append and reopen in any order", [&] {
        const SequenceNumber before = model.last_sequence();
        if (any_below(cases_per_opening) == 0) {
            journal.reset();
            journal = writer_of(scratch.data());
        }
        for (std::size_t batches = any_below(5); batches > 0; --batches) {
            const std::uint64_t records = any_below(9);
            RC_ASSERT(append_next(model, records).has_value());
            RC_ASSERT(append_next(*journal, records).has_value());
        }
        const SequenceNumber last = model.last_sequence();
        RC_ASSERT(journal->last_sequence() == last);
        for (SequenceNumber n = before + 1; n <= last; ++n) {
            RC_ASSERT(journal->read(n).value() == model.read(n).value());
            RC_ASSERT(found(*journal, alias_of(n)) == found(model, alias_of(n)));
        }
        for (std::uint64_t account = 0; account < 4; ++account) {
            RC_ASSERT(sequences_of(*journal, {'a', account}, last / 2, 20) ==
                      sequences_of(model, {'a', account}, last / 2, 20));
        }
    });
    check_records(*journal, 1, model.last_sequence());
    check_indexed(*journal, model.last_sequence());
}

}  // namespace journal_test
