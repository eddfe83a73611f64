// Attempts at a broker and their outcomes, as events.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/model/event_id.h"

#include <cstdint>
#include <string>

namespace ledger {

// DO NOT CHANGE VALUES: they are stored.
enum class IntentKind : std::uint8_t { new_ = 1, modify = 2, cancel = 3 };

struct AttemptRef {
    EventId order;
    EventId intent;  // equal to `order` for the attempt to place it
    AccountNumber follower;
    std::uint32_t attempt = 0;  // from 1

    friend bool operator==(const AttemptRef&, const AttemptRef&) = default;
};

// Durable before the first byte goes to the broker.
struct AttemptStarted {
    AttemptRef ref;
    IntentKind kind = IntentKind::new_;

    friend bool operator==(const AttemptStarted&, const AttemptStarted&) = default;
};

struct AttemptAccepted {
    AttemptRef ref;
    std::string broker_order_id;
    bool recovered = false;  // found in the broker's book rather than answered

    friend bool operator==(const AttemptAccepted&, const AttemptAccepted&) = default;
};

struct AttemptRejected {
    AttemptRef ref;
    std::string code;
    std::string text;
    bool retryable = false;

    friend bool operator==(const AttemptRejected&, const AttemptRejected&) = default;
};

struct AttemptUnknown {
    AttemptRef ref;
    std::string cause;

    friend bool operator==(const AttemptUnknown&, const AttemptUnknown&) = default;
};

// Several positive reads of the broker's book over the visibility window did not show it.
struct AttemptNotPlaced {
    AttemptRef ref;
    std::uint32_t book_reads = 0;
    std::int64_t window_ms = 0;

    friend bool operator==(const AttemptNotPlaced&, const AttemptNotPlaced&) = default;
};

// Too old to be sent.
struct IntentExpired {
    EventId order;
    AccountNumber follower;
    EventId intent;
    std::int64_t age_ms = 0;

    friend bool operator==(const IntentExpired&, const IntentExpired&) = default;
};

// NEEDS_REVIEW: the ledger cannot find out what happened; a person must.
struct IntentParked {
    AttemptRef ref;
    std::string why;

    friend bool operator==(const IntentParked&, const IntentParked&) = default;
};

// A person's word on a parked intent.
struct IntentResolved {
    AttemptRef ref;
    std::string broker_order_id;  // empty: not placed
    std::string why;

    friend bool operator==(const IntentResolved&, const IntentResolved&) = default;
};

}  // namespace ledger
