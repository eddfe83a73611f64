// Everything that can have happened. An event is never modified after it is made; a new kind is
// appended at the end of the list and of schemas/events.fbs, and breaks the build wherever a
// decision about it is missing.
#pragma once

#include "ledger/model/account.h"
#include "ledger/model/attempt_event.h"
#include "ledger/model/event_id.h"
#include "ledger/model/order.h"
#include "ledger/model/reason.h"
#include "ledger/model/risk.h"
#include "ledger/model/risk_event.h"
#include "ledger/model/upkeep_event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace ledger {

// DO NOT CHANGE VALUES of the enumerations in this file: they are stored.

// ---- accounts, links, instruments

struct AccountOpened {
    AccountNumber account;
    AccountIdentity identity;
    AccountProfile profile;

    friend bool operator==(const AccountOpened&, const AccountOpened&) = default;
};

// The whole profile as it is from here on.
struct AccountChanged {
    AccountNumber account;
    AccountProfile profile;

    friend bool operator==(const AccountChanged&, const AccountChanged&) = default;
};

// Its history stays; it copies nothing and is copied by nobody until it is opened again.
struct AccountClosed {
    AccountNumber account;

    friend bool operator==(const AccountClosed&, const AccountClosed&) = default;
};

struct LinkSet {
    AccountNumber master;
    AccountNumber follower;
    LinkTerms terms;

    friend bool operator==(const LinkSet&, const LinkSet&) = default;
};

struct LinkRemoved {
    AccountNumber master;
    AccountNumber follower;

    friend bool operator==(const LinkRemoved&, const LinkRemoved&) = default;
};

struct InstrumentDefined {
    Instrument instrument;
    InstrumentRules rules;

    friend bool operator==(const InstrumentDefined&, const InstrumentDefined&) = default;
};

// ---- what a master's broker says of a master order

enum class MasterEventType : std::uint8_t {
    new_ = 1,
    modified = 2,
    canceled = 3,
    fill = 4,
    rejected = 5,
};

// The source's own ordering of what it says of one order. Greater is later.
struct SourceVersion {
    enum class Kind : std::uint8_t {
        sequence = 1,  // the source's sequence number
        time = 2,      // its update time, ns since the Unix epoch
        revision = 3,  // it sends neither: counted here, one above what is known of the order
    };
    Kind kind = Kind::revision;
    std::uint64_t value = 0;

    friend bool operator==(const SourceVersion&, const SourceVersion&) = default;
};

struct MasterOrderReported {
    AccountNumber account;
    std::string broker_order_id;
    MasterEventType type = MasterEventType::new_;
    SourceVersion version;
    Instrument instrument;
    OrderTerms terms;
    Quantity cum_qty;
    Price avg_px;         // of cum_qty; 0 where the source does not say
    Quantity last_qty;    // what this report adds to the fills known before
    Money last_value;     // what that addition cost
    std::string status;   // the source's word
    std::string channel;  // how it came: "webhook/blaze", "import/lobster", ...

    friend bool operator==(const MasterOrderReported&, const MasterOrderReported&) = default;
};

// The same identity came again with other content; nothing follows from it.
struct ConflictRecorded {
    EventId existing;
    std::uint64_t content_digest = 0;  // XXH3-64 of what came
    std::string what;                  // what differs, for a person

    friend bool operator==(const ConflictRecorded&, const ConflictRecorded&) = default;
};

// ---- what is decided for a follower. Intents bear their id in the envelope.

// What a limit said: the rule and where it stands, its bound, and what was held against it; both
// in the unit of the rule (units, ten-thousandths, orders, ms, 1/10,000).
struct LimitFigures {
    SkipReason rule = SkipReason::none;
    RiskScope scope = RiskScope::follower;
    std::int64_t bound = 0;
    std::int64_t actual = 0;

    friend bool operator==(const LimitFigures&, const LimitFigures&) = default;
};

// How a quantity came about; zero where a figure had no part in it.
struct SizingFigures {
    Ratio ratio{};
    Quantity master_quantity{};
    Quantity raw_quantity{};  // before rounding to lots
    Quantity lot_size{};
    CopyStrategy strategy = CopyStrategy::fixed_ratio;
    Quantity reducing{};         // of the order's quantity: what reduces the copied position
    Quantity master_position{};  // what the share is measured on where it reduces: the master's
    Quantity position{};         // position and the follower's copy of it, without sign
    Price mark{};                // the last price that was used
    std::int64_t mark_at_ns = 0;
    Money equity{};  // of the follower; for PERCENTAGE its capital
    Money master_equity{};
    std::int64_t equity_at_ns = 0;        // when the older of them was recorded
    std::uint32_t protection_bps = 0;     // of a market order turned into a limit
    std::optional<LimitFigures> limit{};  // what capped or refused it

    friend bool operator==(const SizingFigures&, const SizingFigures&) = default;
};

// Why an order is placed for a follower.
enum class OrderPurpose : std::uint8_t {
    copy = 1,     // of the master's order
    flatten = 2,  // the master holds nothing of the kind, and something was left
    exit = 3,     // the master's order or position is exited
    leave = 4,    // the link ends, and its policy closes positions
    join = 5,     // the link begins, and its policy takes up open positions
};

// It opens nothing and follows no order of the master's: no exit, pause or limit takes it back.
[[nodiscard]] constexpr bool closes(OrderPurpose purpose) {
    return purpose != OrderPurpose::copy && purpose != OrderPurpose::join;
}

// Of every purpose but `copy`, `master_order` is the one that is closed, or for `join` the latest
// one of the position; slices count on from those that it has.
struct FollowerOrderIntended {
    EventId master_order{};
    AccountNumber master{};
    AccountNumber follower{};
    std::uint32_t slice = 0;
    OrderTerms terms{};
    SizingFigures figures{};
    OrderPurpose purpose = OrderPurpose::copy;
    Instrument instrument{};  // of a copy: none, as the master event before it has it

    friend bool operator==(const FollowerOrderIntended&, const FollowerOrderIntended&) = default;
};

struct FollowerOrderSkipped {
    EventId master_order{};
    AccountNumber master{};
    AccountNumber follower{};
    IntentKind action = IntentKind::new_;
    SkipReason reason = SkipReason::below_min_lot;
    SizingFigures figures{};

    friend bool operator==(const FollowerOrderSkipped&, const FollowerOrderSkipped&) = default;
};

// `order` is, here and below, the id of the intent that made the follower order; `follower` is the
// account it belongs to, so that each event stands in that account's audit trail by itself.
struct FollowerModifyIntended {
    EventId order;
    AccountNumber follower;
    OrderTerms terms;
    SizingFigures figures;

    friend bool operator==(const FollowerModifyIntended&, const FollowerModifyIntended&) = default;
};

struct FollowerCancelIntended {
    EventId order;
    AccountNumber follower;
    SkipReason because = SkipReason::none;  // none: the master's order ended

    friend bool operator==(const FollowerCancelIntended&, const FollowerCancelIntended&) = default;
};

// A modify reached an order that was not sent yet: it will be sent with these terms.
struct UnsentOrderAmended {
    EventId order;
    AccountNumber follower;
    OrderTerms terms;
    SizingFigures figures;

    friend bool operator==(const UnsentOrderAmended&, const UnsentOrderAmended&) = default;
};

// A cancel reached an order that was not sent yet: it never will be.
struct UnsentOrderWithdrawn {
    EventId order;
    AccountNumber follower;
    SkipReason because = SkipReason::none;  // none: the master's order ended

    friend bool operator==(const UnsentOrderWithdrawn&, const UnsentOrderWithdrawn&) = default;
};

enum class SupersededBecause : std::uint8_t {
    later_change = 1,   // a later modify or cancel took its place
    order_done = 2,     // the order ended first
    merged_unsent = 3,  // the order turned out not to be at the broker; done there and then
};

// A modify or cancel that waited will not be sent.
struct IntentSuperseded {
    EventId order;
    AccountNumber follower;
    EventId intent;
    SupersededBecause because = SupersededBecause::later_change;

    friend bool operator==(const IntentSuperseded&, const IntentSuperseded&) = default;
};

// ---- what a follower's broker says of a follower order

struct FollowerOrderReported {
    EventId order;
    AccountNumber follower;
    std::string broker_order_id;
    OrdStatus status = OrdStatus::new_;
    Quantity order_qty;
    Price price;
    Price trigger;
    Quantity cum_qty;
    Price avg_px;
    Quantity last_qty;  // what this report adds to the fills known before
    Money last_value;   // what that addition cost
    std::int64_t updated_at_ns = 0;
    std::string text;

    friend bool operator==(const FollowerOrderReported&, const FollowerOrderReported&) = default;
};

enum class AnomalyKind : std::uint8_t {
    duplicate_order = 1,     // more than one broker order under one ClOrdID
    illegal_transition = 2,  // a report that the order's status does not allow
    foreign_order = 3,       // one of our references on an order the ledger did not make
};

// Something that must not be dropped and that a person should see.
struct AnomalyRecorded {
    AnomalyKind kind = AnomalyKind::duplicate_order;
    AccountNumber account;
    EventId order;  // zero where it belongs to none
    std::string broker_order_id;
    std::string text;

    friend bool operator==(const AnomalyRecorded&, const AnomalyRecorded&) = default;
};

// A request under an Idempotency-Key found all as it would have it. Kept, so that its repetition is
// answered alike whatever has changed since.
struct RequestAnswered {
    AccountNumber account;  // that it was about; 0: none

    friend bool operator==(const RequestAnswered&, const RequestAnswered&) = default;
};

using AnyPayload = std::variant<
    AccountOpened, AccountChanged, AccountClosed, LinkSet, LinkRemoved, InstrumentDefined,
    MasterOrderReported, ConflictRecorded, FollowerOrderIntended, FollowerOrderSkipped,
    FollowerModifyIntended, FollowerCancelIntended, UnsentOrderAmended, UnsentOrderWithdrawn,
    IntentSuperseded, AttemptStarted, AttemptAccepted, AttemptRejected, AttemptUnknown,
    AttemptNotPlaced, IntentExpired, IntentParked, IntentResolved, FollowerOrderReported,
    AnomalyRecorded, RiskLimitsSet, ConsentRecorded, FundsReported, TradingHalted, TradingResumed,
    ExitRequested, CalendarSet, RequestAnswered, CheckpointSigned, SubjectErased, RecordsArchived>;

// Copying and destroying one of so many kinds is compiled once, in event.cc, and not in every file.
struct Payload : AnyPayload {
    static constexpr std::size_t kinds = std::variant_size_v<AnyPayload>;

    using AnyPayload::AnyPayload;
    using AnyPayload::operator=;

    Payload();
    Payload(const Payload& other);
    Payload(Payload&& other) noexcept;
    Payload& operator=(const Payload& other);
    Payload& operator=(Payload&& other) noexcept;
    ~Payload();

    friend bool operator==(const Payload& one, const Payload& other);
};

// One entry of the log.
struct Event {
    std::uint64_t sequence = 0;  // gap-free from 1
    EventId id;
    std::int64_t recorded_at_ns =
        0;  // the ledger's clock, ns since the Unix epoch; never decreasing
    std::int64_t occurred_at_ns = 0;   // the source's clock; recorded_at_ns where it has none
    EventId causation;                 // the event this follows from; zero for one from outside
    EventId correlation;               // the first event of the chain; its own id for that one
    std::string actor;                 // who asked; empty for what the ledger decided itself
    EventId idempotency_key;           // of the caller's Idempotency-Key and its scope; zero: none
    std::uint64_t request_digest = 0;  // XXH3-64 of the request under that key
    Payload payload;

    friend bool operator==(const Event&, const Event&) = default;
};

// "MasterOrderReported": the kind's name in the CLI, HTTP and exports.
[[nodiscard]] std::string_view kind_of(const Payload& payload);
[[nodiscard]] std::string_view to_text(MasterEventType type);       // NEW, MODIFY, CANCEL, ...
[[nodiscard]] std::string_view to_text(IntentKind kind);            // NEW, MODIFY, CANCEL
[[nodiscard]] std::string_view to_text(OrderPurpose purpose);       // COPY, FLATTEN, ...
[[nodiscard]] std::string_view to_text(ExitScope scope);            // ORDER, POSITION
[[nodiscard]] std::string_view to_text(SupersededBecause because);  // LATER_CHANGE, ...
[[nodiscard]] std::string_view to_text(AnomalyKind kind);           // DUPLICATE_ORDER, ...

// ---- natural keys (replication.md, "Identity")

// An account, however often it is closed and opened again.
[[nodiscard]] EventId account_id(const AccountIdentity& identity);
// A master order, whoever speaks of it.
[[nodiscard]] EventId master_order_id(std::string_view broker, std::string_view broker_account,
                                      std::string_view broker_order_id);
[[nodiscard]] EventId intent_id(const EventId& master_event, AccountNumber follower,
                                IntentKind kind, std::uint32_t slice);
// Of an order that no master order placed: it closes, or takes up, part of a position.
[[nodiscard]] EventId closing_intent_id(const EventId& cause, AccountNumber follower,
                                        const EventId& master_order, std::uint32_t slice);
[[nodiscard]] EventId attempt_id(const EventId& intent, std::uint32_t attempt);

}  // namespace ledger
