#include "tests/simulation/run/workload.h"

#include "tests/simulation/run/actions.h"

#include <array>

namespace simulation {

namespace {

void person_resolves(Workload& work) {
    work.resolve_parked();
}

struct Action {
    std::uint32_t weight;
    void (*act)(Workload& work);
};

// A new kind of action is a line here.
constexpr std::array actions{
    Action{30, master_places},
    Action{16, master_modifies},
    Action{12, master_cancels},
    Action{16, master_is_filled},
    Action{2, master_is_rejected},
    Action{2, master_repeats_new},
    Action{2, feed_contradicts_itself},
    Action{4, link_changes},
    Action{3, link_pauses_or_resumes},
    Action{1, link_is_removed},
    Action{2, account_changes},
    Action{1, account_closes},
    Action{3, account_opens_again},
    Action{1, credentials_change},
    Action{2, person_is_erased},
    Action{2, instrument_changes},
    Action{5, limits_change},
    Action{1, consent_changes},
    Action{4, funds_are_told},
    Action{5, marks_are_told},
    Action{4, trading_is_halted_or_resumed},
    Action{4, order_is_exited},
    Action{1, calendar_changes},
    Action{1, nonsense_is_asked},
    Action{4, person_resolves},
};

constexpr std::uint32_t total_weight() {
    std::uint32_t total = 0;
    for (const Action& action : actions) total += action.weight;
    return total;
}

template <class T>
const T& any_of(Dice& dice, const std::vector<T>& values) {
    return values[dice.below(values.size())];
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

ledger::AccountNumber Workload::any_master() {
    return any_of(dice_, cast_.masters);
}

ledger::AccountNumber Workload::any_follower() {
    return any_of(dice_, cast_.followers);
}

const ledger::Instrument& Workload::any_instrument() {
    return any_of(dice_, cast_.instruments);
}

Story Workload::story_of(std::size_t master) {
    Story story;
    story.master = cast_.masters[master];
    story.broker = cast_.broker_of[story.master.value() - 1];
    story.account_code = cast_.code_of[story.master.value() - 1];
    // Each master's broker counts by itself.
    story.broker_order_id = "M" + std::to_string(++orders_[story.master]);
    story.versions = cast_.versions_of[master];
    return story;
}

}  // namespace simulation
