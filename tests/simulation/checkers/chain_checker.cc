// How events hang together: what follows from what, whose time they bear, and that what must be
// refused was refused, a contradiction with a word in the log.
#include "tests/simulation/checkers/evidence.h"

#include <set>

#include <fmt/format.h>

namespace simulation {

using ledger::Event;
using ledger::EventId;

void chains_hold(const Evidence& evidence, Findings& findings) {
    std::map<EventId, const Event*> before;
    const auto say = [&](const Event& event, std::string_view what) {
        findings.push_back(fmt::format("chain: sequence {} {}", event.sequence, what));
    };
    for (const Event& event : evidence.log) {
        before.emplace(event.id, &event);
        if (event.causation.is_zero()) {
            if (event.correlation != event.id) say(event, "is not the first of its own chain");
            continue;
        }
        const auto cause = before.find(event.causation);
        if (cause == before.end() || cause->second == &event) {
            say(event, "follows from nothing that came before it");
        } else if (event.correlation != cause->second->correlation) {
            say(event, "is of another chain than what it follows from");
        } else if (event.actor.empty() && event.occurred_at_ns != cause->second->occurred_at_ns) {
            say(event, "happened at another time than what it follows from");
        }
    }
}

void sources_times_are_kept(const Evidence& evidence, Findings& findings) {
    for (const Told& told : evidence.record.told) {
        const ledger::Receipt& receipt = told.receipt;
        const Request& request = evidence.requests[told.request];
        const std::int64_t at_ns = request.command.occurred_at_ns;
        const bool there = !receipt.event_id.is_zero() && receipt.sequence <= evidence.log.size();
        if (!there || at_ns == 0) continue;
        if (evidence.log[receipt.sequence - 1].occurred_at_ns == at_ns) continue;
        findings.push_back(fmt::format("time: \"{}\" has lost its source's time", request.what));
    }
}

void what_must_be_refused_is(const Evidence& evidence, Findings& findings) {
    std::set<std::uint64_t> conflicts;
    for (const Event& event : evidence.log) {
        const auto* conflict = std::get_if<ledger::ConflictRecorded>(&event.payload);
        if (conflict != nullptr) conflicts.insert(conflict->content_digest);
    }
    for (const Request& request : evidence.requests) {
        const bool must = request.wrong != Request::Wrong::no;
        if (!must) continue;
        if (request.taken) {
            findings.push_back(fmt::format("refusal: \"{}\" was taken", request.what));
        }
        const bool told = !request.answered || conflicts.contains(request.command.request_digest);
        if (request.wrong == Request::Wrong::contradicts && !told) {
            findings.push_back(
                fmt::format("refusal: of \"{}\" there is no word in the log", request.what));
        }
    }
}

// Each is one fact, however often and by whomever it was handed in.
void i6_one_fact_is_one_event(const Evidence& evidence, Findings& findings) {
    std::map<std::pair<ledger::AccountNumber, std::string>, std::size_t> told;
    for (const Story& story : evidence.stories) {
        for (const auto& chapter : story.chapters) {
            if (evidence.requests[chapter.request].never_sent) continue;
            ++told[{story.master, story.broker_order_id}];
        }
    }
    std::map<std::pair<ledger::AccountNumber, std::string>, std::size_t> recorded;
    for (const Event& event : evidence.log) {
        const auto* report = std::get_if<ledger::MasterOrderReported>(&event.payload);
        if (report == nullptr) continue;
        const std::pair key{report->account, report->broker_order_id};
        if (++recorded[key] != told[key] + 1) continue;
        findings.push_back(fmt::format("I6: order {} has more events than its broker told",
                                       report->broker_order_id));
    }
}

}  // namespace simulation
