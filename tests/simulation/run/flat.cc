// The end of all masters' trading: nothing works at their brokers, and they hold nothing.
#include "ledger/base/assert.h"
#include "tests/simulation/run/workload.h"

#include <algorithm>
#include <utility>

namespace simulation {

using ledger::MasterEventType;
using ledger::Quantity;
using ledger::Side;

void Workload::place_and_fill(std::size_t master, const ledger::Instrument& instrument,
                              const ledger::OrderTerms& terms) {
    Story& story = ports_.feed.begin(story_of(master));
    story.instrument = instrument;
    story.terms = terms;
    ports_.feed.tell(story, MasterEventType::new_);
    story.cum_qty = terms.quantity.value();
    story.over = true;
    ports_.feed.tell(story, MasterEventType::fill);
}

// Every position that the ledger knows: what is held is closed, or so much of it is bought.
void Workload::trade_all(std::optional<Quantity> bought) {
    const auto& state = *ports_.state();
    for (const auto& position : state.master_positions) {
        const Quantity wanted = bought.value_or(Quantity{} - position.filled);
        if (wanted.value() == 0) continue;
        const auto who = std::ranges::find(cast_.masters, position.master);
        LEDGER_ASSERT(who != cast_.masters.end());
        ledger::OrderTerms terms;
        terms.side = wanted.value() > 0 ? Side::buy : Side::sell;
        terms.type = ledger::OrderType::market;
        terms.product = position.product;
        terms.quantity = magnitude(wanted);
        place_and_fill(static_cast<std::size_t>(who - cast_.masters.begin()),
                       state.instruments[position.instrument].instrument, terms);
    }
}

// Also what the ledger alone believes to work, because the feed has lost its end.
void Workload::cancel_all() {
    const auto& orders = ports_.state()->master_orders;
    for (Story& story : ports_.feed.stories()) {
        const auto* known = orders.find(story.id());
        const bool believed = known != nullptr && known->leaves_qty().value() > 0;
        if (story.over && !believed) continue;
        story.over = true;
        ports_.feed.tell(story, MasterEventType::canceled);
    }
}

bool Workload::go_flat() {
    constexpr Quantity round{100};
    if (ports_.state() == nullptr) return false;
    switch (flat_steps_++) {
        case 0:
            cancel_all();
            return true;
        case 1:
            trade_all(std::nullopt);
            return true;
        case 2:
            trade_all(Quantity{} - round);
            return true;
        case 3:
            trade_all(round);
            return true;
        default:
            return false;
    }
}

}  // namespace simulation
