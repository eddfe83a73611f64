// All that decisions depend on, as plain rows. Only evolve() changes it, only by events.
#pragma once

#include "ledger/base/table.h"
#include "ledger/model/calendar.h"
#include "ledger/model/event.h"
#include "ledger/replication/risk_desk.h"
#include "ledger/replication/state_keys.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::replication {

struct Account {
    AccountNumber number;
    AccountIdentity identity;
    AccountProfile profile;
    bool closed = false;
    std::uint32_t revision = 0;  // changes so far; part of the next change's identity
    std::uint32_t erasures = 0;  // of its particulars so far; tells the keys of each time apart
    bool erased = false;         // and not opened again since
    Consent consent = Consent::none;
    Funds funds;
    RiskDesk risk;
    std::vector<RowIndex> links;  // into State::links: of a master in follower order, of a follower
                                  // in the order of their making

    [[nodiscard]] bool tradable() const { return profile.enabled && !closed; }
};

struct Link {
    AccountNumber master;
    AccountNumber follower;
    LinkTerms terms;
    bool removed = false;
    std::uint32_t revision = 0;
    std::uint64_t joined_at = 0;  // the sequence at which copying last began, or
    std::uint64_t left_at = 0;    // ended
    Usage usage;

    [[nodiscard]] bool copies() const { return terms.active && !removed; }
};

struct KnownInstrument {
    Instrument instrument;
    InstrumentRules rules;
    bool defined = false;  // by an instrument file; otherwise only seen in an order
    std::uint32_t revision = 0;
};

// Which of two reports of an order's terms is the later one, in whatever order they came.
struct TermsRank {
    std::uint64_t version = 0;
    MasterEventType type = MasterEventType::new_;  // a modify of the same instant is the later one

    friend auto operator<=>(const TermsRank&, const TermsRank&) = default;
};

// What is still to be filled of the orders of one session: day orders do not outlive theirs.
struct Leaves {
    std::int32_t session_day = 0;
    Quantity buy;
    Quantity sell;

    [[nodiscard]] Quantity net_on(std::int32_t day) const {
        return day == session_day ? buy - sell : Quantity{};
    }
};

// A master's position in one instrument and product.
struct MasterPosition {
    AccountNumber master;
    RowIndex instrument = 0;
    Product product = Product::intraday;
    Quantity filled;  // signed
    Leaves leaves;
    std::uint32_t openings = 0;   // orders so far that enlarged it
    Quantity lost;                // of those that ended short: what they did not bring
    std::uint32_t rounds = 0;     // how often it came back to zero
    RowIndex latest_order = 0;    // into State::master_orders
    std::uint64_t exited_at = 0;  // the sequence of the latest exit of all of it
};

// What a follower holds of it through one link.
struct CopiedPosition {
    RowIndex link = 0;
    RowIndex instrument = 0;
    Product product = Product::intraday;  // the master's
    Product follower_product = Product::intraday;
    Quantity filled;  // signed
    Money cost;       // of what is filled: paid for it, or received where it is short
    Leaves leaves;
    std::vector<RowIndex> live;   // into State::follower_orders, ascending: orders not ended
    std::uint32_t rounds = 0;     // the master's, when the first order of it was intended
    Quantity opened_long;         // filled since then of what was to enlarge it, bought
    Quantity opened_short;        // and sold: no more than that is to be held either way
    std::uint64_t opened_at = 0;  // the sequence of the latest new order that enlarges it
    // Reductions aim at the share that stood when the first of them was decided, so that rounding
    // does not add up: `anchor_copy` of `anchor_master`, both without sign, while the master's
    // `openings` is `anchor_openings`.
    std::uint32_t anchor_openings = 0;
    Quantity anchor_lost;  // the master's `lost` at that time
    Quantity anchor_master;
    Quantity anchor_copy;
    bool close_failed = false;  // an order that was to close it came to nothing
};

// More terms than these are not remembered of an order whose NEW does not come.
inline constexpr std::size_t early_terms_max = 16;

struct MasterOrder {
    EventId id;
    AccountNumber account;
    RowIndex instrument = 0;
    RowIndex position = 0;         // into State::master_positions
    std::uint64_t first_seen = 0;  // the sequence of its first report
    std::int32_t session_day = 0;  // of its first report
    std::string broker_order_id;
    OrderTerms terms;                     // of the greatest version seen
    std::optional<TermsRank> terms_rank;  // of the report that gave `terms`
    std::uint64_t version_max = 0;        // of any report, for sources that send no version
    std::vector<OrderTerms> early_terms;  // that came before the NEW, each once
    Quantity cum_qty;
    Money cum_value;
    std::uint32_t new_reports = 0;
    bool canceled = false;
    bool rejected = false;
    bool opens = false;            // when it was new, it enlarged the position
    bool exited = false;           // by itself; see also State::is_exited
    std::vector<RowIndex> copies;  // into State::follower_orders, in follower and slice order
    std::vector<RowIndex> others;  // likewise: orders of another purpose than to copy it

    [[nodiscard]] bool dead() const { return canceled || rejected; }

    [[nodiscard]] Quantity leaves_qty() const {
        const bool working = new_reports > 0 && !dead() && terms.quantity > cum_qty;
        return working ? terms.quantity - cum_qty : Quantity{};
    }
};

// A modify or cancel on its way to a follower order.
struct Change {
    enum class Stage : std::uint8_t { waiting = 1, in_flight = 2, unknown = 3 };

    EventId intent;
    EventId origin;  // the master event it follows from
    IntentKind kind = IntentKind::modify;
    Stage stage = Stage::waiting;
    bool parked = false;
    std::uint32_t attempts = 0;
    std::int64_t intended_at_ns = 0;
    OrderTerms terms;  // of a modify

    friend bool operator==(const Change&, const Change&) = default;
};

struct FollowerOrder {
    EventId id;      // of the intent; its ClOrdID follows from it
    EventId origin;  // the master event it follows from
    AccountNumber master;
    AccountNumber follower;
    RowIndex master_order = 0;
    std::uint32_t slice = 0;
    OrdStatus status = OrdStatus::intended;
    bool attempt_open = false;         // an attempt to place it has no outcome yet
    bool parked = false;               // NEEDS_REVIEW
    bool cancel_acknowledged = false;  // the broker took a cancel; its book will confirm
    std::uint32_t attempts = 0;
    OrderPurpose purpose = OrderPurpose::copy;
    RowIndex position = 0;         // into State::copied_positions
    std::int32_t session_day = 0;  // in which it was intended
    Quantity reducing;             // of the quantity: what reduces the copied position
    Price reference;               // what its quantity was valued at; 0: at nothing
    Quantity exited_qty;           // of cum_qty: what exits have been intended for
    OrderTerms terms;              // to be sent, or as the broker last took them
    Quantity cum_qty;
    Money cum_value;
    std::int64_t intended_at_ns = 0;
    std::int64_t updated_at_ns = 0;  // the broker's clock at its latest report
    std::string broker_order_id;
    std::vector<Change> changes;  // at most one under way, then at most one waiting

    [[nodiscard]] bool unsent() const { return status == OrdStatus::intended; }
};

// What is declared and not defined here is compiled once, in state.cc, and not in every file.
struct State {
    State();
    State(const State& other);
    State(State&& other) noexcept;
    State& operator=(const State& other);
    State& operator=(State&& other) noexcept;
    ~State();

    std::uint64_t sequence = 0;       // of the last event folded in
    std::int64_t recorded_at_ns = 0;  // of that event

    Calendar calendar;
    RiskDesk risk;                                       // over all of it
    Table<BrokerAccountKey, Account, KeyHash> accounts;  // row i is account number i + 1
    Table<LinkKey, Link, KeyHash> links;
    Table<InstrumentKey, KnownInstrument, KeyHash> instruments;
    Table<EventId, MasterOrder, KeyHash> master_orders;
    Table<ClOrdId, FollowerOrder, KeyHash> follower_orders;
    Table<MasterPositionKey, MasterPosition, KeyHash> master_positions;
    Table<CopiedPositionKey, CopiedPosition, KeyHash> copied_positions;

    [[nodiscard]] const Account* account(AccountNumber number) const;
    [[nodiscard]] Account* account(AccountNumber number);
    [[nodiscard]] const Link* link(AccountNumber master, AccountNumber follower) const;

    // That of the last event.
    [[nodiscard]] std::int32_t today() const { return session_day(calendar, recorded_at_ns); }

    // By the id of the intent that made it.
    [[nodiscard]] const FollowerOrder* follower_order(const EventId& order) const;
    [[nodiscard]] FollowerOrder* follower_order(const EventId& order);

    [[nodiscard]] const MasterOrder& master_order_of(const FollowerOrder& order) const {
        return master_orders[order.master_order];
    }

    [[nodiscard]] const CopiedPosition& position_of(const FollowerOrder& order) const {
        return copied_positions[order.position];
    }

    [[nodiscard]] const MasterPosition* master_position_of(const CopiedPosition& position) const {
        return master_positions.find(
            MasterPositionKey{links[position.link].master, position.instrument, position.product});
    }

    // Its copies are to end: it was exited, or all of its position after it was first seen.
    [[nodiscard]] bool is_exited(const MasterOrder& order) const {
        return order.exited || order.first_seen < master_positions[order.position].exited_at;
    }

    [[nodiscard]] const Instrument& instrument_of(const MasterOrder& order) const {
        return instruments[order.instrument].instrument;
    }
};

[[nodiscard]] const Change* find_change(const FollowerOrder& order, const EventId& intent);

[[nodiscard]] constexpr TermsRank rank_of(const MasterOrderReported& report) {
    return {report.version.value, report.type};
}

// Only these say what the order's terms are; the others repeat them as they happen to know them.
[[nodiscard]] constexpr bool bears_terms(MasterEventType type) {
    return type == MasterEventType::new_ || type == MasterEventType::modified;
}

// The id of a master order that a report speaks of. Requires that the account exists.
[[nodiscard]] EventId master_order_id_of(const State& state, const MasterOrderReported& report);

// Something about this order is still without its outcome.
[[nodiscard]] bool is_pending(const FollowerOrder& order);

}  // namespace ledger::replication

namespace ledger {

extern template class Table<replication::BrokerAccountKey, replication::Account,
                            replication::KeyHash>;
extern template class Table<replication::LinkKey, replication::Link, replication::KeyHash>;
extern template class Table<replication::InstrumentKey, replication::KnownInstrument,
                            replication::KeyHash>;
extern template class Table<EventId, replication::MasterOrder, replication::KeyHash>;
extern template class Table<ClOrdId, replication::FollowerOrder, replication::KeyHash>;
extern template class Table<replication::MasterPositionKey, replication::MasterPosition,
                            replication::KeyHash>;
extern template class Table<replication::CopiedPositionKey, replication::CopiedPosition,
                            replication::KeyHash>;

}  // namespace ledger
