// What the log alone, and the clients' receipts, can show.
#include "tests/simulation/checkers/evidence.h"

#include <optional>
#include <set>
#include <string>
#include <type_traits>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::EventId;
using ledger::MasterEventType;
using ledger::MasterOrderReported;

namespace {

const MasterOrderReported* master_report(const Event& event) {
    return std::get_if<MasterOrderReported>(&event.payload);
}

std::map<EventId, const Event*> by_id(const std::vector<Event>& log) {
    std::map<EventId, const Event*> events;
    for (const Event& event : log) events.emplace(event.id, &event);
    return events;
}

// Whom the event decides something for, if it is a decision.
std::optional<AccountNumber> decided_for(const ledger::Payload& payload) {
    return std::visit(
        [](const auto& e) -> std::optional<AccountNumber> {
            using E = std::decay_t<decltype(e)>;
            constexpr bool decides = std::is_same_v<E, ledger::FollowerOrderIntended> ||
                                     std::is_same_v<E, ledger::FollowerOrderSkipped> ||
                                     std::is_same_v<E, ledger::FollowerModifyIntended> ||
                                     std::is_same_v<E, ledger::FollowerCancelIntended> ||
                                     std::is_same_v<E, ledger::UnsentOrderAmended> ||
                                     std::is_same_v<E, ledger::UnsentOrderWithdrawn>;
            if constexpr (decides) return AccountNumber{e.follower};
            return std::nullopt;
        },
        payload);
}

// Master orders that their brokers were given to say NEW of.
std::set<EventId> told_as_new(const Evidence& evidence) {
    std::set<EventId> told;
    for (const Story& story : evidence.stories) {
        for (const auto& chapter : story.chapters) {
            const bool handed_in = !evidence.requests[chapter.request].never_sent;
            if (handed_in && chapter.truth.type == MasterEventType::new_) told.insert(story.id());
        }
    }
    return told;
}

// What is wrong with a follower order that follows from this report (nullptr: from none), if so.
std::string against_i3(const ledger::FollowerOrderIntended& intended,
                       const MasterOrderReported* report, const std::set<EventId>& told_new) {
    if (intended.purpose != ledger::OrderPurpose::copy) {
        // What closes or joins follows from a fill, an exit, a link; never from a report of terms.
        if (report == nullptr || report->type == MasterEventType::fill) return {};
        return fmt::format("follows from a {}", to_text(report->type));
    }
    if (report == nullptr || report->type != MasterEventType::new_) return "follows from no NEW";
    if (told_new.contains(intended.master_order)) return {};
    return "is a copy of one whose broker never said NEW";
}

}  // namespace

void i3_changes_make_no_orders(const Evidence& evidence, Findings& findings) {
    const std::set<EventId> told_new = told_as_new(evidence);
    const auto events = by_id(evidence.log);
    for (const Event& event : evidence.log) {
        const auto* intended = std::get_if<ledger::FollowerOrderIntended>(&event.payload);
        if (intended == nullptr) continue;
        const auto cause = events.find(event.causation);
        const auto* report = cause == events.end() ? nullptr : master_report(*cause->second);
        const std::string wrong = against_i3(*intended, report, told_new);
        if (wrong.empty()) continue;
        findings.push_back(fmt::format("I3: the order of sequence {} {}", event.sequence, wrong));
    }
}

void i4_what_was_told_is_in_the_log(const Evidence& evidence, Findings& findings) {
    for (const Told& told : evidence.record.told) {
        const ledger::Receipt& receipt = told.receipt;
        if (receipt.event_id.is_zero()) continue;
        const std::string& what = evidence.requests[told.request].what;
        if (receipt.sequence > evidence.log.size()) {
            findings.push_back(
                fmt::format("I4: \"{}\" was told sequence {}, and the log ends at {}", what,
                            receipt.sequence, evidence.log.size()));
            continue;
        }
        const Event& event = evidence.log[receipt.sequence - 1];
        if (event.id != receipt.event_id) {
            findings.push_back(
                fmt::format("I4: \"{}\" was told sequence {}, and another event is there", what,
                            receipt.sequence));
            continue;
        }
        if (master_report(event) == nullptr) continue;
        std::set<AccountNumber> followers;
        for (std::size_t at = receipt.sequence; at < evidence.log.size(); ++at) {
            if (evidence.log[at].causation != event.id) break;
            if (const auto who = decided_for(evidence.log[at].payload)) followers.insert(*who);
        }
        const std::size_t followed = followers.size();
        if (followed != receipt.followers) {
            findings.push_back(fmt::format("I4: \"{}\" was told of {} followers, and {} are there",
                                           what, receipt.followers, followed));
        }
    }
}

void i6_one_request_has_one_answer(const Evidence& evidence, Findings& findings) {
    std::map<std::size_t, EventId> first;
    for (const Told& told : evidence.record.told) {
        const Request& request = evidence.requests[told.request];
        const bool marks = std::holds_alternative<ledger::SetMarks>(request.command.payload);
        const bool keyed = !request.command.idempotency_key.is_zero() && !marks;
        if (keyed && told.receipt.event_id.is_zero()) {
            findings.push_back(fmt::format("I6: the key of \"{}\" was not kept", request.what));
        }
        if (told.receipt.event_id.is_zero()) continue;
        const bool report =
            std::holds_alternative<ledger::ReportMasterOrder>(request.command.payload);
        if (!report && request.command.idempotency_key.is_zero()) continue;
        const auto& before = first.emplace(told.request, told.receipt.event_id).first->second;
        if (before != told.receipt.event_id) {
            findings.push_back(fmt::format("I6: \"{}\" was told of two events", request.what));
        }
    }
    for (const std::size_t request : evidence.record.contradicted) {
        findings.push_back(fmt::format("I6: \"{}\" was taken, and refused when repeated",
                                       evidence.requests[request].what));
    }
    std::set<EventId> ids;
    for (const Event& event : evidence.log) {
        if (!ids.insert(event.id).second) {
            findings.push_back(fmt::format("I6: sequence {} records a fact again", event.sequence));
        }
    }
}

void i15_nothing_follows_a_failed_write(const Evidence& evidence, Findings& findings) {
    if (evidence.record.answers_after_failure > 0) {
        findings.emplace_back("I15: a client was told yes after a write had failed");
    }
    if (evidence.record.writes_after_failure > 0) {
        findings.emplace_back("I15: a write was tried after one had failed");
    }
}

void time_never_runs_backwards(const Evidence& evidence, Findings& findings) {
    std::int64_t last_ns = 0;
    for (const Event& event : evidence.log) {
        if (event.recorded_at_ns < last_ns) {
            findings.push_back(fmt::format(
                "time: sequence {} was recorded before the one before it", event.sequence));
        }
        last_ns = event.recorded_at_ns;
    }
}

}  // namespace simulation
