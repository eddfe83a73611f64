#include "tests/torture/run/promises.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace torture {

using ledger::text::JsonValue;
using processes::member_of;

namespace {

// One event as far as it matters here, and for whom something follows from it.
struct Logged {
    std::string kind;
    std::string event_id;
    std::set<std::string> followers;
};

using Log = std::map<std::uint64_t, Logged>;

bool decides_for_a_follower(std::string_view kind) {
    constexpr std::array<std::string_view, 6> kinds{
        "FollowerOrderIntended", "FollowerModifyIntended", "FollowerCancelIntended",
        "UnsentOrderAmended",    "UnsentOrderWithdrawn",   "FollowerOrderSkipped"};
    return std::ranges::find(kinds, kind) != kinds.end();
}

// What nobody did here: a broker that breaks the rules, or one identity with two contents.
bool is_out_of_place(std::string_view kind) {
    return kind == "AnomalyRecorded" || kind == "ConflictRecorded" || kind == "IntentParked";
}

std::uint64_t number_of(const std::string& text) {
    return text.empty() ? 0 : std::stoull(text);
}

Log read_log(const processes::Stage& stage, std::uint64_t first) {
    Log log;
    std::map<std::string, std::uint64_t> sequences;
    for (const JsonValue& row : stage.rows({"events", "--from", std::to_string(first)})) {
        const std::uint64_t sequence = number_of(member_of(row, "sequence"));
        if (sequence != first + log.size()) {
            throw Violation{"the log goes on at " + std::to_string(sequence) + " instead of " +
                            std::to_string(first + log.size())};
        }
        Logged logged{member_of(row, "kind"), member_of(row, "event_id"), {}};
        if (is_out_of_place(logged.kind)) {
            throw Violation{logged.kind + " at " + std::to_string(sequence)};
        }
        if (!sequences.emplace(logged.event_id, sequence).second) {
            throw Violation{"event " + logged.event_id + " is twice in the log"};
        }
        const auto cause = sequences.find(member_of(row, "causation_id"));
        if (cause != sequences.end() && decides_for_a_follower(logged.kind)) {
            log.at(cause->second).followers.insert(member_of(row, "follower_id"));
        }
        log.emplace(sequence, std::move(logged));
    }
    return log;
}

void check_kept(const Told& told, const Log& log) {
    const std::string promise = told.fact + ", acknowledged at " + told.sequence + ",";
    const auto found = log.find(number_of(told.sequence));
    if (found == log.end()) throw Violation{promise + " is not in the log"};
    const Logged& logged = found->second;
    if (!told.event_id.empty() && logged.event_id != told.event_id) {
        throw Violation{promise + " is event " + logged.event_id + " instead of " + told.event_id};
    }
    if (!told.followers.empty() && std::to_string(logged.followers.size()) != told.followers) {
        throw Violation{promise + " decided for " + std::to_string(logged.followers.size()) +
                        " followers instead of " + told.followers};
    }
}

}  // namespace

void Promises::add(const std::vector<Told>& answers) {
    for (const Told& told : answers) {
        const auto [known, added] = told_.emplace(told.fact, told);
        if (added) fresh_.push_back(told.fact);
        if (known->second == told) continue;
        throw Violation{told.fact + " is answered with " + told.sequence + " " + told.event_id +
                        " for " + told.followers + ", and before with " + known->second.sequence +
                        " " + known->second.event_id + " for " + known->second.followers};
    }
}

void Promises::check_news(const processes::Stage& stage) {
    std::vector<const Told*> promised;
    for (const std::string& fact : fresh_) promised.push_back(&told_.at(fact));
    check_from(stage, looked_at_ + 1, promised);
    fresh_.clear();
}

void Promises::check_all(const processes::Stage& stage) {
    std::vector<const Told*> promised;
    for (const auto& [fact, told] : told_) promised.push_back(&told);
    check_from(stage, 1, promised);
}

void Promises::check_from(const processes::Stage& stage, std::uint64_t first,
                          const std::vector<const Told*>& promised) {
    const Log log = read_log(stage, first);
    std::size_t facts = 0;
    for (const Told* told : promised) {
        if (told->sequence.empty()) continue;
        check_kept(*told, log);
        if (log.at(number_of(told->sequence)).kind == "MasterOrderReported") ++facts;
    }
    const auto recorded = std::ranges::count_if(
        log, [](const auto& entry) { return entry.second.kind == "MasterOrderReported"; });
    if (static_cast<std::size_t>(recorded) != facts) {
        throw Violation{std::to_string(recorded) + " master events in the log from " +
                        std::to_string(first) + " on, and " + std::to_string(facts) +
                        " were acknowledged"};
    }
    looked_at_ = first + log.size() - 1;
}

}  // namespace torture
