// Bugs that the simulation plants in its own twins, to prove that each checker can fail.
#pragma once

#include <cstdint>

namespace simulation {

enum class PlantedBug : std::uint8_t {
    none,
    gateway_retries_blindly,         // I1: asks again after no answer, without a look
    book_leaves_out_working_orders,  // I1: it was read, and proves nothing
    gateway_loses_reference,         // I2: sends another client reference than the intent's
    gateway_answers_itself,          // I2: says "accepted" and sends nothing
    feed_calls_everything_new,       // I3: a modify or cancel is handed in as a NEW
    journal_answers_before_durable,  // I4: the last batches are only in memory
    recovery_keeps_torn_batch,       // completeness: half a commit is taken for one
    view_misses_fills,               // I5: the live view does not fold what a fill adds
    snapshot_mixes_instants,         // I5: one projection of it is older than the others
    journal_forgets_ids,             // I6: an index with a window
    feed_numbers_by_arrival,         // I7: the source's version is replaced by the order of arrival
    book_doubles_fills,              // I11: CumQty is told twice too great
    journal_retries_failed_write,    // I15: a failed write is tried again and carried on from
    gateway_forgets_cancels,         // rest: says "accepted" to a cancel and sends nothing
    writer_forgets_limits,           // I8: those that stood before a restart
    writer_forgets_master_positions,  // I9: after a restart it takes a reduction for an opening
    writer_forgets_copies,            // I10: after a restart, what followers hold
    as_of_reads_too_far,              // I12: and tells of what came later
    gateway_tells_secrets,            // I14: in the text of a refusal
    recovery_rewrites_history,        // I13: a record of long ago is another after a restart
    writer_forgets_a_link,            // completeness: after a restart, the last of each master
    writer_forgets_lots,              // copy: after a restart, and what one order may hold
    writer_forgets_halts,             // asked: those that stood before a restart
    writer_forgets_chains,            // chain: after a restart, what orders follow from
};

}  // namespace simulation
