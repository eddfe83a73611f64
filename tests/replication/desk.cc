#include "tests/replication/desk.h"

#include "ledger/base/assert.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication::test {

namespace {

MasterSays says_of(std::string_view order, const Trade& trade) {
    MasterSays says;
    says.order = order;
    says.side = trade.side;
    says.quantity = trade.quantity;
    says.price = trade.price;
    return says;
}

}  // namespace

InstrumentRules rules_of(const RulesSay& says) {
    InstrumentRules rules;
    rules.lot_size = Quantity{says.lot};
    rules.tick_size = Price{says.tick};
    rules.freeze_quantity = Quantity{says.freeze};
    rules.valid_on = 20'231'114;
    return rules;
}

AccountNumber Desk::joins(SetLink terms) {
    terms.master = AccountNumber{1};
    terms.follower = opens_follower("F-" + std::to_string(state().accounts.size()));
    LEDGER_ASSERT(submit(terms).recorded());
    return terms.follower;
}

Answer Desk::places(std::string_view order, const Trade& trade) {
    return reports_new(says_of(order, trade));
}

Answer Desk::fills(std::string_view order, const Trade& trade, std::int64_t filled) {
    MasterSays says = says_of(order, trade);
    says.filled = filled;
    says.average = rupee;
    return reports_fill(says);
}

Answer Desk::trades(std::string_view order, const Trade& trade) {
    Answer placed = places(order, trade);
    const Answer filled = fills(order, trade, trade.quantity);
    placed.events.insert(placed.events.end(), filled.events.begin(), filled.events.end());
    return placed;
}

Answer Desk::buys(std::string_view order, std::int64_t quantity) {
    return trades(order, {.side = Side::buy, .quantity = quantity});
}

Answer Desk::sells(std::string_view order, std::int64_t quantity) {
    return trades(order, {.side = Side::sell, .quantity = quantity});
}

void Desk::sends(const Aim& aim) {
    if (row(aim).unsent()) starts(aim);
    if (row(aim).status == OrdStatus::pending_new) accepted(aim, "B-" + to_text(aim.order));
}

void Desk::fills(const Aim& aim, std::int64_t filled, std::int64_t average) {
    sends(aim);
    const FollowerOrder& order = row(aim);
    const bool whole = filled >= order.terms.quantity.value();
    book_says(aim, {.status = whole ? OrdStatus::filled : OrdStatus::partially_filled,
                    .filled = filled,
                    .average = average,
                    .id = order.broker_order_id});
}

void Desk::advances(const Aim& aim) {
    sends(aim);
    // One may be under way, another wait behind it.
    for (int change = 0; change < 2 && !row(aim).changes.empty(); ++change) {
        const Aim first = first_change(aim);
        starts(first);
        accepted(first, row(aim).broker_order_id);
    }
    const FollowerOrder& order = row(aim);
    if (is_terminal(order.status)) return;
    if (!cancel_is_coming(order)) return fills(aim, order.terms.quantity.value());
    book_says(aim, {.status = OrdStatus::canceled,
                    .filled = order.cum_qty.value(),
                    .id = order.broker_order_id});
}

void Desk::everything_fills() {
    constexpr int steps_max = 5'000;
    for (int step = 0; step < steps_max; ++step) {
        const auto& orders = state().follower_orders;
        const auto open = std::ranges::find_if(
            orders, [](const FollowerOrder& order) { return !is_terminal(order.status); });
        if (open == orders.end()) return;
        advances({open->id, open->id});
    }
    LEDGER_ASSERT(false);
}

std::int64_t Desk::asked(AccountNumber follower, std::string_view order) const {
    std::int64_t sum = 0;
    for (const FollowerOrder& copy : state().follower_orders) {
        const bool copies =
            copy.follower == follower && state().master_order_of(copy).broker_order_id == order;
        if (copies && copy.purpose == OrderPurpose::copy) {
            sum += terms_to_come(copy).quantity.value();
        }
    }
    return sum;
}

std::vector<Aim> Desk::live(AccountNumber follower) const {
    std::vector<Aim> out = orders(follower);
    std::erase_if(out, [&](const Aim& aim) { return is_terminal(row(aim).status); });
    return out;
}

std::vector<std::int64_t> intended(const Answer& answer, AccountNumber follower) {
    std::vector<std::int64_t> out;
    for (const Event& event : answer.events) {
        const auto* intent = std::get_if<FollowerOrderIntended>(&event.payload);
        if (intent != nullptr && intent->follower == follower) {
            out.push_back(intent->terms.quantity.value());
        }
    }
    return out;
}

const FollowerOrderSkipped* skipped(const Answer& answer, AccountNumber follower) {
    const FollowerOrderSkipped* found = nullptr;
    for (const Event& event : answer.events) {
        const auto* skip = std::get_if<FollowerOrderSkipped>(&event.payload);
        if (skip == nullptr || skip->follower != follower) continue;
        if (found != nullptr) return nullptr;
        found = skip;
    }
    return found;
}

}  // namespace ledger::replication::test
