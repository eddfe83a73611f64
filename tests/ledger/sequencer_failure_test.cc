// What the sequencer does at its bounds, when it is stopped, when the disk fails, and after a
// crash.
#include "ledger/log/memory_journal.h"
#include "ledger/sequencer.h"
#include "tests/ledger/random_commands.h"
#include "tests/ledger/sequencer_fixture.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace sequencer_failure_test {

using namespace ledger;
using namespace ledger::test;

namespace {

Command opens_number(int number) {
    return opens(AccountRole::master, std::to_string(number));
}

void check_refuses(Writer& writer) {
    bool called = false;
    CHECK_FALSE(writer.sequencer().submit(opens_number(99),
                                          [&](const Result<Receipt>&) { called = true; }));
    CHECK_FALSE(called);
}

// The events that one life of the writer was told are recorded.
void take_acknowledged(const Writer& writer, std::size_t commands, std::vector<Receipt>& out) {
    for (std::size_t number = 0; number < commands; ++number) {
        const auto& answer = writer.answer(number);
        if (answer && *answer) out.push_back(answer->value());
    }
}

std::string fault_of(const std::vector<Event>& events, const std::vector<Receipt>& acknowledged) {
    for (std::size_t at = 0; at < events.size(); ++at) {
        if (events[at].sequence != at + 1) return "a gap in the sequences";
    }
    if (!std::ranges::is_sorted(events, {}, &Event::recorded_at_ns)) return "time went back";
    for (const Receipt& receipt : acknowledged) {
        if (receipt.sequence > events.size()) return "an acknowledged event is lost";
        if (receipt.event_id.is_zero()) continue;  // the state was so already
        if (events[receipt.sequence - 1].id != receipt.event_id) return "another event is there";
    }
    return {};
}

// Every master event has a decision for each link, in the same log: a commit is whole or not there.
bool is_whole(const std::vector<Event>& events, const std::vector<Receipt>& acknowledged) {
    return std::ranges::all_of(acknowledged, [&](const Receipt& receipt) {
        std::size_t follows = 0;
        for (std::size_t at = receipt.sequence; at < events.size(); ++at) {
            if (receipt.event_id.is_zero() || events[at].causation != receipt.event_id) break;
            ++follows;
        }
        return follows >= receipt.followers;
    });
}

}  // namespace

TEST_CASE("a full queue takes no more and forgets nothing that it took", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock, {.queued_commands_max = 3}};
    for (int n = 0; n < 3; ++n) writer.asks(opens_number(n));
    check_refuses(writer);
    CHECK(writer.sequencer().queued_commands() == 3);
    REQUIRE(writer.turn());
    CHECK(journal.last_sequence() == 3);
    CHECK(writer.tells(opens_number(3)).value().sequence == 4);
}

TEST_CASE("what was queued together is one append and one observed batch", "[ledger]") {
    const HandClock clock;
    log::MemoryJournal below;
    WatchedJournal journal{below};
    Writer writer{journal, clock, {.batch_commands_max = 3}};
    for (int n = 0; n < 7; ++n) writer.asks(opens(AccountRole::master, std::to_string(n)));
    while (writer.sequencer().queued_commands() > 0) REQUIRE(writer.turn());
    CHECK(journal.appends() == std::vector<std::size_t>{3, 3, 1});
    std::vector<std::size_t> seen;
    for (const auto& batch : writer.observed()) seen.push_back(batch->size());
    CHECK(seen == journal.appends());
}

TEST_CASE("a stopped sequencer finishes what is queued and takes no more", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock, {.batch_commands_max = 2}};
    for (int n = 0; n < 5; ++n) writer.asks(opens_number(n));
    writer.sequencer().stop();
    check_refuses(writer);
    CHECK(writer.sequencer().run());
    for (std::size_t n = 0; n < 5; ++n) CHECK(writer.answer(n)->value().sequence == n + 1);
    CHECK_FALSE(writer.turn().value());
}

TEST_CASE("observers see a batch before its callers are answered", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock, {.batch_commands_max = 4}};
    for (int n = 0; n < 8; ++n) writer.asks(opens_number(n));
    REQUIRE(writer.turn());
    REQUIRE(writer.turn());
    CHECK(writer.answered_before() == std::vector<std::size_t>{0, 4});
}

TEST_CASE("I15 a failed append answers everyone with storage_failed and shows nobody anything",
          "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock, {.batch_commands_max = 3}};
    opens_fleet(writer, 1);
    const auto before = journal.last_sequence();
    const std::size_t seen = writer.observed().size();

    journal.fail_next_append();
    std::vector<std::size_t> numbers{writer.asks(reports({}))};
    numbers.push_back(writer.asks(reports({.quantity = 0})));  // would have been refused
    for (int n = 0; n < 5; ++n) numbers.push_back(writer.asks(opens_number(n)));
    const auto turned = writer.turn();
    REQUIRE_FALSE(turned);
    CHECK(turned.error().code == Errc::storage_failed);
    for (const std::size_t number : numbers) {
        INFO("caller " << number);
        REQUIRE(writer.answer(number).has_value());
        CHECK(writer.answer(number)->error().code == Errc::storage_failed);
    }
    CHECK(writer.observed().size() == seen);
    CHECK(journal.last_sequence() == before);
    check_refuses(writer);
}

TEST_CASE("I15 run() ends with the error of a failed append", "[ledger]") {
    log::MemoryJournal journal;
    const HandClock clock;
    Writer writer{journal, clock};
    journal.fail_next_append();
    writer.asks(opens_number(1));
    const auto ended = writer.sequencer().run();
    REQUIRE_FALSE(ended);
    CHECK(ended.error().code == Errc::storage_failed);
    check_refuses(writer);
}

TEST_CASE("after a restart the ledger goes on as one that never stopped", "[ledger]") {
    with_each_storage([](Storage& storage) {
        HandClock clock;
        log::MemoryJournal unbroken;
        Writer twin{unbroken, clock};
        const std::vector<MasterSays> said{
            {.order = "A"},
            {.order = "B", .quantity = 60},
            {.order = "A", .type = MasterEventType::modified, .quantity = 120},
            {.order = "B",
             .type = MasterEventType::fill,
             .quantity = 60,
             .filled = 20,
             .average = 1'000'000},
            {.order = "A", .type = MasterEventType::canceled, .quantity = 120},
        };
        opens_fleet(twin, 2);
        {
            Writer writer{storage.journal(), clock};
            opens_fleet(writer, 2);
        }
        for (const MasterSays& says : said) {
            clock.passes(second_ns);
            storage.reopen();
            Writer writer{storage.journal(), clock};
            CHECK(bytes_of(writer.state()) == bytes_of(twin.state()));
            REQUIRE(twin.tells(reports(says)));
            REQUIRE(writer.tells(reports(says)));
        }
        CHECK(bytes_of(folded(storage.journal())) == bytes_of(twin.state()));
        CHECK(events_of(storage.journal()) == events_of(unbroken));
    });
}

TEST_CASE("I4 what was acknowledged is in the log after a crash at any batch", "[ledger]") {
    rc::prop("every life of the process finds what the earlier ones acknowledged", [] {
        log::MemoryJournal below;
        HandClock clock;
        std::vector<Receipt> acknowledged;
        const std::size_t lives = 1 + any_below(4);
        for (std::size_t life = 0; life < lives; ++life) {
            WatchedJournal journal{below};
            Writer writer{journal, clock, {.batch_commands_max = 1 + any_below(8)}};
            std::size_t asked = 0;
            const auto ask = [&](Command command) {
                writer.asks(std::move(command));
                ++asked;
            };
            if (life == 0) std::ranges::for_each(opening_commands(), ask);
            const Steps steps = *any_steps(0.5);
            // The answer of one append may be lost, and the process with it.
            const std::size_t lost_at = any_below(2 * steps.size() + 1);
            for (std::size_t at = 0; at < steps.size(); ++at) {
                if (at == lost_at) journal.lose_next_answer();
                clock.passes(pause_ns(steps[at]));
                ask(next_command(writer.state(), steps[at]));
                if (steps[at][3] % 4 == 0 && !writer.turn()) break;
            }
            take_acknowledged(writer, asked, acknowledged);
        }
        const auto events = events_of(below);
        RC_ASSERT(fault_of(events, acknowledged) == "");
        RC_ASSERT(is_whole(events, acknowledged));
    });
}

TEST_CASE("I5 the live state is the fold of what is durable, batch by batch", "[ledger]") {
    rc::prop("state() equals the fold of the journal after every turn", [] {
        log::MemoryJournal journal;
        HandClock clock;
        Writer writer{journal, clock, {.batch_commands_max = 16}};
        for (const Command& command : opening_commands()) writer.asks(command);
        for (const Step& step : *any_steps(1)) {
            clock.passes(pause_ns(step));
            writer.asks(next_command(writer.state(), step));
            if (step[3] % 4 != 0) continue;
            RC_ASSERT(writer.turn().has_value());
            RC_ASSERT(writer.state().sequence == journal.last_sequence());
        }
        while (writer.sequencer().queued_commands() > 0) RC_ASSERT(writer.turn().has_value());
        RC_ASSERT(bytes_of(folded(journal)) == bytes_of(writer.state()));
        std::vector<Event> observed;
        for (const auto& batch : writer.observed()) {
            observed.insert(observed.end(), batch->begin(), batch->end());
        }
        RC_ASSERT(observed == events_of(journal));
    });
}

}  // namespace sequencer_failure_test
