// Limits, consent, funds, the kill switch, exits and the calendar, as events.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/model/calendar.h"
#include "ledger/model/event_id.h"
#include "ledger/model/money.h"
#include "ledger/model/risk.h"

#include <cstdint>
#include <string>

namespace ledger {

// DO NOT CHANGE VALUES of the enumerations in this file: they are stored.

// The whole limits of a place as they are from here on; account 0 is the whole ledger.
struct RiskLimitsSet {
    AccountNumber account;
    RiskLimits limits;

    friend bool operator==(const RiskLimitsSet&, const RiskLimitsSet&) = default;
};

struct ConsentRecorded {
    AccountNumber account;
    bool accepted = false;
    std::string text_version;
    std::string address;
    std::string user_agent;

    friend bool operator==(const ConsentRecorded&, const ConsentRecorded&) = default;
};

// What an account is worth, as its broker or the operator said; occurred_at is when.
struct FundsReported {
    AccountNumber account;
    Money equity;
    Money capital;  // what PERCENTAGE is a percentage of

    friend bool operator==(const FundsReported&, const FundsReported&) = default;
};

// The kill switch; account 0 is the whole ledger. What reduces still passes (I9).
struct TradingHalted {
    AccountNumber account;
    std::string why;

    friend bool operator==(const TradingHalted&, const TradingHalted&) = default;
};

struct TradingResumed {
    AccountNumber account;
    std::string why;

    friend bool operator==(const TradingResumed&, const TradingResumed&) = default;
};

enum class ExitScope : std::uint8_t { order = 1, position = 2 };

// Copies of the order (or all copies in its instrument and product) are to end: what works is
// cancelled, what filled is closed.
struct ExitRequested {
    AccountNumber master;
    EventId master_order;
    ExitScope scope = ExitScope::order;

    friend bool operator==(const ExitRequested&, const ExitRequested&) = default;
};

// Days and sessions are counted by this from here on.
struct CalendarSet {
    Calendar calendar;

    friend bool operator==(const CalendarSet&, const CalendarSet&) = default;
};

}  // namespace ledger
