// What exits and leaving links leave behind: nothing that works, and nothing held where the rules
// say so. By the log's own words and the brokers' records.
#include "ledger/replication/order_status.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/signed_quantity.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::ClOrdId;
using ledger::Event;
using ledger::EventId;
using ledger::LeavePolicy;
using ledger::OrderPurpose;

namespace {

// How a link that no longer copies was left.
struct Left {
    std::uint64_t sequence = 0;
    LeavePolicy policy = LeavePolicy::leave;
};

class EndingFold {
  public:
    explicit EndingFold(const std::vector<Event>& log) {
        for (const Event& event : log) {
            told_.apply(event);
            take(event);
        }
    }

    [[nodiscard]] const ToldLedger& told() const { return told_; }

    [[nodiscard]] bool ended(const EventId& master_order) const {
        return ended_.contains(master_order);
    }

    // Its cancel was refused by the broker, or a person looked at it.
    [[nodiscard]] bool uncertain(const EventId& order) const { return uncertain_.contains(order); }

    [[nodiscard]] bool given_up(const CopyKey& key) const { return given_up_.contains(key); }

    // All of what was opened was exited.
    [[nodiscard]] bool exited(const CopyKey& key) const {
        const auto found = opened_by_.find(key);
        if (found == opened_by_.end()) return false;
        return std::ranges::all_of(found->second,
                                   [&](const EventId& order) { return exits_.contains(order); });
    }

    [[nodiscard]] Left left(AccountNumber master, AccountNumber follower) const {
        const auto found = left_.find({master, follower});
        return found == left_.end() ? Left{} : found->second;
    }

    [[nodiscard]] std::uint64_t born(const EventId& order) const { return born_.at(order); }

  private:
    void take(const Event& event) {
        const auto& payload = event.payload;
        if (const auto* e = std::get_if<ledger::MasterOrderReported>(&payload)) {
            using enum ledger::MasterEventType;
            if (e->type == canceled || e->type == rejected) ended_.insert(told_.id_of(*e));
        }
        if (const auto* e = std::get_if<ledger::ExitRequested>(&payload)) {
            ended_.insert(e->master_order);
            exits_.insert(e->master_order);
            if (e->scope == ledger::ExitScope::position) exit_all(*e);
        }
        if (const auto* e = std::get_if<ledger::LinkSet>(&payload)) {
            leave(event, {e->master, e->follower}, e->terms.active, e->terms.on_leave);
        }
        if (const auto* e = std::get_if<ledger::LinkRemoved>(&payload)) {
            const auto* terms = told_.link(e->master, e->follower);
            leave(event, {e->master, e->follower}, false, terms->on_leave);
        }
        take_order(event);
    }

    void exit_all(const ledger::ExitRequested& exit) {
        const HeldKey& key = told_.master_order(exit.master_order)->position;
        for (const auto& [id, order] : told_.master_orders()) {
            if (order.position == key) exits_.insert(id);
        }
        for (auto& [copy, orders] : opened_by_) {
            if (copy.first == key) orders.erase(joined);
        }
    }

    void leave(const Event& event, const ToldPlace& link, bool copies, LeavePolicy policy) {
        const bool copied = copying_.contains(link);
        if (copies) {
            copying_.insert(link);
            left_.erase(link);
        } else if (copied) {
            copying_.erase(link);
            left_[link] = {event.sequence, policy};
        } else if (const auto found = left_.find(link); found != left_.end()) {
            // Another policy afterwards: what holds is not told here.
            if (found->second.policy != policy) found->second.policy = LeavePolicy::leave;
        }
    }

    void take_order(const Event& event) {
        const auto& payload = event.payload;
        if (std::holds_alternative<ledger::FollowerOrderIntended>(payload)) {
            const CopyKey key = told_.order(event.id)->position;
            born_[event.id] = event.sequence;
            if (told_.held(key) == 0) given_up_.erase(key);
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderReported>(&payload)) {
            take_fill(*e);
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&payload)) {
            if (e->reason != ledger::SkipReason::close_failed) return;
            given_up_.insert({told_.master_order(e->master_order)->position, e->follower});
        }
        if (std::holds_alternative<ledger::FollowerCancelIntended>(payload)) {
            cancels_.insert(event.id);
        }
        if (const auto* e = std::get_if<ledger::AttemptRejected>(&payload)) {
            const bool refused = !e->retryable && cancels_.contains(e->ref.intent);
            if (refused) uncertain_.insert(e->ref.order);
        }
        if (const auto* e = std::get_if<ledger::IntentResolved>(&payload)) {
            uncertain_.insert(e->ref.order);
        }
    }

    void take_fill(const ledger::FollowerOrderReported& report) {
        if (report.last_qty.value() == 0) return;
        const ToldOrder& order = *told_.order(report.order);
        if (closes(order.intended.purpose)) return;
        const CopyKey& key = order.position;
        const bool copies = order.intended.purpose == OrderPurpose::copy;
        opened_by_[key].insert(copies ? order.intended.master_order : joined);
    }

    static constexpr EventId joined{};  // what was taken up when the link began: of no order

    ToldLedger told_;
    std::set<EventId> ended_;  // master orders
    std::set<EventId> cancels_;
    std::set<EventId> uncertain_;
    std::set<CopyKey> given_up_;
    std::set<EventId> exits_;                         // master orders
    std::map<CopyKey, std::set<EventId>> opened_by_;  // master orders whose copies filled
    std::map<EventId, std::uint64_t> born_;
    std::set<ToldPlace> copying_;
    std::map<ToldPlace, Left> left_;
};

std::map<ClOrdId, const BrokerOrder*> working(const std::deque<SimBroker>& brokers) {
    std::map<ClOrdId, const BrokerOrder*> orders;
    for (const SimBroker& broker : brokers) {
        for (const BrokerOrder& order : broker.orders()) {
            if (ledger::replication::is_terminal(order.row.status)) continue;
            orders[order.request.cl_ord_id] = &order;
        }
    }
    return orders;
}

}  // namespace

void rest_what_has_ended_does_not_work(const Evidence& evidence, Findings& findings) {
    const EndingFold fold{evidence.log};
    const auto at_brokers = working(evidence.brokers);
    for (const auto& [id, order] : fold.told().orders()) {
        const auto found = at_brokers.find(ledger::cl_ord_id_of(id));
        if (found == at_brokers.end() || fold.uncertain(id) || closes(order.intended.purpose)) {
            continue;
        }
        const auto& intended = order.intended;
        const bool copy = intended.purpose == OrderPurpose::copy;
        const std::string& number = found->second->row.broker_order_id;
        if (copy && fold.ended(intended.master_order)) {
            findings.push_back(
                fmt::format("rest: order {} works on, and its master order has ended", number));
        }
        const Left left = fold.left(intended.master, intended.follower);
        const bool before = fold.born(id) < left.sequence;
        if (before && left.policy != LeavePolicy::leave) {
            findings.push_back(
                fmt::format("rest: order {} works on, and its link was left", number));
        }
    }
}

void rest_what_was_closed_is_not_held(const Evidence& evidence, Findings& findings) {
    const EndingFold fold{evidence.log};
    for (const auto& [key, held] : fold.told().all_held()) {
        const auto& [position, follower] = key;
        if (held == 0 || fold.given_up(key) || fold.told().was_closed(follower)) continue;
        if (fold.told().any_live(key)) continue;  // what closes it still works
        const Left left = fold.left(std::get<0>(position), follower);
        const bool leaves = left.sequence > 0 && left.policy == LeavePolicy::close_positions;
        if (!leaves && !fold.exited(key)) continue;
        findings.push_back(fmt::format("rest: account {} holds {} of {}, which was {}",
                                       follower.value(), held, std::get<1>(position),
                                       leaves ? "left" : "exited"));
    }
}

}  // namespace simulation
