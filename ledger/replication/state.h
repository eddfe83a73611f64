// All that decisions depend on, as plain rows. Only evolve() changes it, only by events.
#pragma once

#include "ledger/base/table.h"
#include "ledger/model/event.h"

#include <compare>
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
    std::uint32_t revision = 0;   // changes so far; part of the next change's identity
    std::vector<RowIndex> links;  // of a master: into State::links, in follower order

    [[nodiscard]] bool tradable() const { return profile.enabled && !closed; }
};

struct Link {
    AccountNumber master;
    AccountNumber follower;
    LinkTerms terms;
    bool removed = false;
    std::uint32_t revision = 0;

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

struct MasterOrder {
    EventId id;
    AccountNumber account;
    RowIndex instrument = 0;
    std::string broker_order_id;
    OrderTerms terms;                     // of the greatest version seen
    std::optional<TermsRank> terms_rank;  // of the report that gave `terms`
    std::uint64_t version_max = 0;        // of any report, for sources that send no version
    Quantity quantity_least;              // the extremes of OrderQty over all versions: one that
    Quantity quantity_most;               // cannot be copied ends the copy, whenever it comes
    Quantity cum_qty;
    Money cum_value;
    std::uint32_t new_reports = 0;
    bool canceled = false;
    bool rejected = false;
    std::vector<RowIndex> followers;  // into State::follower_orders, in follower order

    [[nodiscard]] bool dead() const { return canceled || rejected; }
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
    OrderTerms terms;  // to be sent, or as the broker last took them
    Quantity cum_qty;
    Money cum_value;
    std::int64_t intended_at_ns = 0;
    std::int64_t updated_at_ns = 0;  // the broker's clock at its latest report
    std::string broker_order_id;
    std::vector<Change> changes;  // at most one under way, then at most one waiting

    [[nodiscard]] bool unsent() const { return status == OrdStatus::intended; }
};

struct InstrumentKey {
    Segment segment = Segment::nse_cash;
    std::string token;

    friend bool operator==(const InstrumentKey&, const InstrumentKey&) = default;
};

struct BrokerAccountKey {
    AccountRole role = AccountRole::master;
    std::string broker;
    std::string broker_account;

    friend bool operator==(const BrokerAccountKey&, const BrokerAccountKey&) = default;
};

struct LinkKey {
    AccountNumber master;
    AccountNumber follower;

    friend bool operator==(const LinkKey&, const LinkKey&) = default;
};

struct KeyHash {
    std::size_t operator()(const EventId& id) const { return id.prefix(); }

    std::size_t operator()(const ClOrdId& id) const;
    std::size_t operator()(const InstrumentKey& key) const;
    std::size_t operator()(const BrokerAccountKey& key) const;
    std::size_t operator()(const LinkKey& key) const;
};

struct State {
    std::uint64_t sequence = 0;       // of the last event folded in
    std::int64_t recorded_at_ns = 0;  // of that event

    Table<BrokerAccountKey, Account, KeyHash> accounts;  // row i is account number i + 1
    Table<LinkKey, Link, KeyHash> links;
    Table<InstrumentKey, KnownInstrument, KeyHash> instruments;
    Table<EventId, MasterOrder, KeyHash> master_orders;
    Table<ClOrdId, FollowerOrder, KeyHash> follower_orders;

    [[nodiscard]] const Account* account(AccountNumber number) const;
    [[nodiscard]] Account* account(AccountNumber number);
    [[nodiscard]] const Link* link(AccountNumber master, AccountNumber follower) const;
    // By the id of the intent that made it.
    [[nodiscard]] const FollowerOrder* follower_order(const EventId& order) const;
    [[nodiscard]] FollowerOrder* follower_order(const EventId& order);

    [[nodiscard]] const MasterOrder& master_order_of(const FollowerOrder& order) const {
        return master_orders[order.master_order];
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
