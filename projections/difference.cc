#include "projections/difference.h"

#include "projections/cell_text.h"
#include "projections/limit_places.h"
#include "projections/view_rows.h"
#include "projections/why_tree.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace projections {

using namespace ledger;

namespace {

constexpr std::size_t events_shown_max = 20;

// What a place takes up changes with every order; its limits are what is looked for.
constexpr std::array<std::string_view, 3> usage_cells{"open_orders", "capital_used",
                                                      "realised_today"};

std::string_view to_text(Thing::Kind kind) {
    switch (kind) {
        case Thing::Kind::order:
            return "order";
        case Thing::Kind::position:
            return "position";
        case Thing::Kind::link:
            return "link";
        case Thing::Kind::limits:
            return "limits";
    }
    return "?";
}

Thing position_of(AccountNumber account, RowIndex instrument, Product product) {
    return {.kind = Thing::Kind::position,
            .account = account,
            .instrument = instrument,
            .product = product};
}

Thing limits_of(AccountNumber account) {
    return {.kind = Thing::Kind::limits, .account = account};
}

void add_master_order(const LedgerView& view, const MasterOrderReported& report,
                      std::vector<Thing>& things) {
    const EventId id = replication::master_order_id_of(view.state(), report);
    things.push_back({.kind = Thing::Kind::order, .order = id});
    if (report.last_qty.value() == 0) return;
    const auto* order = view.state().master_orders.find(id);
    const Product product = view.state().master_positions[order->position].product;
    things.push_back(position_of(report.account, order->instrument, product));
}

void add_fill(const LedgerView& view, const FollowerOrderReported& report,
              std::vector<Thing>& things) {
    if (report.last_qty.value() == 0) return;
    const auto* order = view.state().follower_order(report.order);
    const auto instrument = view.state().master_order_of(*order).instrument;
    things.push_back(position_of(order->follower, instrument, order->terms.product));
}

void add_link(AccountNumber master, AccountNumber follower, std::vector<Thing>& things) {
    for (const auto kind : {Thing::Kind::link, Thing::Kind::limits}) {
        things.push_back({.kind = kind, .account = follower, .master = master});
    }
}

std::optional<Row> order_row(const LedgerView& view, const EventId& id) {
    if (const auto* order = view.state().master_orders.find(id)) {
        return master_order_row(view, *order);
    }
    const auto* order = view.state().follower_order(id);
    return order == nullptr ? std::nullopt : std::optional{follower_order_row(view, *order)};
}

std::optional<Row> place_row(const LedgerView& view, const Thing& thing) {
    const std::vector<LimitsPlace> places = places_of(view.state());
    const auto found = std::ranges::find_if(places, [&](const LimitsPlace& place) {
        return place.account == thing.account && place.master == thing.master;
    });
    if (found == places.end()) return std::nullopt;
    const Row whole = limits_row(view, *found);
    Row row;
    for (const Cell& cell : whole.cells()) {
        if (std::ranges::find(usage_cells, cell.name) == usage_cells.end()) {
            row.text(cell.name, cell.text);
        }
    }
    return row;
}

std::string code_or_all(const LedgerView& view, AccountNumber account) {
    if (account.value() == 0) return "all";
    const auto* known = view.state().account(account);
    return known == nullptr ? number(account) : known->identity.broker_account;
}

std::string name_of(const LedgerView& view, const Thing& thing) {
    if (thing.kind == Thing::Kind::order) return ledger::to_text(thing.order);
    const std::string account = code_or_all(view, thing.account);
    if (thing.kind == Thing::Kind::position) {
        const auto& instrument = view.state().instruments[thing.instrument].instrument;
        return account + " " + instrument.symbol + " " + std::string{to_text(thing.product)};
    }
    return thing.master.value() == 0 ? account : code_or_all(view, thing.master) + " > " + account;
}

std::string sequences_text(const std::vector<std::uint64_t>& events) {
    std::string out;
    for (std::size_t at = 0; at < std::min(events.size(), events_shown_max); ++at) {
        if (at > 0) out += ' ';
        out += std::to_string(events[at]);
    }
    if (events.size() <= events_shown_max) return out;
    return out + " and " + std::to_string(events.size() - events_shown_max) + " more";
}

// Empty where the row has no such cell.
std::string text_in(const std::optional<Row>& row, std::string_view name) {
    if (!row) return {};
    const auto found = std::ranges::find(row->cells(), name, &Cell::name);
    return found == row->cells().end() ? std::string{} : found->text;
}

bool says_nothing(const std::string& text) {
    return text.empty() || text == "0" || text == "false";
}

}  // namespace

std::vector<Thing> things_of(const LedgerView& view, const Event& event) {
    std::vector<Thing> things;
    if (const auto order = follower_order_of(event)) {
        things.push_back({.kind = Thing::Kind::order, .order = *order});
    }
    if (const auto* intended = std::get_if<FollowerOrderIntended>(&event.payload)) {
        // The master's order has one more follower order.
        things.push_back({.kind = Thing::Kind::order, .order = intended->master_order});
    } else if (const auto* master = std::get_if<MasterOrderReported>(&event.payload)) {
        add_master_order(view, *master, things);
    } else if (const auto* report = std::get_if<FollowerOrderReported>(&event.payload)) {
        add_fill(view, *report, things);
    } else if (const auto* set = std::get_if<LinkSet>(&event.payload)) {
        add_link(set->master, set->follower, things);
    } else if (const auto* removed = std::get_if<LinkRemoved>(&event.payload)) {
        add_link(removed->master, removed->follower, things);
    } else if (const auto* limits = std::get_if<RiskLimitsSet>(&event.payload)) {
        things.push_back(limits_of(limits->account));
    } else if (const auto* halted = std::get_if<TradingHalted>(&event.payload)) {
        things.push_back(limits_of(halted->account));
    } else if (const auto* resumed = std::get_if<TradingResumed>(&event.payload)) {
        things.push_back(limits_of(resumed->account));
    }
    return things;
}

std::optional<Row> row_of(const LedgerView& view, const Thing& thing) {
    switch (thing.kind) {
        case Thing::Kind::order:
            return order_row(view, thing.order);
        case Thing::Kind::position: {
            const auto* position =
                view.positions().rows().find({thing.account, thing.instrument, thing.product});
            if (position == nullptr) return std::nullopt;
            return position_row(view, *position);
        }
        case Thing::Kind::link: {
            const auto* link = view.state().link(thing.master, thing.account);
            return link == nullptr ? std::nullopt : std::optional{link_row(view, *link)};
        }
        case Thing::Kind::limits:
            return place_row(view, thing);
    }
    return std::nullopt;
}

void Difference::add(const LedgerView& after, const Event& event) {
    for (const Thing& thing : things_of(after, event)) touched_[thing].push_back(event.sequence);
}

std::vector<Row> Difference::rows(const LedgerView& before, const LedgerView& after) const {
    std::vector<Row> rows;
    for (const auto& [thing, events] : touched_) {
        const auto is = row_of(after, thing);
        if (!is) continue;
        const auto was = row_of(before, thing);
        for (const Cell& cell : is->cells()) {
            const std::string old = text_in(was, cell.name);
            if (old == cell.text || (!was && says_nothing(cell.text))) continue;
            Row row;
            row.text("what", to_text(thing.kind))
                .text("id", name_of(after, thing))
                .text("change", was ? "changed" : "new")
                .text("field", cell.name)
                .text("old", old)
                .text("new", cell.text)
                .text("events", sequences_text(events));
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace projections
