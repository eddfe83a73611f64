// What one day came to, for a report: a fold of the day's events beside the view they are folded
// into.
#pragma once

#include "ledger/model/event.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace projections {

struct FollowerDay {
    std::uint64_t orders = 0;
    std::uint64_t modifies = 0;
    std::uint64_t cancels = 0;
    std::uint64_t withdrawn = 0;  // before they were sent
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t expired = 0;
    std::uint64_t fills = 0;
    ledger::Quantity filled;
    ledger::Money value;  // of what was filled
    std::map<ledger::SkipReason, std::uint64_t> skips;
    std::uint64_t skipped = 0;
};

// A limit that cut or refused an order.
struct LimitTouched {
    std::uint64_t cut = 0;
    std::uint64_t refused = 0;
    std::int64_t bound = 0;   // the latest, in the rule's unit, and what was held
    std::int64_t actual = 0;  // against it
    std::uint64_t last_sequence = 0;
};

using LimitKey = std::tuple<ledger::AccountNumber, ledger::SkipReason, ledger::RiskScope>;

// An attempt whose outcome was not known at first.
struct UnknownOutcome {
    std::uint64_t sequence = 0;
    ledger::AttemptRef ref;
    std::int64_t at_ns = 0;
    std::string cause;
    std::string closed_by{};  // in words; empty while it is open
    std::uint64_t closed_sequence = 0;
    std::int64_t closed_at_ns = 0;
};

// What a person should see: halts, anomalies, conflicts.
struct DayNote {
    std::uint64_t sequence = 0;
    std::int64_t at_ns = 0;
    std::string text;
};

// Of first attempts to place an order, since it was intended.
struct DayLatencies {
    std::vector<std::int64_t> to_sent;
    std::vector<std::int64_t> to_acknowledged;
};

class DayFigures {
  public:
    // `account`: of one follower alone.
    explicit DayFigures(std::optional<ledger::AccountNumber> account) : account_(account) {}

    // Requires that the event is folded into `view`.
    void apply(const LedgerView& view, const ledger::Event& event);

    // Of the days that follow: only what closes an unknown outcome.
    void apply_later(const ledger::Event& event) { close(event); }

    [[nodiscard]] bool waits_for_outcomes() const { return !open_.empty(); }

    [[nodiscard]] const auto& followers() const { return followers_; }

    [[nodiscard]] const auto& limits() const { return limits_; }

    [[nodiscard]] const auto& unknown() const { return unknown_; }

    [[nodiscard]] const auto& notes() const { return notes_; }

    [[nodiscard]] const DayLatencies& latencies() const { return latencies_; }

    [[nodiscard]] std::uint64_t master_events() const { return master_events_; }

  private:
    struct Fold;

    [[nodiscard]] bool is_wanted(ledger::AccountNumber account) const {
        return !account_ || *account_ == account;
    }

    void touch(const ledger::Event& event, ledger::AccountNumber follower,
               const ledger::SizingFigures& figures, bool refused);
    void note(const ledger::Event& event, std::string text);
    void close(const ledger::Event& event);

    const std::optional<ledger::AccountNumber> account_;
    std::map<ledger::AccountNumber, FollowerDay> followers_;
    std::map<LimitKey, LimitTouched> limits_;
    std::vector<UnknownOutcome> unknown_;
    std::map<std::pair<ledger::EventId, std::uint32_t>, std::size_t> open_;  // by intent, attempt
    std::vector<DayNote> notes_;
    DayLatencies latencies_;
    std::uint64_t master_events_ = 0;
};

}  // namespace projections
