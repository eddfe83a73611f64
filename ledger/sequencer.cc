#include "ledger/sequencer.h"

#include "ledger/base/assert.h"
#include "ledger/base/kill_point.h"
#include "ledger/log/entity_keys.h"
#include "ledger/log/record_at.h"
#include "ledger/receipts.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/evolve.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace ledger {

Sequencer::Sequencer(log::Journal& journal, const Clock& clock, replication::State state,
                     replication::Policy policy, SequencerLimits limits)
    : journal_(journal),
      clock_(clock),
      state_(std::move(state)),
      policy_(std::move(policy)),
      limits_(limits),
      queue_(limits.queued_commands_max) {
    LEDGER_ASSERT(state_.sequence == journal_.last_sequence());
}

bool Sequencer::submit(Command command, Completion completion) {
    return queue_.try_push(Queued{std::move(command), std::move(completion)});
}

Result<void> Sequencer::run() {
    constexpr std::chrono::milliseconds idle_patience{500};
    while (true) {
        BOOST_OUTCOME_TRY(const bool more, run_once(idle_patience));
        if (!more) return boost::outcome_v2::success();
    }
}

Result<bool> Sequencer::run_once(std::chrono::milliseconds patience) {
    std::vector<Queued> taken;
    if (!queue_.pop_some(taken, limits_.batch_commands_max, patience)) return false;
    const auto answers = decide_and_commit(taken);
    if (!answers) {
        refuse_all(taken, answers.error());
        return answers.error();
    }
    reached(KillPoint::before_answer);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        taken[i].completion(answers.value()[i]);
        reached(KillPoint::between_answers);
    }
    return true;
}

// A log that is found damaged is not written to: what was decided before the damage was met is
// given up with all the rest.
Result<std::vector<Result<Receipt>>> Sequencer::decide_and_commit(
    const std::vector<Queued>& taken) {
    std::vector<Result<Receipt>> answers;
    answers.reserve(taken.size());
    for (const Queued& queued : taken) {
        answers.push_back(process(queued.command));
        const Result<Receipt>& answer = answers.back();
        if (!answer && answer.error().code == Errc::corrupt) return answer.error();
        reached(KillPoint::decided);
    }
    BOOST_OUTCOME_TRYV(commit());
    return answers;
}

Result<Receipt> Sequencer::run_command(const Command& command) {
    LEDGER_ASSERT(batch_.empty());
    auto answer = process(command);
    BOOST_OUTCOME_TRYV(commit());
    return answer;
}

// Whoever waits is told: those of the failed batch and those behind them.
void Sequencer::refuse_all(std::vector<Queued>& waiting, const Error& error) {
    queue_.close();
    static_cast<void>(
        queue_.pop_some(waiting, limits_.queued_commands_max, std::chrono::milliseconds{0}));
    for (const Queued& queued : waiting) queued.completion(error);
}

Result<Receipt> Sequencer::process(const Command& command) {
    if (const auto* marks = std::get_if<SetMarks>(&command.payload)) return set_marks(*marks);
    BOOST_OUTCOME_TRY(const auto repeated, find_repetition(command));
    if (repeated) return *repeated;
    BOOST_OUTCOME_TRY(auto admission,
                      replication::admit(state_, policy_, command, next_recorded_at_ns()));
    if (!admission) return answer_unchanged(command);
    // An anomaly is seen again at every look into the broker's book, and recorded once.
    if (std::holds_alternative<AnomalyRecorded>(admission->payload)) {
        BOOST_OUTCOME_TRY(const auto recorded, find_event(admission->id));
        if (recorded) {
            Receipt receipt = start_receipt(*recorded);
            receipt.duplicate = true;
            return receipt;
        }
    }
    return record(std::move(*admission), command);
}

// Kept in memory alone.
Result<Receipt> Sequencer::set_marks(const SetMarks& command) {
    const std::int64_t now_ns = next_recorded_at_ns();
    for (const Mark& mark : command.marks) {
        if (mark.price.value() <= 0 || mark.price.value() > price_max) {
            return invalid_field("price", "of " + mark.symbol + " is out of range");
        }
        if (!marks_.set(mark, now_ns)) {
            return Error{Errc::overloaded, "there are marks of as many instruments as fit", {}};
        }
    }
    Receipt receipt;
    receipt.sequence = state_.sequence;
    receipt.recorded_at_ns = now_ns;
    return receipt;
}

Result<std::optional<Receipt>> Sequencer::find_repetition(const Command& command) {
    using replication::Repetition;
    if (!command.idempotency_key.is_zero()) {
        BOOST_OUTCOME_TRY(const auto recorded, find_event(command.idempotency_key));
        if (recorded) {
            const bool same = recorded->request_digest == command.request_digest;
            BOOST_OUTCOME_TRY(
                const Receipt receipt,
                answer_repetition(*recorded, command,
                                  same ? Repetition::duplicate : Repetition::conflict));
            return std::optional{receipt};
        }
    }
    const auto identity = replication::identity_of(state_, command);
    if (!identity) return std::nullopt;
    BOOST_OUTCOME_TRY(const auto recorded, find_event(*identity));
    if (!recorded) return std::nullopt;
    BOOST_OUTCOME_TRY(
        const Receipt receipt,
        answer_repetition(*recorded, command, replication::compare(*recorded, command)));
    return std::optional{receipt};
}

Result<Receipt> Sequencer::answer_repetition(const Event& recorded, const Command& command,
                                             replication::Repetition repetition) {
    const std::string where = "sequence " + std::to_string(recorded.sequence);
    switch (repetition) {
        case replication::Repetition::duplicate: {
            BOOST_OUTCOME_TRY(Receipt receipt, receipt_of(recorded));
            receipt.duplicate = true;
            return receipt;
        }
        case replication::Repetition::conflict: {
            replication::Admission conflict = replication::conflict_of(recorded, command);
            BOOST_OUTCOME_TRY(const auto known, find_event(conflict.id));
            if (!known) {
                BOOST_OUTCOME_TRY(record(std::move(conflict), command));
            }
            return Error{Errc::conflict, "recorded before with other content, at " + where, {}};
        }
        case replication::Repetition::collision:
            break;
    }
    return Error{Errc::conflict, "its id collides with that of another fact, at " + where, {}};
}

// A key that came with it is kept all the same: its repetition may find another state.
Result<Receipt> Sequencer::answer_unchanged(const Command& command) {
    const Receipt unchanged = unchanged_receipt(state_, command);
    if (command.idempotency_key.is_zero()) return unchanged;
    const EventId id = NaturalKey{"request"}.add(command.idempotency_key).id();
    BOOST_OUTCOME_TRY(Receipt receipt,
                      record({id, {}, {}, RequestAnswered{unchanged.account}}, command));
    receipt.duplicate = true;
    return receipt;
}

Result<Receipt> Sequencer::record(replication::Admission admission, const Command& command) {
    Event event;
    event.id = admission.id;
    event.recorded_at_ns = next_recorded_at_ns();
    event.occurred_at_ns =
        command.occurred_at_ns == 0 ? event.recorded_at_ns : command.occurred_at_ns;
    event.causation = admission.causation;
    event.correlation = admission.correlation.is_zero() ? event.id : admission.correlation;
    event.actor = command.actor;
    const bool conflict = std::holds_alternative<ConflictRecorded>(admission.payload);
    if (!command.idempotency_key.is_zero() && !conflict) {
        event.idempotency_key = command.idempotency_key;
        event.request_digest = command.request_digest;
    }
    event.payload = std::move(admission.payload);

    const std::size_t at = batch_.size();
    append(std::move(event));
    for (const EventId& id : log::ids_of(batch_[at])) batch_ids_.emplace(id, at);
    Receipt receipt = start_receipt(batch_[at]);
    DecisionCount count{receipt};
    for (auto& consequence : replication::decide(state_, policy_, marks_, batch_[at])) {
        count.add(consequence.payload);
        Event follow;
        follow.id = consequence.id;
        follow.recorded_at_ns = batch_[at].recorded_at_ns;
        follow.occurred_at_ns = batch_[at].occurred_at_ns;
        follow.causation = batch_[at].id;
        follow.correlation = batch_[at].correlation;
        follow.payload = std::move(consequence.payload);
        append(std::move(follow));
    }
    return receipt;
}

Event& Sequencer::append(Event event) {
    event.sequence = state_.sequence + 1;
    replication::evolve(state_, event);
    return batch_.emplace_back(std::move(event));
}

Result<std::optional<Event>> Sequencer::find_event(const EventId& id) const {
    if (const auto here = batch_ids_.find(id); here != batch_ids_.end()) {
        return std::optional{batch_[here->second]};
    }
    BOOST_OUTCOME_TRY(const auto sequence, journal_.find(id));
    if (!sequence) return std::nullopt;
    BOOST_OUTCOME_TRY(const std::string bytes, journal_.read(*sequence));
    BOOST_OUTCOME_TRY(Event event, log::decode_record_at(*sequence, bytes));
    return std::optional{std::move(event)};
}

// What follows from an event stands right behind it, in the same commit.
Result<Receipt> Sequencer::receipt_of(const Event& event) const {
    Receipt receipt = start_receipt(event);
    DecisionCount count{receipt};
    const log::SequenceNumber durable = journal_.last_sequence();
    if (event.sequence > durable) {
        for (std::size_t at = event.sequence - durable; at < batch_.size(); ++at) {
            if (batch_[at].causation != event.id) break;
            count.add(batch_[at].payload);
        }
        return receipt;
    }
    Result<void> decoded = boost::outcome_v2::success();
    BOOST_OUTCOME_TRY(journal_.scan(event.sequence + 1, durable,
                                    [&](log::SequenceNumber sequence, std::string_view record) {
                                        const auto next = log::decode_record_at(sequence, record);
                                        if (!next) decoded = next.error();
                                        if (!next || next.value().causation != event.id)
                                            return false;
                                        count.add(next.value().payload);
                                        return true;
                                    }));
    BOOST_OUTCOME_TRY(decoded);
    return receipt;
}

std::int64_t Sequencer::next_recorded_at_ns() {
    return std::max(clock_.now_ns(), state_.recorded_at_ns);
}

Result<void> Sequencer::commit() {
    if (batch_.empty()) return boost::outcome_v2::success();
    std::vector<std::string> records;
    std::vector<log::EventIds> ids;
    std::vector<log::EntityKeys> entities;
    records.reserve(batch_.size());
    ids.reserve(batch_.size());
    entities.reserve(batch_.size());
    std::vector<log::JournalEntry> entries;
    entries.reserve(batch_.size());
    for (const Event& event : batch_) {
        records.emplace_back(encoder_.encode(event));
        ids.push_back(log::ids_of(event));
        entities.push_back(log::entity_keys_of(event));
        entries.push_back({records.back(), ids.back(), entities.back()});
    }
    reached(KillPoint::before_commit);
    BOOST_OUTCOME_TRY(journal_.append(entries));
    reached(KillPoint::after_commit);
    const auto durable = std::make_shared<const std::vector<Event>>(std::move(batch_));
    batch_ = {};
    batch_ids_.clear();
    for (const Observer& observer : observers_) observer(durable);
    return boost::outcome_v2::success();
}

}  // namespace ledger
