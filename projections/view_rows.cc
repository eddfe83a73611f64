#include "projections/view_rows.h"

#include "ledger/replication/order_status.h"
#include "projections/cell_text.h"
#include "projections/limit_cells.h"
#include "projections/link_cells.h"
#include "projections/order_cells.h"

#include <algorithm>

namespace projections {

using namespace ledger;
using replication::Change;
using replication::FollowerOrder;
using replication::MasterOrder;

namespace {

// The average price of a filled quantity, rounded down to the scale of prices.
std::string average(Money value, Quantity quantity) {
    if (quantity.value() == 0) return "0";
    const auto scaled = mul_div_floor(value.value(), 1, quantity.value());
    return decimal(Price{scaled.value_or(0)});
}

std::string account_code(const LedgerView& view, AccountNumber number) {
    const auto* account = view.state().account(number);
    return account == nullptr ? std::string{} : account->identity.broker_account;
}

std::string_view consent_text(replication::Consent consent) {
    switch (consent) {
        case replication::Consent::none:
            return "NONE";
        case replication::Consent::accepted:
            return "ACCEPTED";
        case replication::Consent::withdrawn:
            return "WITHDRAWN";
    }
    return "?";
}

void add_terms(Row& row, const OrderTerms& terms) {
    row.text("side", to_text(terms.side))
        .text("order_type", to_text(terms.type))
        .text("product", to_text(terms.product))
        .integer("quantity", terms.quantity.value())
        .text("price", decimal(terms.price))
        .text("trigger_price", decimal(terms.trigger));
}

}  // namespace

std::string_view status_of(const MasterOrder& order) {
    if (order.canceled) return to_text(OrdStatus::canceled);
    if (order.rejected) return to_text(OrdStatus::rejected);
    if (order.cum_qty.value() == 0) return to_text(OrdStatus::new_);
    return order.cum_qty >= order.terms.quantity ? to_text(OrdStatus::filled)
                                                 : to_text(OrdStatus::partially_filled);
}

std::string_view status_of(const FollowerOrder& order) {
    const auto under_way = [&](IntentKind kind) {
        return std::ranges::any_of(order.changes, [&](const Change& change) {
            return change.kind == kind && change.stage != Change::Stage::waiting;
        });
    };
    if (!replication::is_working(order.status)) return to_text(order.status);
    if (order.cancel_acknowledged || under_way(IntentKind::cancel)) return pending_cancel;
    if (under_way(IntentKind::modify)) return pending_replace;
    return to_text(order.status);
}

Row account_row(const replication::Account& account) {
    Row row;
    row.text("id", number(account.number))
        .text("role", to_text(account.identity.role))
        .text("broker", account.identity.broker)
        .text("broker_account", account.identity.broker_account)
        .text("username", account.identity.username)
        .text("name", account.profile.name)
        .text("email", account.profile.email)
        .text("scaling_factor", to_text(account.profile.scaling_factor))
        .text("credential_hint", account.profile.credential_hint)
        .boolean("enabled", account.profile.enabled)
        .boolean("closed", account.closed)
        .boolean("halted", account.risk.halted)
        .text("consent", consent_text(account.consent))
        .text("equity", decimal(account.funds.equity))
        .text("capital", decimal(account.funds.capital))
        .text("funds_at", instant(account.funds.at_ns))
        .text("limits", limits_text(account.risk.limits));
    return row;
}

Row link_row(const LedgerView& view, const replication::Link& link) {
    Row row;
    row.text("master_id", std::to_string(link.master.value()))
        .text("master", account_code(view, link.master))
        .text("follower_id", std::to_string(link.follower.value()))
        .text("follower", account_code(view, link.follower))
        .boolean("removed", link.removed);
    add_link_terms(row, link.terms);
    return row;
}

Row instrument_row(const replication::KnownInstrument& known) {
    Row row;
    add_instrument(row, known.instrument);
    row.integer("lot_size", known.rules.lot_size.value())
        .text("tick_size", decimal(known.rules.tick_size))
        .integer("freeze_quantity", known.rules.freeze_quantity.value())
        .integer("valid_on", known.rules.valid_on)
        .boolean("defined", known.defined);
    return row;
}

Row master_order_row(const LedgerView& view, const MasterOrder& order) {
    Row row;
    row.text("order_id", to_text(order.id))
        .text("role", to_text(AccountRole::master))
        .text("account_id", std::to_string(order.account.value()))
        .text("account", account_code(view, order.account))
        .text("broker_order_id", order.broker_order_id)
        .text("cl_ord_id", "")
        .text("master_order_id", "");
    add_instrument(row, view.state().instrument_of(order));
    add_terms(row, order.terms);
    row.text("status", status_of(order))
        .integer("filled_quantity", order.cum_qty.value())
        .text("average_price", average(order.cum_value, order.cum_qty))
        .count("followers", order.copies.size())
        .text("purpose", "")
        .integer("reducing", 0);
    return row;
}

Row follower_order_row(const LedgerView& view, const FollowerOrder& order) {
    const MasterOrder& master_order = view.state().master_order_of(order);
    Row row;
    row.text("order_id", to_text(order.id))
        .text("role", to_text(AccountRole::follower))
        .text("account_id", std::to_string(order.follower.value()))
        .text("account", account_code(view, order.follower))
        .text("broker_order_id", order.broker_order_id)
        .text("cl_ord_id", cl_ord_id_of(order.id).view())
        .text("master_order_id", to_text(master_order.id));
    add_instrument(row, view.state().instrument_of(master_order));
    add_terms(row, order.terms);
    row.text("status", status_of(order))
        .integer("filled_quantity", order.cum_qty.value())
        .text("average_price", average(order.cum_value, order.cum_qty))
        .count("followers", 0)
        .text("purpose", to_text(order.purpose))
        .integer("reducing", order.reducing.value());
    return row;
}

Row mapping_row(const LedgerView& view, const FollowerOrder& order) {
    const MasterOrder& master_order = view.state().master_order_of(order);
    Row row;
    row.text("master_order_id", to_text(master_order.id))
        .text("master", account_code(view, order.master))
        .text("master_broker_order_id", master_order.broker_order_id)
        .text("follower_id", std::to_string(order.follower.value()))
        .text("follower", account_code(view, order.follower))
        .count("slice", order.slice)
        .text("order_id", to_text(order.id))
        .text("cl_ord_id", cl_ord_id_of(order.id).view())
        .text("broker_order_id", order.broker_order_id)
        .text("side", to_text(order.terms.side))
        .integer("quantity", order.terms.quantity.value())
        .text("status", status_of(order))
        .text("purpose", to_text(order.purpose));
    return row;
}

Row position_row(const LedgerView& view, const Position& position) {
    const Quantity net = position.net();
    const Quantity open = net.value() < 0 ? Quantity{-net.value()} : net;
    Row row;
    row.text("account_id", std::to_string(position.key.account.value()))
        .text("account", account_code(view, position.key.account));
    add_instrument(row, view.state().instruments[position.key.instrument].instrument);
    row.text("product", to_text(position.key.product))
        .integer("quantity", net.value())
        .text("average_price", average(position.open_value, open))
        .integer("bought", position.bought.value())
        .integer("sold", position.sold.value())
        .text("bought_value", decimal(position.bought_value))
        .text("sold_value", decimal(position.sold_value))
        .text("realised", decimal(position.realised));
    return row;
}

Row audit_row(const LedgerView& view, const AuditRow& counts) {
    Row row;
    row.text("account_id", std::to_string(counts.account.value()))
        .text("account", account_code(view, counts.account))
        .integer("first_sequence", static_cast<std::int64_t>(counts.first_sequence))
        .integer("last_sequence", static_cast<std::int64_t>(counts.last_sequence))
        .count("master_events", counts.master_events)
        .count("orders_intended", counts.orders_intended)
        .count("modifies_intended", counts.modifies_intended)
        .count("cancels_intended", counts.cancels_intended)
        .count("amended_unsent", counts.amended_unsent)
        .count("withdrawn_unsent", counts.withdrawn_unsent)
        .count("superseded", counts.superseded)
        .count("attempts", counts.attempts)
        .count("accepted", counts.accepted)
        .count("recovered", counts.recovered)
        .count("rejected", counts.rejected)
        .count("unknown", counts.unknown)
        .count("not_placed", counts.not_placed)
        .count("expired", counts.expired)
        .count("parked", counts.parked)
        .count("fills", counts.fills)
        .count("anomalies", counts.anomalies);
    for (std::size_t reason = 1; reason < skip_reasons; ++reason) {
        row.count(to_text(static_cast<SkipReason>(reason)), counts.skipped.at(reason));
    }
    return row;
}

namespace {

struct PendingIntent {
    EventId intent;
    IntentKind kind = IntentKind::new_;
    std::string_view stage;
    std::uint32_t attempts = 0;
    std::int64_t intended_at_ns = 0;
};

std::string_view stage_of(const Change& change) {
    if (change.parked) return "NEEDS_REVIEW";
    switch (change.stage) {
        case Change::Stage::waiting:
            return "WAITING";
        case Change::Stage::in_flight:
            return "IN_FLIGHT";
        case Change::Stage::unknown:
            return "UNKNOWN";
    }
    return "?";
}

std::string_view stage_of(const FollowerOrder& order) {
    if (order.parked) return "NEEDS_REVIEW";
    if (order.status == OrdStatus::intended) return "WAITING";
    return order.status == OrdStatus::pending_new ? "IN_FLIGHT" : "UNKNOWN";
}

Row pending_row(const LedgerView& view, const FollowerOrder& order, const PendingIntent& pending) {
    Row row;
    row.text("intent_id", to_text(pending.intent))
        .text("action", to_text(pending.kind))
        .text("stage", pending.stage)
        .text("account_id", std::to_string(order.follower.value()))
        .text("account", account_code(view, order.follower))
        .text("order_id", to_text(order.id))
        .text("cl_ord_id", cl_ord_id_of(order.id).view());
    add_instrument(row, view.state().instrument_of(view.state().master_order_of(order)));
    row.text("side", to_text(order.terms.side))
        .integer("quantity", order.terms.quantity.value())
        .count("attempts", pending.attempts)
        .text("intended_at", instant(pending.intended_at_ns));
    return row;
}

}  // namespace

std::vector<Row> pending_rows(const LedgerView& view, const FollowerOrder& order) {
    std::vector<Row> rows;
    const bool placing =
        order.attempt_open || order.parked || order.unsent() || order.status == OrdStatus::unknown;
    if (placing) {
        rows.push_back(pending_row(
            view, order,
            {order.id, IntentKind::new_, stage_of(order), order.attempts, order.intended_at_ns}));
    }
    for (const Change& change : order.changes) {
        rows.push_back(pending_row(view, order,
                                   {change.intent, change.kind, stage_of(change), change.attempts,
                                    change.intended_at_ns}));
    }
    return rows;
}

}  // namespace projections
