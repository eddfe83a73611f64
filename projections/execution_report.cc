#include "projections/execution_report.h"

#include "ledger/replication/order_status.h"
#include "projections/hindsight.h"
#include "projections/view_rows.h"
#include "projections/why_tree.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace projections {

using namespace ledger;
using replication::FollowerOrder;
using replication::MasterOrder;

namespace {

// FIX 4.4's values of ExecType (150) and OrdStatus (39); a change's are the same in both.
constexpr char is_new = '0';
constexpr char partially_filled = '1';
constexpr char filled = '2';
constexpr char canceled = '4';
constexpr char replaced = '5';
constexpr char being_canceled = '6';
constexpr char rejected = '8';
constexpr char being_placed = 'A';
constexpr char expired = 'C';
constexpr char being_replaced = 'E';
constexpr char trade = 'F';
constexpr char standing = 'I';  // nothing but how the order stands

char status_char(OrdStatus status) {
    switch (status) {
        case OrdStatus::intended:
        case OrdStatus::pending_new:
        case OrdStatus::unknown:
            return being_placed;
        case OrdStatus::new_:
            return is_new;
        case OrdStatus::partially_filled:
            return partially_filled;
        case OrdStatus::filled:
            return filled;
        case OrdStatus::canceled:
        case OrdStatus::withdrawn:
            return canceled;
        case OrdStatus::rejected:
        case OrdStatus::not_placed:
            return rejected;
        case OrdStatus::expired:
            return expired;
    }
    return being_placed;
}

Price average_price(Money value, Quantity quantity) {
    if (quantity.value() == 0) return Price{};
    return Price{mul_div_floor(value.value(), 1, quantity.value()).value_or(0)};
}

Quantity left_of(const OrderTerms& terms, Quantity cum_qty) {
    return std::max(terms.quantity - cum_qty, Quantity{});
}

std::string client_code(const LedgerView& view, AccountNumber account) {
    return view.state().account(account)->identity.broker_account;
}

// What the broker has filled of it goes before a status that has not caught up.
char follower_status(const FollowerOrder& order) {
    const std::string_view words = status_of(order);
    if (words == pending_cancel) return being_canceled;
    if (words == pending_replace) return being_replaced;
    if (order.status != OrdStatus::new_ || order.cum_qty.value() == 0) {
        return status_char(order.status);
    }
    return order.cum_qty >= order.terms.quantity ? filled : partially_filled;
}

ExecutionReport base_of(const Event& event, char exec_type) {
    ExecutionReport report;
    report.exec_id = to_text(event.id);
    report.exec_type = exec_type;
    report.transact_time_ns = happened_at_ns(event);
    report.recorded_at_ns = event.recorded_at_ns;
    return report;
}

ExecutionReport of_follower(const LedgerView& view, const Event& event, const FollowerOrder& order,
                            char exec_type) {
    ExecutionReport report = base_of(event, exec_type);
    report.ord_status = follower_status(order);
    report.order_id = order.broker_order_id.empty() ? "NONE" : order.broker_order_id;
    report.cl_ord_id = cl_ord_id_of(order.id).view();
    report.account = client_code(view, order.follower);
    report.instrument = view.state().instrument_of(view.state().master_order_of(order));
    report.terms = order.terms;
    report.cum_qty = order.cum_qty;
    const bool over = replication::is_terminal(order.status);
    report.leaves_qty = over ? Quantity{} : left_of(order.terms, order.cum_qty);
    report.avg_px = average_price(order.cum_value, order.cum_qty);
    return report;
}

void add_trade(ExecutionReport& report, Quantity quantity, Money value) {
    report.last_qty = quantity;
    report.last_px = average_price(value, quantity);
}

// The events of one follower order, each as the reports that it makes.
struct FollowerReports {
    const LedgerView& view;
    const Event& event;
    const FollowerOrder& order;

    using Reports = std::vector<ExecutionReport>;

    [[nodiscard]] ExecutionReport one(char exec_type, std::string text = {}) const {
        ExecutionReport report = of_follower(view, event, order, exec_type);
        report.text = std::move(text);
        return report;
    }

    // Of an attempt to change the order: under the change's own ClOrdID.
    [[nodiscard]] ExecutionReport change(const AttemptRef& ref, char exec_type) const {
        ExecutionReport report = one(exec_type);
        report.orig_cl_ord_id = report.cl_ord_id;
        report.cl_ord_id = cl_ord_id_of(ref.intent).view();
        return report;
    }

    Reports operator()(const AttemptStarted& e) const {
        if (e.ref.intent == e.ref.order) return {one(being_placed)};
        return {change(e.ref, e.kind == IntentKind::cancel ? being_canceled : being_replaced)};
    }

    Reports operator()(const AttemptAccepted& e) const {
        if (e.ref.intent == e.ref.order) {
            return {one(is_new, e.recovered ? "found in the broker's book" : "")};
        }
        return {change(e.ref, order.cancel_acknowledged ? being_canceled : replaced)};
    }

    Reports operator()(const AttemptRejected& e) const {
        const bool ends = e.ref.intent == e.ref.order && !e.retryable;
        return {one(ends ? rejected : standing, e.code + " " + e.text)};
    }

    Reports operator()(const AttemptUnknown& e) const {
        return {one(standing, "outcome unknown: " + e.cause)};
    }

    Reports operator()(const AttemptNotPlaced&) const {
        return {one(standing, "not at the broker")};
    }

    Reports operator()(const IntentParked& e) const {
        return {one(standing, "waits for a person: " + e.why)};
    }

    Reports operator()(const IntentResolved& e) const {
        const bool placing = e.ref.intent == e.ref.order;
        const bool placed = !e.broker_order_id.empty();
        const char ended = placed ? is_new : rejected;
        return {one(placing ? ended : standing, "a person's word: " + e.why)};
    }

    Reports operator()(const IntentExpired& e) const {
        return {one(e.intent == e.order ? expired : standing, "too old to be sent")};
    }

    Reports operator()(const UnsentOrderWithdrawn&) const { return {one(canceled)}; }

    Reports operator()(const UnsentOrderAmended&) const { return {one(replaced)}; }

    Reports operator()(const FollowerOrderReported& e) const {
        Reports reports;
        const char status = follower_status(order);
        const bool ends = status == canceled || status == rejected || status == expired;
        if (e.last_qty.value() > 0) {
            reports.push_back(one(trade, ends ? "" : e.text));
            add_trade(reports.back(), e.last_qty, e.last_value);
            if (!ends) return reports;
            reports.back().ord_status = partially_filled;
            reports.back().leaves_qty = left_of(order.terms, order.cum_qty);
        }
        reports.push_back(one(ends ? status : standing, e.text));
        if (reports.size() > 1) reports.back().exec_id += "-2";
        return reports;
    }
};

std::vector<ExecutionReport> of_follower_event(const LedgerView& view, const Event& event,
                                               const FollowerOrder& order) {
    const FollowerReports reports{view, event, order};
    const auto visit = [&](const auto& payload) -> std::vector<ExecutionReport> {
        if constexpr (std::is_invocable_v<FollowerReports, decltype(payload)>) {
            return reports(payload);
        } else {
            return {};
        }
    };
    return std::visit(visit, event.payload);
}

char exec_type_of(const MasterOrderReported& report) {
    switch (report.type) {
        case MasterEventType::new_:
            return is_new;
        case MasterEventType::modified:
            return replaced;
        case MasterEventType::canceled:
            return canceled;
        case MasterEventType::fill:
            return report.last_qty.value() > 0 ? trade : standing;
        case MasterEventType::rejected:
            return rejected;
    }
    return standing;
}

char master_status(const MasterOrder& order) {
    if (order.canceled) return canceled;
    if (order.rejected) return rejected;
    if (order.cum_qty.value() == 0) return is_new;
    return order.cum_qty >= order.terms.quantity ? filled : partially_filled;
}

ExecutionReport of_master(const LedgerView& view, const Event& event,
                          const MasterOrderReported& reported) {
    const auto& state = view.state();
    const auto* order = state.master_orders.find(replication::master_order_id_of(state, reported));
    ExecutionReport report = base_of(event, exec_type_of(reported));
    report.ord_status = master_status(*order);
    report.order_id = order->broker_order_id;
    report.account = client_code(view, order->account);
    report.instrument = state.instrument_of(*order);
    report.terms = order->terms;
    report.cum_qty = order->cum_qty;
    report.leaves_qty = order->dead() ? Quantity{} : left_of(order->terms, order->cum_qty);
    report.avg_px = average_price(order->cum_value, order->cum_qty);
    if (report.exec_type == trade) add_trade(report, reported.last_qty, reported.last_value);
    report.text = reported.status;
    return report;
}

}  // namespace

std::vector<ExecutionReport> execution_reports_of(const LedgerView& view, const Event& event) {
    if (const auto* report = std::get_if<MasterOrderReported>(&event.payload)) {
        return {of_master(view, event, *report)};
    }
    const auto id = follower_order_of(event);
    const auto* order = id ? view.state().follower_order(*id) : nullptr;
    if (order == nullptr) return {};
    return of_follower_event(view, event, *order);
}

}  // namespace projections
