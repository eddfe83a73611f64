#include "tests/simulation/run/actions.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/workload.h"

#include <array>
#include <string>
#include <utility>

namespace simulation {

using ledger::AccountNumber;

namespace {

// A master, a follower, or the whole ledger.
AccountNumber any_place(Workload& work) {
    if (work.dice().chance(250)) return AccountNumber{};
    return work.dice().chance(250) ? work.any_master() : work.any_follower();
}

}  // namespace

void link_changes(Workload& work) {
    Dice& dice = work.dice();
    ledger::SetLink link = any_link(dice);
    link.master = work.any_master();
    link.follower = work.any_follower();
    if (dice.chance(300)) link.active = dice.chance(600);
    work.ask(std::move(link), "link changes");
}

void link_pauses_or_resumes(Workload& work) {
    ledger::SetLink link;
    link.master = work.any_master();
    link.follower = work.any_follower();
    link.active = work.dice().chance(600);
    work.ask(std::move(link), "link pauses or resumes");
}

void link_is_removed(Workload& work) {
    ledger::RemoveLink link;
    link.master = work.any_master();
    link.follower = work.any_follower();
    work.ask(link, "link is removed");
}

void account_changes(Workload& work) {
    ledger::ChangeAccount change;
    Dice& dice = work.dice();
    change.account = dice.chance(150) ? work.any_master() : work.any_follower();
    change.enabled = dice.chance(700);
    change.email = "e" + std::to_string(dice.below(3)) + "@example.org";
    work.ask(std::move(change), "account changes");
}

void instrument_changes(Workload& work) {
    ledger::DefineInstrument define;
    define.instrument = work.any_instrument();
    define.rules = any_rules(work.dice());
    work.ask(std::move(define), "instrument changes");
}

// Half of the time to none, so that runs do not end with everything forbidden.
void limits_change(Workload& work) {
    ledger::SetRiskLimits set;
    set.account = any_place(work);
    if (work.dice().chance(500)) set.limits = any_limits(work.dice());
    work.ask(std::move(set), "limits change");
}

void consent_changes(Workload& work) {
    ledger::RecordConsent record;
    record.consent.account = work.any_follower();
    record.consent.accepted = work.dice().chance(700);
    record.consent.text_version = "2026-01";
    work.ask(std::move(record), "consent changes");
}

void funds_are_told(Workload& work) {
    Dice& dice = work.dice();
    constexpr std::array<std::int64_t, 4> amounts{0, 2'000, 10'000, 100'000};
    ledger::ReportFunds report;
    report.account = dice.chance(400) ? work.any_master() : work.any_follower();
    report.equity = ledger::Money{one_of(dice, amounts) * rupee};
    if (dice.chance(300)) report.capital = ledger::Money{one_of(dice, amounts) * rupee};
    work.ask(report, "funds are told");
}

void marks_are_told(Workload& work) {
    Dice& dice = work.dice();
    const ledger::Instrument& instrument = work.any_instrument();
    ledger::SetMarks set;
    set.marks.push_back({.segment = instrument.segment,
                         .symbol = dice.chance(500) ? instrument.symbol : instrument.token,
                         .price = any_price(dice)});
    work.ask(std::move(set), "marks are told");
}

void trading_is_halted_or_resumed(Workload& work) {
    const AccountNumber where = any_place(work);
    if (work.dice().chance(350)) {
        work.ask(ledger::HaltTrading{where, "a look is needed"}, "trading is halted");
    } else {
        work.ask(ledger::ResumeTrading{where, "looked"}, "trading is resumed");
    }
}

void order_is_exited(Workload& work) {
    const Story* story = work.any_late_story();
    if (story == nullptr) return;
    const auto scope =
        work.dice().chance(500) ? ledger::ExitScope::order : ledger::ExitScope::position;
    work.ask(ledger::RequestExit{story->master, story->id(), scope},
             "exit of order " + story->broker_order_id);
}

void calendar_changes(Workload& work) {
    work.ask(ledger::SetCalendar{any_calendar(work.dice())}, "the calendar changes");
}

// Must be refused, and change nothing.
void nonsense_is_asked(Workload& work) {
    Dice& dice = work.dice();
    ledger::AttemptRef ref;
    ref.order.bytes[0] = static_cast<std::uint8_t>(1 + dice.below(255));
    ref.intent = ref.order;
    ref.follower = work.any_follower();
    ref.attempt = 1;
    switch (dice.below(4)) {
        case 0:
            return work.ask(ledger::RecordAccepted{ref, "1", false}, "nonsense: accepted");
        case 1:
            return work.ask(ledger::ResolveIntent{ref.intent, "", "?"}, "nonsense: resolved");
        case 2:
            return work.ask(ledger::HaltTrading{AccountNumber{}, ""}, "nonsense: halted");
        default:
            return work.ask(ledger::CloseAccount{AccountNumber{99}}, "nonsense: close");
    }
}

}  // namespace simulation
