// What a master's broker says of a master order: its identity and its admission.
#include "ledger/replication/admit_internal.h"

#include <algorithm>

namespace ledger::replication {

namespace {

EventId report_id(const State& state, const MasterOrderReported& report) {
    const Account* account = state.account(report.account);
    LEDGER_ASSERT(account != nullptr);
    NaturalKey key{"master-event"};
    key.add(account->identity.broker)
        .add(account->identity.broker_account)
        .add(report.broker_order_id)
        .add(static_cast<std::uint64_t>(report.type))
        .add(static_cast<std::uint64_t>(report.version.kind))
        .add(report.version.value);
    // CumQty only grows, so the fill's own figures tell it from every other of the order.
    if (report.version.kind == SourceVersion::Kind::revision &&
        report.type == MasterEventType::fill) {
        key.add(static_cast<std::uint64_t>(report.cum_qty.value()));
    }
    return key.id();
}

// The version of a modify from a source that numbers nothing: the one that is in force when it
// says the same, else one above all that is known.
std::uint64_t revision_of(const MasterOrder* order, const MasterOrderReported& report) {
    if (report.type != MasterEventType::modified || order == nullptr) {
        return report.type == MasterEventType::modified ? 1 : 0;
    }
    const bool repeats_current = order->terms_rank &&
                                 order->terms_rank->type == MasterEventType::modified &&
                                 order->terms == report.terms;
    return repeats_current ? order->terms_rank->version : order->version_max + 1;
}

MasterOrderReported versioned(const State& state, const MasterOrderReported& report) {
    MasterOrderReported out = report;
    if (out.version.kind == SourceVersion::Kind::revision) {
        out.version.value =
            revision_of(state.master_orders.find(master_order_id_of(state, report)), report);
    }
    return out;
}

// What the report adds to the fills known so far.
void set_last_fill(const MasterOrder* order, MasterOrderReported& report) {
    const Quantity known_qty = order == nullptr ? Quantity{} : order->cum_qty;
    const Money known_value = order == nullptr ? Money{} : order->cum_value;
    if (report.cum_qty <= known_qty) {
        report.last_qty = {};
        report.last_value = {};
        return;
    }
    report.last_qty = report.cum_qty - known_qty;
    report.last_value = added_value({.avg_px = report.avg_px,
                                     .own_price = report.terms.price,
                                     .cum_qty = report.cum_qty,
                                     .last_qty = report.last_qty},
                                    known_value);
}

// One channel may know the token and another the symbol alone.
bool is_of_another(const Instrument& known, const Instrument& told) {
    return known.segment != told.segment ||
           (known.token != told.token && known.symbol != told.symbol);
}

}  // namespace

Money added_value(const ReportedFill& fill, Money known) {
    const bool averaged = fill.avg_px.value() > 0;
    const auto told =
        averaged ? value_of(fill.avg_px, fill.cum_qty) : value_of(fill.own_price, fill.last_qty);
    if (!told || told->value() < 0) return Money{};
    const auto cum_value =
        averaged ? std::optional{told->value()} : checked_add(known.value(), told->value());
    return cum_value ? Money{*cum_value} - known : Money{};
}

bool same_key(const MasterOrderReported& a, const MasterOrderReported& b) {
    return a.account == b.account && a.broker_order_id == b.broker_order_id && a.type == b.type &&
           a.version.kind == b.version.kind &&
           (a.version == b.version || b.version.kind == SourceVersion::Kind::revision);
}

bool same_content(const MasterOrderReported& a, const MasterOrderReported& b) {
    // Channels of one broker tell the same fact, each in its own words for the status.
    const bool same_words = a.channel != b.channel || a.status == b.status;
    return same_words && a.instrument == b.instrument && a.terms == b.terms &&
           a.cum_qty == b.cum_qty && a.avg_px == b.avg_px;
}

std::optional<EventId> identity_of_report(const State& state, const MasterOrderReported& report) {
    if (state.account(report.account) == nullptr) return std::nullopt;
    return report_id(state, versioned(state, report));
}

Admitted admit_command(const State& state, const ReportMasterOrder& command) {
    const Account* account = state.account(command.report.account);
    if (account == nullptr) {
        return Error{Errc::not_found, "there is no such account", "account_id"};
    }
    if (account->identity.role != AccountRole::master) {
        return invalid_field("account_id", "is not a master's account");
    }
    if (command.report.broker_order_id.empty()) return invalid_field("order_id", "is empty");
    BOOST_OUTCOME_TRY(validate(command.report.terms));
    if (command.report.cum_qty.value() < 0 || command.report.cum_qty.value() > quantity_max) {
        return invalid_field("filled_quantity", "is out of range");
    }
    if (command.report.avg_px.value() < 0 || command.report.avg_px.value() > price_max) {
        return invalid_field("average_price", "is out of range");
    }
    const MasterOrder* known = state.master_orders.find(master_order_id_of(state, command.report));
    if (known != nullptr && is_of_another(state.instrument_of(*known), command.report.instrument)) {
        return invalid_field("symbol", "is not the instrument that this order is known to be of");
    }
    MasterOrderReported report = versioned(state, command.report);
    set_last_fill(state.master_orders.find(master_order_id_of(state, report)), report);
    const EventId id = report_id(state, report);
    return Admission{.id = id, .causation = {}, .correlation = {}, .payload = std::move(report)};
}

}  // namespace ledger::replication
