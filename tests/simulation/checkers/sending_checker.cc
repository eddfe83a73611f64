// What may be sent, and when: not what has grown too old, not what opens while trading is halted or
// for a closed account, nothing new for a closed account. And only what has grown too old expires.
#include "ledger/model/calendar.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <set>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::EventId;
using ledger::OrderType;

namespace {

class SendingWalk {
  public:
    SendingWalk(const Evidence& evidence, Findings& findings)
        : evidence_(evidence), findings_(findings) {}

    void run() {
        for (const Event& event : evidence_.log) {
            judge(event);
            take(event);
            told_.apply(event);
        }
    }

  private:
    void say(const Event& event, std::string_view what) {
        findings_.push_back(fmt::format("sending: sequence {}: {}", event.sequence, what));
    }

    void take(const Event& event) {
        const auto& payload = event.payload;
        const bool cancel = std::holds_alternative<ledger::FollowerCancelIntended>(payload);
        const bool intends = std::holds_alternative<ledger::FollowerOrderIntended>(payload) ||
                             std::holds_alternative<ledger::FollowerModifyIntended>(payload);
        if (cancel || intends) intended_[event.id] = {event.recorded_at_ns, cancel};
        if (const auto* e = std::get_if<ledger::MasterOrderReported>(&payload)) {
            const bool market = e->terms.type == OrderType::market;
            if (market) markets_.insert(told_.id_of(*e));
        }
    }

    void judge(const Event& event) {
        if (const auto* e = std::get_if<ledger::AttemptStarted>(&event.payload)) start(event, *e);
        if (const auto* e = std::get_if<ledger::IntentExpired>(&event.payload)) expire(event, *e);
        if (const auto* e = std::get_if<ledger::SubjectErased>(&event.payload)) erase(event, *e);
        const auto* order = std::get_if<ledger::FollowerOrderIntended>(&event.payload);
        if (order != nullptr && told_.closed(order->follower)) {
            say(event, "an order for a closed account");
        }
    }

    [[nodiscard]] std::int64_t age_ns(const Event& event, const EventId& intent) const {
        return event.recorded_at_ns - intended_.at(intent).at_ns;
    }

    // Of an order that opens; a copy of a market order ages like one.
    [[nodiscard]] std::int64_t age_max_ns(const ToldOrder& order, bool strictly) const {
        const bool may_be = markets_.contains(order.intended.master_order);
        const bool market = order.terms.type == OrderType::market || (may_be && strictly);
        return market ? evidence_.policy.max_age_market_ns : evidence_.policy.max_age_other_ns;
    }

    void start(const Event& event, const ledger::AttemptStarted& started) {
        const ToldOrder& order = *told_.order(started.ref.order);
        if (started.ref.intent != started.ref.order) {
            const bool modify = started.kind == ledger::IntentKind::modify;
            const bool old = age_ns(event, started.ref.intent) > evidence_.policy.max_age_other_ns;
            if (modify && old) say(event, "a modify that has grown too old is sent");
            return;
        }
        const std::int64_t age = age_ns(event, started.ref.order);
        if (order.reducing.value() == 0 && age > age_max_ns(order, false)) {
            say(event, "an order that has grown too old is sent");
        }
        if (order.terms.quantity <= order.reducing) return;
        if (told_.closed(order.intended.follower)) {
            say(event, "an opening is sent for a closed account");
        }
        for (const ToldPlace& place :
             ToldLedger::places(order.intended.master, order.intended.follower)) {
            if (told_.halted(place)) say(event, "an opening is sent while trading is halted");
        }
    }

    void expire(const Event& event, const ledger::IntentExpired& expired) {
        const ToldOrder& order = *told_.order(expired.order);
        if (intended_.at(expired.intent).cancel) return say(event, "a cancel expires");
        const bool places = expired.intent == expired.order;
        const std::int64_t most =
            places ? age_max_ns(order, true) : evidence_.policy.max_age_other_ns;
        if (age_ns(event, expired.intent) <= most) say(event, "what expires is not too old");
    }

    // Nothing of the person may be under way.
    void erase(const Event& event, const ledger::SubjectErased& erased) {
        if (!told_.closed(erased.account)) say(event, "a person is erased who trades");
        const std::int32_t today = session_day(told_.calendar(), event.recorded_at_ns);
        for (const auto& [id, order] : told_.orders()) {
            if (order.intended.follower != erased.account) continue;
            const bool works = order.life == ToldOrder::Life::works && order.day == today;
            const bool waits = order.life == ToldOrder::Life::waits || !order.changes.empty();
            if (works || waits) say(event, "a person is erased whose orders are not done");
        }
        for (const auto& [id, order] : told_.master_orders()) {
            const bool works = order.told_new && !order.dead && order.cum_qty < order.least;
            if (std::get<0>(order.position) != erased.account || order.day != today) continue;
            if (works) say(event, "a master is erased whose orders are not done");
        }
    }

    struct Intended {
        std::int64_t at_ns = 0;
        bool cancel = false;
    };

    const Evidence& evidence_;
    Findings& findings_;
    ToldLedger told_;
    std::map<EventId, Intended> intended_;
    std::set<EventId> markets_;  // master orders that were one at some time
};

}  // namespace

void only_what_may_be_is_sent(const Evidence& evidence, Findings& findings) {
    SendingWalk{evidence, findings}.run();
}

}  // namespace simulation
