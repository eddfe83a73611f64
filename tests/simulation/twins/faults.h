// How the world misbehaves in one run. Every seed draws its own mixture: calm runs, runs with one
// kind of fault, and runs with all of them.
#pragma once

#include "tests/simulation/twins/dice.h"

#include <cstdint>

namespace simulation {

using PerMille = std::uint32_t;

struct BrokerFaults {
    PerMille not_sent = 0;      // no byte leaves
    PerMille request_lost = 0;  // no effect, no answer
    PerMille answer_lost = 0;   // effect, and a timeout, 5xx or garbage for an answer
    PerMille slow = 0;          // the request arrives after the client has given up
    PerMille refused = 0;
    PerMille throttled = 0;
    PerMille refused_later = 0;  // accepted first
    PerMille book_unread = 0;
    PerMille shown_late = 0;   // in the book
    PerMille shown_stale = 0;  // as the order stood before its latest change
    PerMille shown_twice = 0;
    PerMille shown_unordered = 0;
    PerMille reference_cut = 0;  // the book shows a part of it, or nothing
    PerMille filled_late = 0;    // after a cancel
    PerMille ended_by_exchange = 0;
    PerMille session_ends = 0;  // just before a request: it is refused, with no effect
    PerMille login_fails = 0;
};

struct JournalFaults {
    PerMille write_fails = 0;
    PerMille dies_in_write = 0;
    PerMille bit_flips = 0;   // when a log is opened
    PerMille read_flips = 0;  // when a record is read back
    PerMille stays_full = 0;  // of the writes that fail: so do the next ones, of any process
};

struct FeedFaults {
    PerMille repeated = 0;
    PerMille late = 0;
    PerMille lost = 0;
    PerMille disconnects = 0;  // for a while; what is told meanwhile comes all at once
};

struct Faults {
    BrokerFaults broker;
    JournalFaults journal;
    FeedFaults feed;
    PerMille dies = 0;              // at a step; ten times rarer than the name says
    PerMille dies_again = 0;        // soon after a restart
    PerMille dies_in_recovery = 0;  // before it has started
    PerMille stops_cleanly = 0;
    PerMille clock_jumps = 0;
    PerMille directory_locked = 0;
};

[[nodiscard]] Faults draw_faults(Dice& dice);

}  // namespace simulation
