// Named places on an order's way at which a test has the process die as by kill -9
// (docs/crash-matrix.md). Passing one costs a relaxed load and does nothing, unless the program was
// started to die there.
#pragma once

#include "ledger/base/result.h"
#include "ledger/text/words.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace ledger {

enum class KillPoint : std::uint8_t {
    none,
    // The writer.
    decided,          // a command of a group, of which nothing is written
    before_commit,    // the group is decided
    before_head,      // it is durable, and the head record does not say so
    after_commit,     // the head record says so, and nobody was told
    before_answer,    // projections and executors were told, no caller was
    between_answers,  // a caller of the group was told
    // The executors.
    before_send,      // the attempt is durable, nothing of it has left
    request_sent,     // the last byte of a request has left, be it a login or a look
    before_outcome,   // the broker has answered, and the log does not say so
    after_outcome,    // the log says so
    before_doubt,     // there was no readable answer, and the log does not say so
    after_doubt,      // the log says so
    book_read,        // a broker's book has been read, nothing of it is recorded
    between_records,  // one of the things that a book told is recorded
    // Snapshots.
    snapshot_created,  // an empty file
    snapshot_written,  // the file is durable under a name that nobody reads
    snapshot_placed,   // it has its name, older ones are still there
    // The log's beginning, archived.
    records_archived,  // the log says so, none is dropped
    records_dropped,   // they are gone, what they took is not given back
    // Start and stop.
    recovery_opened,      // the log is opened for writing
    recovery_folded,      // and folded
    recovery_dispatched,  // attempts left open are known, nobody is served yet
    stopping,             // nothing is taken in any more, the last snapshot is not written
};

inline constexpr std::array<Word<KillPoint>, 23> kill_point_words{{
    {"decided", KillPoint::decided},
    {"before-commit", KillPoint::before_commit},
    {"before-head", KillPoint::before_head},
    {"after-commit", KillPoint::after_commit},
    {"before-answer", KillPoint::before_answer},
    {"between-answers", KillPoint::between_answers},
    {"before-send", KillPoint::before_send},
    {"request-sent", KillPoint::request_sent},
    {"before-outcome", KillPoint::before_outcome},
    {"after-outcome", KillPoint::after_outcome},
    {"before-doubt", KillPoint::before_doubt},
    {"after-doubt", KillPoint::after_doubt},
    {"book-read", KillPoint::book_read},
    {"between-records", KillPoint::between_records},
    {"snapshot-created", KillPoint::snapshot_created},
    {"snapshot-written", KillPoint::snapshot_written},
    {"snapshot-placed", KillPoint::snapshot_placed},
    {"records-archived", KillPoint::records_archived},
    {"records-dropped", KillPoint::records_dropped},
    {"recovery-opened", KillPoint::recovery_opened},
    {"recovery-folded", KillPoint::recovery_folded},
    {"recovery-dispatched", KillPoint::recovery_dispatched},
    {"stopping", KillPoint::stopping},
}};

// "NAME:COUNT": the process dies when it comes to that place for the COUNTth time. Before there are
// other threads.
[[nodiscard]] Result<void> arm_kill_point(std::string_view setting);

namespace kill_points {

inline std::atomic<KillPoint> armed{KillPoint::none};

// Dies where this is the last that was waited for.
void count_down();

}  // namespace kill_points

inline void reached(KillPoint point) {
    if (kill_points::armed.load(std::memory_order_relaxed) == point) kill_points::count_down();
}

}  // namespace ledger
