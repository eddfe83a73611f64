// The bytes of every projection, one after another, each after its length (4 bytes, little-endian).
// What a snapshot's rows refer to is there, and it is written again as it is.
#include "ledger/base/byte_buffer.h"
#include "projections/ledger_view.h"
#include "tests/fuzz/target.h"

#include <string>

namespace fuzz {

namespace {

using projections::LedgerView;

ledger::Result<LedgerView> restored(Input input) {
    ledger::ByteReader in{input};
    LedgerView view;
    for (const std::string_view name : LedgerView::projection_names()) {
        BOOST_OUTCOME_TRY(view.restore(name, in.text()));
    }
    return view;
}

std::string bytes_of(const LedgerView& view) {
    ledger::ByteWriter out;
    for (const std::string_view name : LedgerView::projection_names()) {
        out.text(view.serialize(name));
    }
    return std::move(out.bytes());
}

// Every row that another one refers to.
void check_references(const LedgerView& view) {
    const auto& state = view.state();
    for (const auto& link : state.links) {
        law(state.account(link.master) != nullptr && state.account(link.follower) != nullptr,
            "a link is between accounts");
    }
    for (const auto& order : state.master_orders) {
        law(state.account(order.account) != nullptr, "a master's order has an account");
        law(order.instrument < state.instruments.size(), "a master's order has an instrument");
        law(order.position < state.master_positions.size(), "a master's order has a position");
    }
    for (const auto& order : state.follower_orders) {
        law(state.account(order.follower) != nullptr, "a follower's order has an account");
        law(order.master_order < state.master_orders.size(), "a follower's order has a master's");
        law(order.position < state.copied_positions.size(), "a follower's order has a position");
    }
    for (const auto& position : view.positions().rows()) {
        law(position.key.instrument < state.instruments.size(), "a position has an instrument");
    }
}

}  // namespace

void snapshot(Input input) {
    const auto view = restored(input);
    if (!view) {
        law(view.error().code == ledger::Errc::corrupt, "what is no snapshot is corrupt");
        return;
    }
    const std::string bytes = bytes_of(view.value());
    const auto again = restored(bytes);
    law(again.has_value(), "what is written can be restored");
    law(bytes_of(again.value()) == bytes, "writing and restoring changes nothing");
    check_references(view.value());
}

}  // namespace fuzz
