#include "tools/brokersim/exchange.h"

#include "ledger/base/assert.h"

#include <utility>

namespace tools::brokersim {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Price;
using ledger::Result;

// A change may be followed by a trigger, a fill and a cancellation of the rest.
constexpr std::size_t moments_per_change = 4;

}  // namespace

Result<AppOrderId> Exchange::place(OrderRequest request, const Placement& placement) {
    if (rules_.refuse_repeated_reference && !request.reference.empty() &&
        store_.has_reference(request.client_id, request.reference))
        return Error{Errc::conflict, "orderUniqueIdentifier was used before",
                     "orderUniqueIdentifier"};
    if (!store_.has_room_for_order())
        return Error{Errc::overloaded, "the simulator holds as many orders as it may", {}};

    OrderAccepted accepted;
    accepted.id = store_.next_id();
    accepted.request = std::move(request);
    accepted.at_ns = placement.at_ns;
    accepted.visible_at_ns = placement.visible_at_ns;
    const AppOrderId id = accepted.id;
    happen(accepted);
    if (placement.rejected_why.empty()) {
        trade(id, Arrival::arriving, placement.at_ns);
    } else {
        happen(OrderRejected{id, placement.at_ns, placement.rejected_why});
    }
    return id;
}

Result<AppOrderId> Exchange::modify(const Modification& change, std::int64_t at_ns) {
    BOOST_OUTCOME_TRY(const SimOrder* order, changeable(change.client_id, change.id));
    if (!store_.has_room(*order, moments_per_change))
        return Error{Errc::not_allowed, "the order was changed too often", {}};
    if (change.terms.quantity < order->now().cum_qty)
        return ledger::invalid_field("modifiedOrderQuantity", "less than has been filled already");

    OrderModified modified{change.id, change.terms, change.disclosed, at_ns};
    modified.terms.side = order->now().terms.side;
    happen(modified);
    if (is_open(order->now().state)) trade(change.id, Arrival::arriving, at_ns);
    return change.id;
}

Result<AppOrderId> Exchange::cancel(const std::string& client_id, AppOrderId id,
                                    std::int64_t at_ns) {
    BOOST_OUTCOME_TRYV(changeable(client_id, id));
    happen(OrderCancelled{id, at_ns, {}});
    return id;
}

std::size_t Exchange::cancel_all(const std::string& client_id,
                                 std::optional<InstrumentKey> instrument, std::int64_t at_ns) {
    std::size_t cancelled = 0;
    for (const SimOrder* order : store_.orders_of(client_id)) {
        const bool concerned = !instrument || order->request.instrument == *instrument;
        if (!concerned || !is_open(order->now().state)) continue;
        happen(OrderCancelled{order->id, at_ns, {}});
        ++cancelled;
    }
    return cancelled;
}

Result<void> Exchange::set_price(const InstrumentKey& instrument, Price price, std::int64_t at_ns) {
    if (!prices_.contains(instrument) && prices_.size() >= rules_.instruments_max)
        return Error{Errc::overloaded, "instruments_max is reached", {}};
    prices_[instrument] = price;
    for (const AppOrderId id : store_.open_orders(instrument)) trade(id, Arrival::resting, at_ns);
    return boost::outcome_v2::success();
}

void Exchange::happen(const OrderEvent& event) {
    const Result<void> applied = store_.apply(event);
    LEDGER_ASSERT(applied.has_value());
    record_(event);
}

void Exchange::trade(AppOrderId id, Arrival arrival, std::int64_t at_ns) {
    const SimOrder& order = *store_.find(id);
    if (!store_.has_room(order, moments_per_change)) return;
    const Match result =
        match(order, last_price(order.request.instrument), rules_.matching, arrival);
    if (result.triggers) happen(OrderTriggered{id, at_ns});
    if (result.quantity.value() > 0) happen(OrderFilled{id, at_ns, result.quantity, result.price});
    if (result.cancels_rest && is_open(order.now().state))
        happen(OrderCancelled{id, at_ns, "IOC order not filled at once"});
}

std::optional<Price> Exchange::last_price(const InstrumentKey& instrument) const {
    const auto found = prices_.find(instrument);
    return found == prices_.end() ? std::nullopt : std::optional{found->second};
}

Result<const SimOrder*> Exchange::changeable(const std::string& client_id, AppOrderId id) const {
    const SimOrder* order = store_.find(id, client_id);
    if (!order) return Error{Errc::not_found, "Data Not Available", "appOrderID"};
    const OrderState state = order->now().state;
    if (!is_open(state))
        return Error{Errc::not_allowed, "Order is already " + std::string{to_text(state)}, {}};
    return order;
}

}  // namespace tools::brokersim
