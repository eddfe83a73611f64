#include "tests/simulation/run/workload.h"

#include "ledger/model/event.h"

#include <algorithm>
#include <array>
#include <utility>

namespace simulation {

using ledger::MasterEventType;
using ledger::OrderType;
using ledger::Quantity;

namespace {

ledger::Price any_price(Dice& dice) {
    return ledger::Price{1'000'000 + 500 * dice.between(0, 20)};
}

Quantity any_quantity(Dice& dice) {
    constexpr std::array<std::int64_t, 8> quantities{1, 7, 10, 25, 60, 100, 130, 1'000};
    return Quantity{quantities.at(dice.below(quantities.size()))};
}

ledger::Ratio any_ratio(Dice& dice) {
    constexpr std::array<ledger::Ratio, 6> ratios{
        ledger::Ratio{1, 1}, {1, 2}, {29, 100}, {2, 1}, {1, 3}, {5, 2}};
    return ratios.at(dice.below(ratios.size()));
}

template <class T>
const T& any_of(Dice& dice, const std::vector<T>& values) {
    return values[dice.below(values.size())];
}

// ---- actions

void master_places(Workload& work) {
    Dice& dice = work.dice();
    const std::size_t who = dice.below(work.cast().masters.size());
    Story story;
    story.master = work.cast().masters[who];
    story.broker = work.cast().broker_of[story.master.value() - 1];
    story.account_code = work.cast().code_of[story.master.value() - 1];
    story.broker_order_id = "M" + std::to_string(work.next_order());
    story.instrument = any_of(dice, work.cast().instruments);
    story.versions = work.cast().versions_of[who];
    story.terms.side = dice.chance(500) ? ledger::Side::buy : ledger::Side::sell;
    story.terms.type = dice.chance(250) ? OrderType::market : OrderType::limit;
    story.terms.product = dice.chance(300) ? ledger::Product::delivery : ledger::Product::intraday;
    story.terms.quantity = any_quantity(dice);
    if (has_limit_price(story.terms.type)) story.terms.price = any_price(dice);
    work.feed().tell(work.feed().begin(std::move(story)), MasterEventType::new_);
}

void master_modifies(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr || !has_limit_price(story->terms.type)) return;
    Dice& dice = work.dice();
    const auto before = story->terms;
    if (dice.chance(700)) story->terms.price = any_price(dice);
    if (dice.chance(400)) {
        story->terms.quantity = std::max(any_quantity(dice), Quantity{story->cum_qty + 1});
    }
    if (story->terms != before) work.feed().tell(*story, MasterEventType::modified);
}

void master_cancels(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr) return;
    story->over = true;
    work.feed().tell(*story, MasterEventType::canceled);
}

void master_is_filled(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr) return;
    const std::int64_t left = story->terms.quantity.value() - story->cum_qty;
    story->cum_qty += work.dice().between(1, left);
    story->over = story->cum_qty == story->terms.quantity.value();
    work.feed().tell(*story, MasterEventType::fill);
}

void master_is_rejected(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr || story->cum_qty > 0) return;
    story->over = true;
    work.feed().tell(*story, MasterEventType::rejected);
}

void link_changes(Workload& work) {
    Dice& dice = work.dice();
    ledger::SetLink link;
    link.master = any_of(dice, work.cast().masters);
    link.follower = any_of(dice, work.cast().followers);
    if (dice.chance(600)) link.ratio = any_ratio(dice);
    if (dice.chance(400)) link.active = dice.chance(700);
    if (dice.chance(300)) link.round_up_to_min_lot = dice.chance(500);
    work.ask(link, "link changes");
}

void link_is_removed(Workload& work) {
    ledger::RemoveLink link;
    link.master = any_of(work.dice(), work.cast().masters);
    link.follower = any_of(work.dice(), work.cast().followers);
    work.ask(link, "link is removed");
}

void account_changes(Workload& work) {
    ledger::ChangeAccount change;
    Dice& dice = work.dice();
    change.account =
        dice.chance(150) ? any_of(dice, work.cast().masters) : any_of(dice, work.cast().followers);
    change.enabled = dice.chance(700);
    change.email = "e" + std::to_string(dice.below(3)) + "@example.org";
    work.ask(std::move(change), "account changes");
}

void instrument_changes(Workload& work) {
    ledger::DefineInstrument define;
    define.instrument = any_of(work.dice(), work.cast().instruments);
    define.rules.lot_size = Quantity{work.dice().chance(500) ? 1 : 10};
    work.ask(std::move(define), "instrument changes");
}

// Must be refused, and change nothing.
void nonsense_is_asked(Workload& work) {
    Dice& dice = work.dice();
    ledger::AttemptRef ref;
    ref.order.bytes[0] = static_cast<std::uint8_t>(1 + dice.below(255));
    ref.intent = ref.order;
    ref.follower = any_of(dice, work.cast().followers);
    ref.attempt = 1;
    switch (dice.below(3)) {
        case 0:
            return work.ask(ledger::RecordAccepted{ref, "1", false}, "nonsense: accepted");
        case 1:
            return work.ask(ledger::ResolveIntent{ref.intent, "", "?"}, "nonsense: resolved");
        default:
            return work.ask(ledger::CloseAccount{ledger::AccountNumber{99}}, "nonsense: close");
    }
}

void person_resolves(Workload& work) {
    work.resolve_parked();
}

struct Action {
    std::uint32_t weight;
    void (*act)(Workload& work);
};

// A new kind of action is a line here.
constexpr std::array actions{
    Action{30, master_places},    Action{16, master_modifies},   Action{12, master_cancels},
    Action{10, master_is_filled}, Action{2, master_is_rejected}, Action{4, link_changes},
    Action{1, link_is_removed},   Action{2, account_changes},    Action{2, instrument_changes},
    Action{1, nonsense_is_asked}, Action{4, person_resolves},
};

constexpr std::uint32_t total_weight() {
    std::uint32_t total = 0;
    for (const Action& action : actions) total += action.weight;
    return total;
}

}  // namespace

void Workload::go_on() {
    if (ended_) return;
    const bool staged = stage_ && ports_.clients.requests()[*stage_].answered;
    auto drawn = static_cast<std::uint32_t>(dice_.below(total_weight()));
    for (const Action& action : actions) {
        if (drawn < action.weight) {
            if (staged) action.act(*this);
            break;
        }
        drawn -= action.weight;
    }
    const std::int64_t pause_ms =
        dice_.chance(700) ? dice_.between(1, 300) : dice_.between(1, 4'000);
    ports_.time.after(pause_ms * ns_per_ms, [this] { go_on(); });
}

}  // namespace simulation
