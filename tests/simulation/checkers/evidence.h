// What the checkers judge by, and how they say what is wrong. They know nothing of how the run was
// made; each is named for the invariant it checks.
#pragma once

#include "ledger/replication/policy.h"
#include "projections/ledger_view.h"
#include "tests/simulation/run/record.h"
#include "tests/simulation/twins/clients.h"
#include "tests/simulation/twins/sim_broker.h"
#include "tests/simulation/twins/sim_feed.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace simulation {

struct Evidence {
    const std::vector<ledger::Event>& log;  // as the disk has it
    const projections::LedgerView& view;    // refolded from all of it
    const std::deque<SimBroker>& brokers;
    const Record& record;
    const std::deque<Request>& requests;
    const std::deque<Story>& stories;
    const std::string& disk;  // its bytes
    const std::vector<std::string>& secrets;
    const ledger::replication::Policy& policy;
};

using Findings = std::vector<std::string>;

// How far its broker has told us, by the reports that the ledger took.
[[nodiscard]] std::int64_t told_fills(const Evidence& evidence, const Story& story);

// ---- at any instant (log_checkers.cc)

void i3_changes_make_no_orders(const Evidence& evidence, Findings& findings);
void i4_what_was_told_is_in_the_log(const Evidence& evidence, Findings& findings);
void i6_one_request_has_one_answer(const Evidence& evidence, Findings& findings);
void i15_nothing_follows_a_failed_write(const Evidence& evidence, Findings& findings);
void time_never_runs_backwards(const Evidence& evidence, Findings& findings);
// (chain_checker.cc)
void i6_one_fact_is_one_event(const Evidence& evidence, Findings& findings);
void chains_hold(const Evidence& evidence, Findings& findings);
void sources_times_are_kept(const Evidence& evidence, Findings& findings);
void what_must_be_refused_is(const Evidence& evidence, Findings& findings);
// (completeness_checker.cc)
void completeness_each_follower_has_one_outcome(const Evidence& evidence, Findings& findings);

// ---- at any instant (broker_checkers.cc)

void i1_no_double_trade(const Evidence& evidence, Findings& findings);
void i2_no_orphan(const Evidence& evidence, Findings& findings);
void attempts_are_durable_before_they_are_sent(const Evidence& evidence, Findings& findings);
void i11_no_fill_is_invented(const Evidence& evidence, Findings& findings);

// ---- once nothing is under way any more (rest_checkers.cc)

void rest_the_ledger_and_the_brokers_agree(const Evidence& evidence, Findings& findings);
void i7_master_orders_stand_as_last_told(const Evidence& evidence, Findings& findings);
void i11_positions_are_the_sum_of_fills(const Evidence& evidence, Findings& findings);

// (ending_checker.cc)
void rest_what_has_ended_does_not_work(const Evidence& evidence, Findings& findings);
void rest_what_was_closed_is_not_held(const Evidence& evidence, Findings& findings);
// (asked_checker.cc)
void what_was_asked_holds(const Evidence& evidence, Findings& findings);
// (projection_checkers.cc)
void views_count_what_is_in_the_log(const Evidence& evidence, Findings& findings);
void i11_positions_are_worth_what_was_paid(const Evidence& evidence, Findings& findings);

// ---- likewise, of the whole log (limit_checkers.cc, refusal_checker.cc, copy_checker.cc,
// change_checker.cc, sending_checker.cc, history_checker.cc, secret_checker.cc)

void i8_no_order_is_above_its_limits(const Evidence& evidence, Findings& findings);
void i8_what_is_refused_is_above_its_limits(const Evidence& evidence, Findings& findings);
void copies_are_what_their_links_say(const Evidence& evidence, Findings& findings);
void changes_are_what_they_may_be(const Evidence& evidence, Findings& findings);
void only_what_may_be_is_sent(const Evidence& evidence, Findings& findings);
void i9_reductions_pass(const Evidence& evidence, Findings& findings);
void i13_what_was_published_is_the_log(const Evidence& evidence, Findings& findings);
void i14_no_secret_is_told(const Evidence& evidence, Findings& findings);

// ---- once the masters hold nothing and all copies are done (flat_checker.cc)

void i10_flat_means_flat(const Evidence& evidence, Findings& findings);

// All of the first two kinds, of the first three, or of all.
void check_now(const Evidence& evidence, Findings& findings);
void check_at_rest(const Evidence& evidence, Findings& findings);
void check_flat(const Evidence& evidence, Findings& findings);

}  // namespace simulation
