#include "tools/brokersim/order_store.h"

#include "ledger/base/int128.h"

#include <utility>
#include <variant>

namespace tools::brokersim {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Money;
using ledger::Result;

Error does_not_follow(AppOrderId id, std::string_view why) {
    return Error{
        Errc::corrupt, "order " + std::to_string(id.value()) + ": " + std::string{why}, {}};
}

std::string reference_key(std::string_view client_id, std::string_view reference) {
    std::string key = std::to_string(client_id.size()) + ':';
    key.append(client_id).append(reference);
    return key;
}

OrderMoment next_moment(const SimOrder& order, OrderState state, std::int64_t at_ns) {
    OrderMoment moment = order.now();
    moment.state = state;
    moment.at_ns = at_ns;
    moment.text.clear();
    return moment;
}

OrderState state_on_arrival(const ledger::OrderTerms& terms) {
    return ledger::has_trigger(terms.type) ? OrderState::trigger_pending : OrderState::new_;
}

OrderMoment first_moment(const OrderAccepted& event) {
    OrderMoment moment;
    moment.state = state_on_arrival(event.request.terms);
    moment.terms = event.request.terms;
    moment.disclosed = event.request.disclosed;
    moment.at_ns = event.at_ns;
    return moment;
}

}  // namespace

Result<void> OrderStore::apply(const OrderEvent& event) {
    return std::visit([this](const auto& fact) { return on(fact); }, event);
}

AppOrderId OrderStore::next_id() const {
    return AppOrderId{first_.value() + static_cast<std::int64_t>(orders_.size())};
}

const SimOrder* OrderStore::find(AppOrderId id) const {
    if (id < first_ || id >= next_id()) return nullptr;
    return &orders_[static_cast<std::size_t>(id.value() - first_.value())];
}

const SimOrder* OrderStore::find(AppOrderId id, std::string_view client_id) const {
    const SimOrder* order = find(id);
    return order && order->request.client_id == client_id ? order : nullptr;
}

std::vector<const SimOrder*> OrderStore::orders_of(std::string_view client_id) const {
    std::vector<const SimOrder*> found;
    const auto client = clients_.find(std::string{client_id});
    if (client == clients_.end()) return found;
    found.reserve(client->second.orders.size());
    for (const AppOrderId id : client->second.orders) found.push_back(find(id));
    return found;
}

std::vector<const SimTrade*> OrderStore::trades_of(std::string_view client_id) const {
    std::vector<const SimTrade*> found;
    const auto client = clients_.find(std::string{client_id});
    if (client == clients_.end()) return found;
    found.reserve(client->second.trades.size());
    for (const std::size_t index : client->second.trades) found.push_back(&trades_[index]);
    return found;
}

std::vector<AppOrderId> OrderStore::open_orders(const InstrumentKey& instrument) const {
    const auto found = open_.find(instrument);
    if (found == open_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

bool OrderStore::has_reference(std::string_view client_id, std::string_view reference) const {
    return references_.contains(reference_key(client_id, reference));
}

bool OrderStore::has_room(const SimOrder& order, std::size_t count) const {
    return order.history.size() + count <= limits_.moments_per_order_max &&
           trades_.size() + count <= limits_.trades_max;
}

Result<void> OrderStore::on(const OrderAccepted& event) {
    // A journal may have begun at another number than the configuration names today.
    if (orders_.empty()) first_ = event.id;
    if (event.id != next_id()) return does_not_follow(event.id, "is not the next number");
    if (!has_room_for_order()) return Error{Errc::overloaded, "orders_max is reached", {}};

    SimOrder order;
    order.id = event.id;
    order.request = event.request;
    order.accepted_at_ns = event.at_ns;
    order.visible_at_ns = event.visible_at_ns;
    order.history.push_back(first_moment(event));
    orders_.push_back(std::move(order));
    clients_[event.request.client_id].orders.push_back(event.id);
    open_[event.request.instrument].insert(event.id);
    if (event.request.reference.empty()) return boost::outcome_v2::success();
    auto& uses = references_[reference_key(event.request.client_id, event.request.reference)];
    if (++uses > 1) ++repeated_references_;
    return boost::outcome_v2::success();
}

Result<void> OrderStore::on(const OrderModified& event) {
    BOOST_OUTCOME_TRY(SimOrder * order, open_order(event.id));
    if (event.terms.quantity < order->now().cum_qty)
        return does_not_follow(event.id, "is modified to less than has been filled");
    OrderMoment moment = next_moment(*order, OrderState::replaced, event.at_ns);
    moment.terms = event.terms;
    moment.disclosed = event.disclosed;
    if (event.terms.quantity == moment.cum_qty) {
        moment.state = OrderState::filled;
        close_with(*order, std::move(moment));
    } else {
        order->history.push_back(std::move(moment));
    }
    return boost::outcome_v2::success();
}

Result<void> OrderStore::on(const OrderCancelled& event) {
    BOOST_OUTCOME_TRY(SimOrder * order, open_order(event.id));
    OrderMoment moment = next_moment(*order, OrderState::cancelled, event.at_ns);
    moment.text = event.why;
    close_with(*order, std::move(moment));
    return boost::outcome_v2::success();
}

Result<void> OrderStore::on(const OrderRejected& event) {
    BOOST_OUTCOME_TRY(SimOrder * order, open_order(event.id));
    OrderMoment moment = next_moment(*order, OrderState::rejected, event.at_ns);
    moment.text = event.why;
    close_with(*order, std::move(moment));
    return boost::outcome_v2::success();
}

Result<void> OrderStore::on(const OrderTriggered& event) {
    BOOST_OUTCOME_TRY(SimOrder * order, open_order(event.id));
    order->triggered = true;
    order->history.push_back(next_moment(*order, OrderState::new_, event.at_ns));
    return boost::outcome_v2::success();
}

Result<void> OrderStore::on(const OrderFilled& event) {
    BOOST_OUTCOME_TRY(SimOrder * order, open_order(event.id));
    const auto value = ledger::value_of(event.price, event.quantity);
    const auto traded =
        value ? ledger::checked_add(order->now().traded.value(), value->value()) : std::nullopt;
    if (event.quantity.value() <= 0 || event.quantity > order->leaves_qty() || !traded)
        return does_not_follow(event.id, "is filled by an impossible quantity");

    OrderMoment moment = next_moment(*order, OrderState::partially_filled, event.at_ns);
    moment.cum_qty = moment.cum_qty + event.quantity;
    moment.traded = Money{*traded};
    SimTrade trade;
    trade.execution_id = static_cast<std::int64_t>(trades_.size()) + 1;
    trade.order = event.id;
    trade.quantity = event.quantity;
    trade.price = event.price;
    trade.at_ns = event.at_ns;
    trade.report_index = ++order->fills;
    clients_[order->request.client_id].trades.push_back(trades_.size());
    trades_.push_back(trade);
    if (moment.cum_qty == moment.terms.quantity) {
        moment.state = OrderState::filled;
        close_with(*order, std::move(moment));
    } else {
        order->history.push_back(std::move(moment));
    }
    return boost::outcome_v2::success();
}

Result<SimOrder*> OrderStore::open_order(AppOrderId id) {
    if (!find(id)) return does_not_follow(id, "is not known");
    SimOrder& order = orders_[static_cast<std::size_t>(id.value() - first_.value())];
    if (!is_open(order.now().state)) return does_not_follow(id, "is closed");
    return &order;
}

void OrderStore::close_with(SimOrder& order, OrderMoment moment) {
    order.history.push_back(std::move(moment));
    const auto found = open_.find(order.request.instrument);
    found->second.erase(order.id);
    if (found->second.empty()) open_.erase(found);
}

}  // namespace tools::brokersim
