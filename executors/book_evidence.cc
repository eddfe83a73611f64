#include "executors/book_evidence.h"

#include "ledger/replication/order_status.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace executors {

using ledger::IntentKind;
using ledger::OrdStatus;
using ledger::replication::is_terminal;

namespace {

// Brokers count: of two ids the shorter, then the lesser, is the earlier.
bool earlier(const BookRow* a, const BookRow* b) {
    const auto rank = [](const BookRow& row) {
        return std::make_tuple(row.broker_order_id.size(), std::string_view{row.broker_order_id});
    };
    return rank(*a) < rank(*b);
}

bool is_same_order(const BookRow* a, const BookRow* b) {
    return a->broker_order_id == b->broker_order_id;
}

bool is_ordered(const Doubt& doubt, const BookRow& row) {
    return row.segment == doubt.instrument.segment && row.token == doubt.instrument.token &&
           row.terms.side == doubt.wanted.side && row.terms.quantity == doubt.wanted.quantity;
}

Evidence weigh_placing(const Doubt& doubt, std::span<const BookRow> rows) {
    const ledger::ClOrdId cl_ord_id = ledger::cl_ord_id_of(doubt.ref.order);
    std::vector<const BookRow*> taken;
    const BookRow* refused = nullptr;
    const BookRow* foreign = nullptr;
    const BookRow* perhaps = nullptr;
    for (const BookRow& row : rows) {
        if (row.client_reference != cl_ord_id.view()) {
            const bool cut = cl_ord_id.view().starts_with(row.client_reference);
            if (cut && is_ordered(doubt, row) && row.status != OrdStatus::rejected) perhaps = &row;
            continue;
        }
        if (!is_ordered(doubt, row)) {
            foreign = &row;
        } else if (row.status == OrdStatus::rejected) {
            refused = &row;
        } else {
            taken.push_back(&row);
        }
    }
    if (!taken.empty()) {
        std::ranges::sort(taken, earlier);
        // A book may show one order in several rows.
        taken.erase(std::unique(taken.begin(), taken.end(), is_same_order), taken.end());
        return ShownDone{taken.front(), {taken.begin() + 1, taken.end()}};
    }
    if (foreign != nullptr) return ShownForeign{foreign};
    // A refused row may stem from an earlier attempt, and then says nothing of this one.
    if (refused != nullptr && doubt.ref.attempt == 1) return ShownDone{refused, {}};
    return ShownAbsent{perhaps};
}

// What a modify can change.
bool stands_as(const ledger::OrderTerms& terms, const ledger::OrderTerms& wanted) {
    return terms.type == wanted.type && terms.quantity == wanted.quantity &&
           terms.price == wanted.price && terms.trigger == wanted.trigger;
}

bool is_effect_of_cancel(OrdStatus status) {
    return status == OrdStatus::canceled || status == OrdStatus::expired;
}

Evidence weigh_change(const Doubt& doubt, std::span<const BookRow> rows) {
    const auto row = std::ranges::find(rows, doubt.broker_order_id, &BookRow::broker_order_id);
    if (row == rows.end()) return ShownAbsent{};
    const bool done = doubt.kind == IntentKind::modify ? stands_as(row->terms, doubt.wanted)
                                                       : is_effect_of_cancel(row->status);
    if (done) return ShownDone{&*row, {}};
    if (is_terminal(row->status)) return ShownEnded{&*row};
    return ShownUnchanged{};
}

}  // namespace

Evidence weigh(const Doubt& doubt, std::span<const BookRow> rows) {
    return doubt.kind == IntentKind::new_ ? weigh_placing(doubt, rows) : weigh_change(doubt, rows);
}

ledger::FollowerOrderReported to_report(const BookRow& row, const ledger::EventId& order,
                                        ledger::AccountNumber account) {
    return {.order = order,
            .follower = account,
            .broker_order_id = row.broker_order_id,
            .status = row.status,
            .order_qty = row.terms.quantity,
            .price = row.terms.price,
            .trigger = row.terms.trigger,
            .cum_qty = row.cum_qty,
            .avg_px = row.avg_px,
            .last_qty = {},
            .last_value = {},
            .updated_at_ns = row.updated_at_ns,
            .text = row.text};
}

}  // namespace executors
