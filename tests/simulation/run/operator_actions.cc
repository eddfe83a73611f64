#include "tests/simulation/run/actions.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/workload.h"

#include <array>
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
    // Now and then with all that is not said as it was, or as it is where nothing was.
    ledger::SetLink link = dice.chance(800) ? any_link(dice) : ledger::SetLink{};
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
    work.ask_of_time(report, "funds are told");
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

namespace {

ledger::CommandPayload nonsense_of_a_master(Workload& work) {
    const Story* story = work.any_late_story();
    ledger::MasterOrderReported report;
    if (story == nullptr) return ledger::ReportMasterOrder{report};
    report.account = story->master;
    report.broker_order_id = story->broker_order_id;
    report.type = ledger::MasterEventType::modified;
    report.version = {ledger::SourceVersion::Kind::sequence, 1'000 + work.dice().below(9)};
    report.terms = story->terms;
    report.instrument = story->instrument;
    const bool heard = !story->chapters.empty() && work.has_taken(story->chapters.front().request);
    if (!heard || work.dice().chance(500)) {
        report.account = work.any_follower();
    } else {
        report.instrument.token += "9";
        report.instrument.symbol += "9";
    }
    return ledger::ReportMasterOrder{report};
}

ledger::CommandPayload nonsense(Workload& work) {
    Dice& dice = work.dice();
    ledger::AttemptRef ref;
    ref.order.bytes[0] = static_cast<std::uint8_t>(1 + dice.below(255));
    ref.intent = ref.order;
    ref.follower = work.any_follower();
    ref.attempt = 1;
    ledger::RecordConsent consent;
    consent.consent.account = work.any_master();
    consent.consent.text_version = "2026-01";
    ledger::SetLink link;
    link.master = work.any_follower();
    link.follower = work.any_master();
    const auto* account = work.known(work.any_follower());
    if (account != nullptr && account->erasures > 0) return work.stale_secret(*account);
    switch (dice.below(7)) {
        case 0:
            return ledger::RecordAccepted{ref, "1", false};
        case 1:
            return ledger::ResolveIntent{ref.intent, "", "?"};
        case 2:
            return ledger::HaltTrading{AccountNumber{}, ""};
        case 3:
            return ledger::CloseAccount{AccountNumber{99}};
        case 4:
            return consent;
        case 5:
            return link;
        default:
            return nonsense_of_a_master(work);
    }
}

}  // namespace

// Must be refused, and change nothing.
void nonsense_is_asked(Workload& work) {
    work.ask_wrongly(nonsense(work), "nonsense");
}

}  // namespace simulation
