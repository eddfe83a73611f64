#include "ledger/sequencer.h"

#include "ledger/log/memory_journal.h"
#include "tests/ledger/sequencer_fixture.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace sequencer_test {

using namespace ledger;
using namespace ledger::test;

namespace {

std::size_t count_of(const std::vector<Event>& events, std::string_view kind) {
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [&](const Event& event) { return kind_of(event.payload) == kind; }));
}

// All but the mark of the repetition.
void check_same_answer(const Receipt& first, const Receipt& again) {
    CHECK(again.duplicate);
    CHECK(again.event_id == first.event_id);
    CHECK(again.sequence == first.sequence);
    CHECK(again.recorded_at_ns == first.recorded_at_ns);
    CHECK(again.followers == first.followers);
    CHECK(again.intended == first.intended);
    CHECK(again.skipped == first.skipped);
    CHECK(again.account == first.account);
}

Command with_key(Command command, std::string_view key, std::uint64_t digest) {
    command.idempotency_key = NaturalKey{"test.key"}.add(key).id();
    command.request_digest = digest;
    return command;
}

Command disables(std::uint32_t account) {
    ChangeAccount change;
    change.account = AccountNumber{account};
    change.enabled = false;
    return command_of(change);
}

Errc refusal(const Result<Receipt>& answer) {
    REQUIRE_FALSE(answer);
    return answer.error().code;
}

}  // namespace

TEST_CASE("the same report a hundred times is one event and one answer", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const std::size_t per_batch = GENERATE(100U, 7U, 1U);
        HandClock clock;
        Writer writer{storage.journal(), clock, {.batch_commands_max = per_batch}};
        opens_fleet(writer, 3);
        REQUIRE(writer.tells(disables(4)));
        const auto before = storage.journal().last_sequence();

        std::vector<std::size_t> numbers;
        for (int n = 0; n < 100; ++n) {
            clock.passes(1);
            numbers.push_back(writer.asks(reports({})));
        }
        while (writer.sequencer().queued_commands() > 0) REQUIRE(writer.turn());

        const Receipt first = writer.answer(numbers.front())->value();
        CHECK_FALSE(first.duplicate);
        CHECK(first.sequence == before + 1);
        CHECK(first.followers == 3);
        CHECK(first.intended == 2);
        CHECK(first.skipped == 1);
        for (std::size_t n = 1; n < numbers.size(); ++n) {
            check_same_answer(first, writer.answer(numbers[n])->value());
        }
        CHECK(storage.journal().last_sequence() == before + 4);
        CHECK(count_of(events_of(storage.journal()), "MasterOrderReported") == 1);
    });
}

TEST_CASE("other content under the same identity is one conflict, refused each time", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        Writer writer{storage.journal(), clock};
        opens_fleet(writer, 1);
        const Receipt first =
            writer.tells(reports({.version = 5, .quantity = 100, .digest = 1})).value();

        const MasterSays other{.version = 5, .quantity = 200, .digest = 2};
        const std::size_t here = writer.asks(reports(other));
        const std::size_t same_batch = writer.asks(reports(other));
        REQUIRE(writer.turn());
        CHECK(refusal(*writer.answer(here)) == Errc::conflict);
        CHECK(refusal(*writer.answer(same_batch)) == Errc::conflict);
        CHECK(refusal(writer.tells(reports(other))) == Errc::conflict);
        CHECK(count_of(events_of(storage.journal()), "ConflictRecorded") == 1);

        const Result<Receipt> third =
            writer.tells(reports({.version = 5, .quantity = 300, .digest = 3}));
        CHECK(refusal(third) == Errc::conflict);
        CHECK(third.error().detail.find("sequence " + std::to_string(first.sequence)) !=
              std::string::npos);
        const auto events = events_of(storage.journal());
        CHECK(count_of(events, "ConflictRecorded") == 2);
        const auto& conflict = std::get<ConflictRecorded>(events.back().payload);
        CHECK(conflict.existing == first.event_id);
        CHECK(conflict.content_digest == 3);
        CHECK(count_of(events, "FollowerOrderIntended") == 1);
        check_same_answer(
            first, writer.tells(reports({.version = 5, .quantity = 100, .digest = 1})).value());
    });
}

TEST_CASE("an Idempotency-Key gives the first answer again, also after a restart", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        const Command request = with_key(opens(AccountRole::master, "MASTER"), "K", 1);
        Receipt first;
        {
            Writer writer{storage.journal(), clock};
            const std::size_t number = writer.asks(request);
            const std::size_t same_batch = writer.asks(request);
            REQUIRE(writer.turn());
            first = writer.answer(number)->value();
            CHECK_FALSE(first.duplicate);
            CHECK(first.account == AccountNumber{1});
            check_same_answer(first, writer.answer(same_batch)->value());
            // The account has moved on; the answer is still the first one.
            REQUIRE(writer.tells(disables(1)));
            check_same_answer(first, writer.tells(request).value());
        }
        storage.reopen();
        Writer writer{storage.journal(), clock};
        check_same_answer(first, writer.tells(request).value());
        CHECK(storage.journal().last_sequence() == 2);
    });
}

TEST_CASE("an Idempotency-Key on another request is one conflict and changes nothing", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        Writer writer{storage.journal(), clock};
        REQUIRE(writer.tells(with_key(opens(AccountRole::master, "MASTER"), "K", 1)));

        const Command other = with_key(opens(AccountRole::follower, "F"), "K", 2);
        const std::size_t here = writer.asks(other);
        const std::size_t same_batch = writer.asks(other);
        REQUIRE(writer.turn());
        CHECK(refusal(*writer.answer(here)) == Errc::conflict);
        CHECK(refusal(*writer.answer(same_batch)) == Errc::conflict);
        CHECK(refusal(writer.tells(other)) == Errc::conflict);
        CHECK(writer.state().accounts.size() == 1);
        CHECK(count_of(events_of(storage.journal()), "ConflictRecorded") == 1);
        // A key that was refused is still the first request's.
        CHECK(
            writer.tells(with_key(opens(AccountRole::master, "MASTER"), "K", 1)).value().sequence ==
            1);
        CHECK_FALSE(
            writer.tells(with_key(opens(AccountRole::follower, "F"), "L", 2)).value().duplicate);
    });
}

TEST_CASE("a key under which nothing was recorded is free", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock};
    CHECK(refusal(writer.tells(with_key(disables(1), "K", 1))) == Errc::not_found);
    CHECK(journal.last_sequence() == 0);
    REQUIRE(writer.tells(with_key(opens(AccountRole::master, "MASTER"), "K", 2)));
    CHECK(journal.last_sequence() == 1);
}

TEST_CASE("what is so already is answered without an event", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock};
    opens_fleet(writer, 1);
    const auto before = journal.last_sequence();
    const Receipt again = writer.tells(opens(AccountRole::follower, "F-2")).value();
    CHECK(again.duplicate);
    CHECK(again.account == AccountNumber{2});
    CHECK(again.sequence == before);
    CHECK(journal.last_sequence() == before);
    CHECK(writer.observed().size() == before);
}

TEST_CASE("a request that changed nothing keeps its key", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        const Command enable =
            command_of(ChangeAccount{.account = AccountNumber{2}, .enabled = true});
        const Command enables = with_key(enable, "K", 7);
        Receipt first;
        {
            Writer writer{storage.journal(), clock};
            opens_fleet(writer, 1);
            first = writer.tells(enables).value();
            CHECK(first.duplicate);
            CHECK(first.account == AccountNumber{2});
            CHECK(first.sequence == storage.journal().last_sequence());
            CHECK_FALSE(writer.tells(disables(2)).value().duplicate);
        }
        storage.reopen();
        Writer writer{storage.journal(), clock};
        const auto length = storage.journal().last_sequence();
        check_same_answer(first, writer.tells(enables).value());
        CHECK(storage.journal().last_sequence() == length);
        CHECK_FALSE(writer.state().account(AccountNumber{2})->profile.enabled);
        CHECK(refusal(writer.tells(with_key(enable, "K", 8))) == Errc::conflict);
    });
}

TEST_CASE("an anomaly that is seen again is recorded once", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        Writer writer{storage.journal(), clock};
        opens_fleet(writer, 1);
        const RecordAnomaly seen{{AnomalyKind::foreign_order, AccountNumber{2}, {}, "B-9", "?"}};
        const std::size_t first = writer.asks(command_of(seen));
        const std::size_t same_batch = writer.asks(command_of(seen));
        REQUIRE(writer.turn());
        check_same_answer(writer.answer(first)->value(), writer.answer(same_batch)->value());
        check_same_answer(writer.answer(first)->value(), writer.tells(command_of(seen)).value());
        CHECK(count_of(events_of(storage.journal()), "AnomalyRecorded") == 1);
    });
}

TEST_CASE("a master event and all that follows from it are one append", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        WatchedJournal journal{storage.journal()};
        Writer writer{journal, clock};
        opens_fleet(writer, 5);
        const std::size_t before = journal.appends().size();

        const Receipt receipt = writer.tells(reports({})).value();
        CHECK(receipt.intended == 5);
        REQUIRE(journal.appends().size() == before + 1);
        CHECK(journal.appends().back() == 6);
        const auto events = events_of(journal);
        for (std::size_t at = receipt.sequence; at < events.size(); ++at) {
            CHECK(events[at].causation == receipt.event_id);
            CHECK(events[at].correlation == receipt.event_id);
            CHECK(events[at].recorded_at_ns == receipt.recorded_at_ns);
        }
    });
}

TEST_CASE("a receipt counts a follower once, however many of its orders are concerned",
          "[ledger]") {
    const HandClock clock;
    log::MemoryJournal journal;
    Writer writer{journal, clock};
    opens_fleet(writer, 3);
    CHECK(writer.tells(reports({.order = "M-1"})).value().followers == 3);
    CHECK(writer.tells(reports({.order = "M-2"})).value().followers == 3);
    const Receipt halted = writer.tells(command_of(HaltTrading{.account = {}, .why = "?"})).value();
    CHECK(count_of(events_of(journal), "UnsentOrderWithdrawn") == 6);
    CHECK(halted.followers == 3);
    CHECK(halted.intended == 3);
}

TEST_CASE("a batch of refusals appends nothing and is shown to nobody", "[ledger]") {
    const HandClock clock;
    log::MemoryJournal below;
    WatchedJournal journal{below};
    Writer writer{journal, clock};
    const std::size_t first = writer.asks(disables(1));
    const std::size_t second = writer.asks(reports({}));
    REQUIRE(writer.turn());
    CHECK(refusal(*writer.answer(first)) == Errc::not_found);
    CHECK(refusal(*writer.answer(second)) == Errc::not_found);
    CHECK(journal.appends().empty());
    CHECK(writer.observed().empty());
}

TEST_CASE("a refusal among a batch takes nothing from the others", "[ledger]") {
    with_each_storage([](Storage& storage) {
        const HandClock clock;
        Writer writer{storage.journal(), clock};
        const std::size_t before = writer.asks(opens(AccountRole::master, "MASTER"));
        const std::size_t refused = writer.asks(disables(9));
        const std::size_t after = writer.asks(opens(AccountRole::follower, "F"));
        REQUIRE(writer.turn());
        CHECK(writer.answer(before)->value().sequence == 1);
        CHECK(refusal(*writer.answer(refused)) == Errc::not_found);
        CHECK(writer.answer(after)->value().sequence == 2);
    });
}

TEST_CASE("recorded_at never decreases under a clock that steps back", "[ledger]") {
    with_each_storage([](Storage& storage) {
        HandClock clock;
        {
            Writer writer{storage.journal(), clock};
            opens_fleet(writer, 2);
            clock.passes(-3600 * second_ns);
            REQUIRE(writer.tells(reports({})));
            clock.passes(10 * second_ns);
            REQUIRE(writer.tells(reports({.order = "M-2"})));
        }
        storage.reopen();
        clock.passes(-3600 * second_ns);
        Writer writer{storage.journal(), clock};
        REQUIRE(writer.tells(reports({.order = "M-3"})));
        clock.passes(std::int64_t{3} * 3600 * second_ns);
        REQUIRE(writer.tells(reports({.order = "M-4"})));

        const auto events = events_of(storage.journal());
        CHECK(std::ranges::is_sorted(events, {}, &Event::recorded_at_ns));
        CHECK(events.back().recorded_at_ns == clock.now_ns());
    });
}

TEST_CASE("the source's own time stands in the event and in what follows", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock};
    opens_fleet(writer, 1);
    Command command = reports({});
    command.occurred_at_ns = 42;
    const Receipt receipt = writer.tells(command).value();
    const auto events = events_of(journal);
    CHECK(events[receipt.sequence - 1].occurred_at_ns == 42);
    CHECK(events[receipt.sequence].occurred_at_ns == 42);
    CHECK(events[receipt.sequence].recorded_at_ns == clock.now_ns());
}

}  // namespace sequencer_test
