#include "tests/replication/given.h"

#include "ledger/base/assert.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/evolve.h"

#include <utility>

namespace ledger::replication::test {

namespace {

OrderType type_of(const MasterSays& says) {
    if (says.trigger != 0) return says.price == 0 ? OrderType::stop : OrderType::stop_limit;
    return says.price == 0 ? OrderType::market : OrderType::limit;
}

}  // namespace

Ratio ratio_of(std::string_view text) {
    const auto ratio = parse_ratio(text);
    LEDGER_ASSERT(ratio.has_value());
    return ratio.value();
}

Instrument instrument_of(const MasterSays& says) {
    return {says.segment, says.token, "RELIANCE"};
}

MasterOrderReported report_of(AccountNumber master, MasterEventType type, const MasterSays& says) {
    MasterOrderReported report;
    report.account = master;
    report.broker_order_id = says.order;
    report.type = type;
    if (says.version != 0) report.version = {SourceVersion::Kind::time, says.version};
    report.instrument = instrument_of(says);
    report.terms.side = says.side;
    report.terms.type = type_of(says);
    report.terms.product = says.product;
    report.terms.quantity = Quantity{says.quantity};
    report.terms.price = Price{says.price};
    report.terms.trigger = Price{says.trigger};
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.average};
    report.status = to_text(type);
    report.channel = says.channel;
    return report;
}

// ---- the writer, as Sequencer::process and ::record have it

void World::comes_to(std::int64_t ns) {
    LEDGER_ASSERT(ns >= now_ns_);
    now_ns_ = ns;
}

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
    for (Consequence& consequence : decide(state_, policy_, marks_, log_[first])) {
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
    return submit(SetLink{.master = master,
                          .follower = follower,
                          .ratio = ratio_of(says.ratio),
                          .active = says.active,
                          .round_up_to_min_lot = says.round_up});
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
    command.payload = ReportMasterOrder{report_of(says.master, type, says)};
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

}  // namespace ledger::replication::test
