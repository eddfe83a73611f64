// What may be asked of the ledger. Commands enter one queue; the core admits each against the state
// that the ones before it leave.
#pragma once

#include "ledger/model/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ledger {

// `erasures` is here and below that of the account for which the profile was sealed; refused where
// there was another meanwhile. Nothing: nothing in it is sealed.
struct OpenAccount {
    AccountIdentity identity;
    AccountProfile profile;
    std::optional<std::uint32_t> erasures{};
};

// Only what is set changes.
struct ChangeAccount {
    AccountNumber account{};
    std::optional<std::uint32_t> erasures{};
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> sealed_credentials{};
    std::optional<std::string> credential_hint{};
    std::optional<Ratio> scaling_factor{};
    std::optional<bool> enabled{};
};

struct CloseAccount {
    AccountNumber account;
};

// Makes the link or changes it; only what is set changes. A new link has the follower's scaling
// factor for its ratio, and otherwise the defaults of LinkTerms.
struct SetLink {
    AccountNumber master{};
    AccountNumber follower{};
    std::optional<CopyStrategy> strategy{};
    std::optional<Ratio> ratio{};
    std::optional<Ratio> percentage{};
    std::optional<Quantity> fixed_quantity{};
    std::optional<bool> active{};
    std::optional<bool> round_up_to_min_lot{};
    std::optional<CopySides> sides{};
    std::optional<PriceMode> price_mode{};
    std::optional<std::uint32_t> protection_bps{};
    std::optional<std::vector<ProductRule>> product_map{};
    std::optional<std::vector<OrderTypeRule>> order_type_map{};
    std::optional<JoinPolicy> on_join{};
    std::optional<LeavePolicy> on_leave{};
    std::optional<RiskLimits> limits{};
};

struct RemoveLink {
    AccountNumber master;
    AccountNumber follower;
};

struct DefineInstrument {
    Instrument instrument;
    InstrumentRules rules;
};

// Account 0: the whole ledger.
struct SetRiskLimits {
    AccountNumber account;
    RiskLimits limits;  // the whole of them, as they shall be
};

struct RecordConsent {
    ConsentRecorded consent;
};

// As of the command's occurred_at_ns.
struct ReportFunds {
    AccountNumber account{};
    std::optional<Money> equity{};
    std::optional<Money> capital{};  // without it the present one, or else the equity
};

// Account 0: the whole ledger. Halting what is halted, or resuming what is not, changes nothing.
struct HaltTrading {
    AccountNumber account;
    std::string why;
};

struct ResumeTrading {
    AccountNumber account;
    std::string why;
};

struct RequestExit {
    AccountNumber master;
    EventId master_order;
    ExitScope scope = ExitScope::order;
};

struct SetCalendar {
    Calendar calendar;
};

// Last prices. Kept in memory alone, the latest only; what a decision used stands in its event.
struct Mark {
    Segment segment = Segment::nse_cash;
    std::string symbol{};  // or the token
    Price price{};
    std::int64_t at_ns = 0;  // 0: when it came
};

struct SetMarks {
    std::vector<Mark> marks;
};

// `report.last_*` are computed on admission; `report.version.kind == revision` asks for one.
struct ReportMasterOrder {
    MasterOrderReported report;
};

// An executor asks to begin an attempt; the answer may be that the intent is superseded or too old.
struct StartAttempt {
    EventId order;
    EventId intent;
};

struct RecordAccepted {
    AttemptRef ref;
    std::string broker_order_id;
    bool recovered = false;
};

struct RecordRejected {
    AttemptRef ref;
    std::string code;
    std::string text;
    bool retryable = false;
};

struct RecordUnknown {
    AttemptRef ref;
    std::string cause;
};

struct RecordNotPlaced {
    AttemptRef ref;
    std::uint32_t book_reads = 0;
    std::int64_t window_ms = 0;
};

struct ParkIntent {
    AttemptRef ref;
    std::string why;
};

struct ResolveIntent {
    EventId intent;
    std::string broker_order_id;  // empty: not placed
    std::string why;
};

// A row of a follower's order book. `report.last_*` are computed on admission.
struct ReportFollowerOrder {
    FollowerOrderReported report;
};

struct RecordAnomaly {
    AnomalyRecorded anomaly;
};

// The ledger's own: the signed checkpoint of all that is recorded before.
struct PublishCheckpoint {
    std::string note;
};

// Requires that the account is closed and that nothing of it is under way. Whoever asks destroys
// the key once this is durable.
struct EraseSubject {
    AccountNumber account;
    std::string why;
};

// The ledger's own: whoever asks has verified the archive, and drops the records once this is
// durable.
struct ArchiveRecords {
    RecordsArchived archived;
};

using AnyCommand =
    std::variant<OpenAccount, ChangeAccount, CloseAccount, SetLink, RemoveLink, DefineInstrument,
                 ReportMasterOrder, StartAttempt, RecordAccepted, RecordRejected, RecordUnknown,
                 RecordNotPlaced, ParkIntent, ResolveIntent, ReportFollowerOrder, RecordAnomaly,
                 SetRiskLimits, RecordConsent, ReportFunds, HaltTrading, ResumeTrading, RequestExit,
                 SetCalendar, SetMarks, PublishCheckpoint, EraseSubject, ArchiveRecords>;

// Compiled once, in command.cc, as an event's payload is.
struct CommandPayload : AnyCommand {
    using AnyCommand::AnyCommand;
    using AnyCommand::operator=;

    CommandPayload();
    CommandPayload(const CommandPayload& other);
    CommandPayload(CommandPayload&& other) noexcept;
    CommandPayload& operator=(const CommandPayload& other);
    CommandPayload& operator=(CommandPayload&& other) noexcept;
    ~CommandPayload();
};

struct Command {
    std::string actor;                // who asks; stands in the event
    std::int64_t occurred_at_ns = 0;  // the source's clock; 0: it has none
    EventId idempotency_key;          // zero: the caller sent none
    std::uint64_t request_digest = 0;
    CommandPayload payload;
};

// The answer to a command whose event is durable.
struct Receipt {
    EventId event_id;
    std::uint64_t sequence = 0;
    std::int64_t recorded_at_ns = 0;
    bool duplicate = false;       // it was recorded before; this is the first one's receipt
    std::uint32_t followers = 0;  // for whom something was decided: intended + skipped
    std::uint32_t intended = 0;
    std::uint32_t skipped = 0;
    AccountNumber account;  // the account opened or changed; 0 otherwise
    AttemptRef attempt;     // of StartAttempt: what may now be sent; attempt 0 = expired
};

}  // namespace ledger
