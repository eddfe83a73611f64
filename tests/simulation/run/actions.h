// What masters and operators do in a run, one function per kind of action.
#pragma once

namespace simulation {

class Workload;

// ---- at a master's broker (master_actions.cc)

void master_places(Workload& work);
void master_modifies(Workload& work);
void master_cancels(Workload& work);
void master_is_filled(Workload& work);
void master_is_rejected(Workload& work);
void master_repeats_new(Workload& work);
void feed_contradicts_itself(Workload& work);

// ---- of those who run the ledger, and of the followers (operator_actions.cc)

void link_changes(Workload& work);
void link_pauses_or_resumes(Workload& work);
void link_is_removed(Workload& work);
void instrument_changes(Workload& work);
void limits_change(Workload& work);
void consent_changes(Workload& work);
void funds_are_told(Workload& work);
void marks_are_told(Workload& work);
void trading_is_halted_or_resumed(Workload& work);
void order_is_exited(Workload& work);
void calendar_changes(Workload& work);
void nonsense_is_asked(Workload& work);

// ---- of accounts (account_actions.cc)

void account_changes(Workload& work);
void account_closes(Workload& work);
void account_opens_again(Workload& work);
void credentials_change(Workload& work);
void person_is_erased(Workload& work);

}  // namespace simulation
