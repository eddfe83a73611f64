// What a follower's broker says of a follower order, and what does not fit.
#include "ledger/replication/admit_internal.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

// The other statuses are the ledger's own words.
constexpr bool is_brokers_word(OrdStatus status) {
    return status != OrdStatus::intended && status != OrdStatus::not_placed &&
           status != OrdStatus::withdrawn;
}

// The status that a report stands for, given all that is known of the order.
OrdStatus reported_status(const FollowerOrder& order, const FollowerOrderReported& report) {
    const bool all = report.order_qty.value() > 0 && report.cum_qty >= report.order_qty;
    if (all) return OrdStatus::filled;
    // Pending at the broker is at the broker.
    OrdStatus status = report.status == OrdStatus::pending_new ? OrdStatus::new_ : report.status;
    if (status == OrdStatus::new_ && std::max(report.cum_qty, order.cum_qty).value() > 0) {
        status = OrdStatus::partially_filled;
    }
    // A late trade, told before or without a word of the end that is known.
    const bool late_trade =
        status == OrdStatus::partially_filled && report.cum_qty > order.cum_qty &&
        (order.status == OrdStatus::canceled || order.status == OrdStatus::expired);
    return late_trade ? order.status : status;
}

// May the order come to stand where the broker says it does? One that was sent and then taken for
// absent is like one whose outcome is unknown: the broker knows better, and a second one must not
// be sent (I1). A refusal alone may be that of the attempt that is to be repeated.
bool may_come_to(const FollowerOrder& order, OrdStatus status) {
    if (status == OrdStatus::unknown) return !order.unsent();
    const bool taken_for_absent =
        order.unsent() && order.attempts > 0 && status != OrdStatus::rejected;
    return is_legal(taken_for_absent ? OrdStatus::unknown : order.status, status);
}

// A book row that tells no more than is known, or tells it late.
bool brings_news(const FollowerOrder& order, const FollowerOrderReported& report,
                 OrdStatus status) {
    if (report.cum_qty > order.cum_qty) return true;
    if (report.updated_at_ns != 0 && report.updated_at_ns < order.updated_at_ns) return false;
    // CumQty only grows: less of it is an older row, unless it brings the end.
    if (report.cum_qty < order.cum_qty && !is_terminal(status)) return false;
    if (status == OrdStatus::unknown) return false;
    return status != order.status || (order.broker_order_id.empty() && is_legal(status, status));
}

Admission anomaly(const FollowerOrder& order, AnomalyKind kind, const FollowerOrderReported& report,
                  std::string text) {
    const EventId id = NaturalKey{"anomaly"}
                           .add(static_cast<std::uint64_t>(kind))
                           .add(order.id)
                           .add(report.broker_order_id)
                           .add(static_cast<std::uint64_t>(report.status))
                           .add(static_cast<std::uint64_t>(report.cum_qty.value()))
                           .id();
    return {.id = id,
            .causation = order.id,
            .correlation = order.origin,
            .payload = AnomalyRecorded{.kind = kind,
                                       .account = order.follower,
                                       .order = order.id,
                                       .broker_order_id = report.broker_order_id,
                                       .text = std::move(text)}};
}

void set_last_fill(const FollowerOrder& order, FollowerOrderReported& report) {
    if (report.cum_qty <= order.cum_qty) {
        report.last_qty = {};
        report.last_value = {};
        return;
    }
    report.last_qty = report.cum_qty - order.cum_qty;
    report.last_value = added_value({.avg_px = report.avg_px,
                                     .own_price = report.price,
                                     .cum_qty = report.cum_qty,
                                     .last_qty = report.last_qty},
                                    order.cum_value);
}

}  // namespace

EventId follower_report_id(const FollowerOrderReported& report) {
    return NaturalKey{"broker-report"}
        .add(report.order)
        .add(report.broker_order_id)
        .add(static_cast<std::uint64_t>(report.status))
        .add(static_cast<std::uint64_t>(report.cum_qty.value()))
        .add(static_cast<std::uint64_t>(report.updated_at_ns))
        .id();
}

Admitted admit_command(const State& state, const ReportFollowerOrder& command) {
    FollowerOrderReported report = command.report;
    const FollowerOrder* order = state.follower_order(report.order);
    if (order == nullptr) {
        return Error{Errc::not_found, "there is no such follower order", "order"};
    }
    if (!order->broker_order_id.empty() && order->broker_order_id != report.broker_order_id) {
        return anomaly(*order, AnomalyKind::duplicate_order, report,
                       "also at the broker as " + order->broker_order_id);
    }
    if (!is_brokers_word(report.status)) {
        return invalid_field("status", "is not a broker's word");
    }
    const EventId id = follower_report_id(report);
    report.status = reported_status(*order, report);
    if (!brings_news(*order, report, report.status)) return std::nullopt;
    if (!may_come_to(*order, report.status)) {
        return anomaly(*order, AnomalyKind::illegal_transition, report,
                       "reported " + std::string{to_text(report.status)} + " while " +
                           std::string{to_text(order->status)});
    }
    report.follower = order->follower;
    set_last_fill(*order, report);
    return Admission{.id = id,
                     .causation = order->id,
                     .correlation = order->origin,
                     .payload = std::move(report)};
}

Admitted admit_command(const State& state, const RecordAnomaly& command) {
    const AnomalyRecorded& found = command.anomaly;
    const FollowerOrder* order =
        found.order.is_zero() ? nullptr : state.follower_order(found.order);
    const EventId id = NaturalKey{"anomaly"}
                           .add(static_cast<std::uint64_t>(found.kind))
                           .add(found.order)
                           .add(found.broker_order_id)
                           .add(found.text)
                           .id();
    return Admission{.id = id,
                     .causation = order == nullptr ? EventId{} : order->id,
                     .correlation = order == nullptr ? EventId{} : order->origin,
                     .payload = found};
}

}  // namespace ledger::replication
