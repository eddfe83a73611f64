#include "tests/replication/given.h"

#include "ledger/base/assert.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/evolve.h"

#include <algorithm>
#include <utility>

namespace ledger::replication::test {

namespace {

Ratio ratio_of(std::string_view text) {
    const auto ratio = parse_ratio(text);
    LEDGER_ASSERT(ratio.has_value());
    return ratio.value();
}

template <class Payload, class Field>
std::vector<Field> collect(const Answer& answer, Field Payload::*field) {
    std::vector<Field> out;
    for (const Event& event : answer.events) {
        if (const auto* payload = std::get_if<Payload>(&event.payload)) {
            out.push_back(payload->*field);
        }
    }
    return out;
}

}  // namespace

MasterOrderReported report_of(AccountNumber master, MasterEventType type, const MasterSays& says) {
    MasterOrderReported report;
    report.account = master;
    report.broker_order_id = says.order;
    report.type = type;
    if (says.version != 0) report.version = {SourceVersion::Kind::time, says.version};
    report.instrument = {says.segment, says.token, "RELIANCE"};
    report.terms.type = says.price == 0 ? OrderType::market : OrderType::limit;
    report.terms.quantity = Quantity{says.quantity};
    report.terms.price = Price{says.price};
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.average};
    report.status = to_text(type);
    report.channel = says.channel;
    return report;
}

// ---- the writer, as Sequencer::process and ::record have it

Answer World::submit(CommandPayload payload) {
    Command command;
    command.actor = "test";
    command.payload = std::move(payload);
    return submit(command);
}

Answer World::submit(const Command& command) {
    if (auto answer = repetition(command)) return *std::move(answer);
    auto admitted = admit(state_, policy_, command, now_ns_);
    if (!admitted)
        return Answer{.refused = admitted.error().code, .duplicate = false, .events = {}};
    auto& admission = admitted.value();
    const bool seen = admission && std::holds_alternative<AnomalyRecorded>(admission->payload) &&
                      find_event(admission->id) != nullptr;
    if (!admission || seen) return Answer{.refused = {}, .duplicate = true, .events = {}};
    return record(*std::move(admission), command);
}

std::optional<Answer> World::repetition(const Command& command) {
    const auto identity = identity_of(state_, command);
    const Event* recorded = identity ? find_event(*identity) : nullptr;
    if (recorded == nullptr) return std::nullopt;
    const Repetition how = compare(*recorded, command);
    if (how == Repetition::duplicate) {
        return Answer{.refused = {}, .duplicate = true, .events = {}};
    }
    Answer answer;
    if (how == Repetition::conflict) {
        Admission conflict = conflict_of(*recorded, command);
        if (find_event(conflict.id) == nullptr) answer = record(std::move(conflict), command);
    }
    answer.refused = Errc::conflict;
    return answer;
}

Answer World::record(Admission admission, const Command& command) {
    Event event;
    event.id = admission.id;
    event.recorded_at_ns = now_ns_;
    event.occurred_at_ns = command.occurred_at_ns == 0 ? now_ns_ : command.occurred_at_ns;
    event.causation = admission.causation;
    event.correlation = admission.correlation.is_zero() ? event.id : admission.correlation;
    event.actor = command.actor;
    event.payload = std::move(admission.payload);

    const std::size_t first = log_.size();
    append(std::move(event));
    for (Consequence& consequence : decide(state_, policy_, log_[first])) {
        Event follow;
        follow.id = consequence.id;
        follow.recorded_at_ns = log_[first].recorded_at_ns;
        follow.occurred_at_ns = log_[first].occurred_at_ns;
        follow.causation = log_[first].id;
        follow.correlation = log_[first].correlation;
        follow.payload = std::move(consequence.payload);
        append(std::move(follow));
    }
    Answer answer;
    answer.events.assign(log_.begin() + static_cast<std::ptrdiff_t>(first), log_.end());
    return answer;
}

void World::append(Event event) {
    event.sequence = state_.sequence + 1;
    evolve(state_, event);
    if (!ids_.emplace(event.id, log_.size()).second) ++repeated_ids_;
    log_.push_back(std::move(event));
}

const Event* World::find_event(const EventId& id) const {
    const auto found = ids_.find(id);
    return found == ids_.end() ? nullptr : &log_[found->second];
}

// ---- accounts and links

AccountNumber World::opens_master(std::string code) {
    const Answer answer = submit(OpenAccount{{AccountRole::master, "blaze", code, code}, {}});
    return only<AccountOpened>(answer)->account;
}

AccountNumber World::opens_follower(std::string code, std::string_view ratio) {
    AccountProfile profile;
    profile.name = code;
    profile.scaling_factor = ratio_of(ratio);
    const Answer answer = submit(OpenAccount{{AccountRole::follower, "iifl", code, code}, profile});
    return only<AccountOpened>(answer)->account;
}

Answer World::links(AccountNumber master, AccountNumber follower, const LinkSays& says) {
    return submit(SetLink{master, follower, ratio_of(says.ratio), says.active, says.round_up});
}

Answer World::enables(AccountNumber account, bool enabled) {
    ChangeAccount change;
    change.account = account;
    change.enabled = enabled;
    return submit(change);
}

Answer World::defines(const Instrument& instrument, std::int64_t lot) {
    InstrumentRules rules;
    rules.lot_size = Quantity{lot};
    return submit(DefineInstrument{instrument, rules});
}

// ---- a master's broker

Answer World::reports(MasterEventType type, const MasterSays& says) {
    Command command;
    command.actor = "ingest";
    command.occurred_at_ns = static_cast<std::int64_t>(says.version);
    command.payload = ReportMasterOrder{report_of(AccountNumber{1}, type, says)};
    return submit(command);
}

Answer World::reports_new(const MasterSays& says) {
    return reports(MasterEventType::new_, says);
}

Answer World::reports_modify(const MasterSays& says) {
    return reports(MasterEventType::modified, says);
}

Answer World::reports_cancel(const MasterSays& says) {
    return reports(MasterEventType::canceled, says);
}

Answer World::reports_fill(const MasterSays& says) {
    return reports(MasterEventType::fill, says);
}

// ---- executors

Answer World::starts(const Aim& aim) {
    return submit(StartAttempt{aim.order, aim.intent});
}

Answer World::accepted(const Aim& aim, std::string broker_order_id) {
    return submit(RecordAccepted{ref(aim), std::move(broker_order_id), false});
}

Answer World::rejected(const Aim& aim, bool retryable) {
    return submit(RecordRejected{ref(aim), "e-code", "refused", retryable});
}

Answer World::unknown(const Aim& aim) {
    return submit(RecordUnknown{ref(aim), "timeout"});
}

Answer World::not_placed(const Aim& aim) {
    return submit(RecordNotPlaced{ref(aim), 3, 120'000});
}

Answer World::parked(const Aim& aim) {
    return submit(ParkIntent{ref(aim), "cannot look up"});
}

Answer World::resolved(const Aim& aim, std::string broker_order_id) {
    return submit(ResolveIntent{aim.intent, std::move(broker_order_id), "seen by a person"});
}

Answer World::book_says(const Aim& aim, const BookSays& says) {
    FollowerOrderReported report;
    report.order = aim.order;
    report.broker_order_id = says.id;
    report.status = says.status;
    report.order_qty = says.quantity == 0 ? row(aim).terms.quantity : Quantity{says.quantity};
    report.price = row(aim).terms.price;
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.average};
    report.updated_at_ns = says.at;
    return submit(ReportFollowerOrder{report});
}

void World::is_done(const Aim& aim, std::string broker_order_id) {
    LEDGER_ASSERT(starts(aim).recorded());
    LEDGER_ASSERT(accepted(aim, std::move(broker_order_id)).recorded());
}

// ---- follower orders

const FollowerOrder* World::copy(AccountNumber follower, std::string_view master_order) const {
    for (const FollowerOrder& order : state_.follower_orders) {
        const bool same = state_.master_order_of(order).broker_order_id == master_order;
        if (same && order.follower == follower) return &order;
    }
    return nullptr;
}

Aim World::placing(AccountNumber follower, std::string_view master_order) const {
    const FollowerOrder* order = copy(follower, master_order);
    LEDGER_ASSERT(order != nullptr);
    return {order->id, order->id};
}

Aim World::first_change(const Aim& aim) const {
    LEDGER_ASSERT(!row(aim).changes.empty());
    return {aim.order, row(aim).changes.front().intent};
}

Aim World::last_change(const Aim& aim) const {
    LEDGER_ASSERT(!row(aim).changes.empty());
    return {aim.order, row(aim).changes.back().intent};
}

const FollowerOrder& World::row(const Aim& aim) const {
    const FollowerOrder* order = state_.follower_order(aim.order);
    LEDGER_ASSERT(order != nullptr);
    return *order;
}

AttemptRef World::ref(const Aim& aim) const {
    const FollowerOrder& order = row(aim);
    const Change* change = find_change(order, aim.intent);
    return {aim.order, aim.intent, order.follower,
            change == nullptr ? order.attempts : change->attempts};
}

// ---- answers

Kinds kinds(const Answer& answer) {
    Kinds out;
    for (const Event& event : answer.events) out.push_back(kind_of(event.payload));
    return out;
}

Reasons skips(const Answer& answer) {
    return collect(answer, &FollowerOrderSkipped::reason);
}

std::vector<SupersededBecause> superseded(const Answer& answer) {
    return collect(answer, &IntentSuperseded::because);
}

std::vector<AnomalyKind> anomalies(const Answer& answer) {
    return collect(answer, &AnomalyRecorded::kind);
}

Pair::Pair(const LinkSays& says, Policy policy) : world(policy) {
    master = world.opens_master();
    follower = world.opens_follower("F-1");
    world.links(master, follower, says);
}

}  // namespace ledger::replication::test
