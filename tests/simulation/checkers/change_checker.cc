// What a decision may make of an order: nothing of one that has ended or was there before its link,
// only what can be changed of one that works, of a reduction the follower's part and no less, and
// of an open position what is lacking.
#include "ledger/base/int128.h"
#include "ledger/model/calendar.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::EventId;
using ledger::OrderPurpose;
using ledger::Quantity;

namespace {

class ChangeWalk {
  public:
    ChangeWalk(const std::vector<Event>& log, Findings& findings)
        : log_(log), findings_(findings) {}

    void run() {
        for (const Event& event : log_) {
            judge(event);
            take(event);
            told_.apply(event);
            if (const auto* e = std::get_if<ledger::LinkSet>(&event.payload)) join(event, *e);
            if (const auto* e = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
                reduce(event, *e);
            }
        }
    }

  private:
    void say(const Event& event, std::string_view what) {
        findings_.push_back(fmt::format("change: sequence {}: {}", event.sequence, what));
    }

    void take(const Event& event) {
        if (const auto* e = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
            using enum ledger::MasterEventType;
            const EventId id = told_.id_of(*e);
            first_.emplace(id, event.sequence);
            cause_ = event.id;
            cause_type_ = e->type;
            if (e->type == canceled || e->type == rejected) ended_.insert(id);
        }
        if (const auto* e = std::get_if<ledger::ExitRequested>(&event.payload)) {
            ended_.insert(e->master_order);
        }
        if (const auto* e = std::get_if<ledger::LinkSet>(&event.payload)) {
            const ToldPlace link{e->master, e->follower};
            if (!e->terms.active) joined_.erase(link);
            if (e->terms.active) joined_.emplace(link, event.sequence);
        }
        if (const auto* e = std::get_if<ledger::LinkRemoved>(&event.payload)) {
            joined_.erase({e->master, e->follower});
        }
        if (const auto* e = std::get_if<ledger::InstrumentDefined>(&event.payload)) {
            lots_[e->instrument.token] = e->rules.lot_size.value();
        }
    }

    void judge(const Event& event) {
        if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&event.payload)) {
            if (event.causation == cause_ && !fits(e->action)) say(event, "a skip of another act");
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&event.payload)) {
            open(event.id, *e);
            if (e->purpose == OrderPurpose::flatten) flatten(event, *e);
            if (e->purpose != OrderPurpose::copy) return;
            if (ended_.contains(e->master_order)) say(event, "a copy of what has ended");
            const auto joined = joined_.find({e->master, e->follower});
            const bool before =
                joined != joined_.end() && first_.at(e->master_order) < joined->second;
            if (before) say(event, "a copy of what was there before the link");
        }
        if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&event.payload)) {
            change(event, e->order, e->terms);
        }
        if (const auto* e = std::get_if<ledger::UnsentOrderAmended>(&event.payload)) {
            change(event, e->order, e->terms);
        }
    }

    // A NEW that is told again is a modify.
    [[nodiscard]] bool fits(ledger::IntentKind action) const {
        using enum ledger::MasterEventType;
        using ledger::IntentKind;
        if (cause_type_ == modified) return action == IntentKind::modify;
        if (cause_type_ == canceled || cause_type_ == rejected) return action == IntentKind::cancel;
        return cause_type_ != new_ || action != IntentKind::cancel;
    }

    // The orders of a position since there was nothing.
    void open(const EventId& id, const ledger::FollowerOrderIntended& intended) {
        const CopyKey copy{told_.master_order(intended.master_order)->position, intended.follower};
        std::vector<EventId>& orders = orders_[copy];
        if (told_.held(copy) == 0 && !told_.any_live(copy)) orders.clear();
        orders.push_back(id);
    }

    // Held against the master, and by no order that was to open it: nobody wants it.
    [[nodiscard]] std::int64_t carried_past_zero(const CopyKey& copy) const {
        const std::int64_t held = told_.held(copy);
        const std::int64_t master = told_.held(copy.first);
        if (held == 0 || master == 0 || (held > 0) == (master > 0)) return 0;
        const auto side = held > 0 ? ledger::Side::buy : ledger::Side::sell;
        std::int64_t over = std::abs(held);
        for (const EventId& id : orders_.at(copy)) {
            const ToldOrder* known = told_.order(id);
            if (known == nullptr) continue;  // the one that is judged
            const ToldOrder& order = *known;
            if (order.terms.side != side || order.cum_qty < order.reducing) continue;
            over -= (order.cum_qty - order.reducing).value();
        }
        return over;
    }

    // The master is back at nothing, and nothing of his works.
    void flatten(const Event& event, const ledger::FollowerOrderIntended& intended) {
        const HeldKey& key = told_.master_order(intended.master_order)->position;
        const std::int64_t over = carried_past_zero({key, intended.follower});
        if (intended.terms.quantity.value() <= over) return;
        if (told_.held(key) != 0) say(event, "what the master still holds is flattened");
        const std::int32_t today = session_day(told_.calendar(), event.recorded_at_ns);
        const bool works = std::ranges::any_of(told_.master_orders(), [&](const auto& entry) {
            const ToldMasterOrder& order = entry.second;
            return order.position == key && order.told_new && !order.dead && order.day == today &&
                   order.cum_qty < order.least;
        });
        if (works) say(event, "the master works on, and it is flattened");
    }

    void change(const Event& event, const EventId& id, const ledger::OrderTerms& terms) {
        const ToldOrder& order = *told_.order(id);
        const bool fixed = order.terms.product == terms.product && order.terms.side == terms.side;
        if (!fixed) say(event, "a modify of what cannot be changed");
        if (terms.quantity < order.cum_qty) say(event, "a modify to less than has filled");
    }

    [[nodiscard]] std::int64_t lot_of(const std::string& token) const {
        const auto found = lots_.find(token);
        return found == lots_.end() ? 1 : found->second;
    }

    template <class Visit>
    void for_each_consequence(const Event& cause, const Visit& visit) const {
        for (std::size_t at = cause.sequence; at < log_.size(); ++at) {
            if (log_[at].causation != cause.id) break;
            visit(log_[at]);
        }
    }

    // ---- a link that begins

    void join(const Event& event, const ledger::LinkSet& set) {
        const auto joined = joined_.find({set.master, set.follower});
        const bool begins = joined != joined_.end() && joined->second == event.sequence;
        const bool takes_up = begins && set.terms.on_join == ledger::JoinPolicy::open_positions;
        std::map<HeldKey, std::int64_t> taken;
        for_each_consequence(event, [&](const Event& next) {
            if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&next.payload)) {
                taken[told_.master_order(e->master_order)->position];
            }
            const auto* e = std::get_if<ledger::FollowerOrderIntended>(&next.payload);
            if (e == nullptr || e->purpose != OrderPurpose::join) return;
            if (!takes_up) say(next, "what is open is taken up, and nobody wants it");
            taken[told_.master_order(e->master_order)->position] += e->terms.quantity.value();
        });
        if (!takes_up) return;
        for (const auto& [key, held] : told_.all_held_by_masters()) {
            if (std::get<0>(key) != set.master || held == 0) continue;
            const auto found = taken.find(key);
            if (found == taken.end()) {
                say(event, "an open position is passed over");
            } else if (set.terms.strategy == ledger::CopyStrategy::fixed_ratio) {
                check_share(event, set, {key, set.follower}, found->second);
            }
        }
    }

    void check_share(const Event& event, const ledger::LinkSet& set, const CopyKey& key,
                     std::int64_t taken) {
        const std::int64_t lot = lot_of(std::get<1>(key.first));
        const auto share =
            static_cast<std::int64_t>(ledger::Int128{std::abs(told_.held(key.first))} *
                                      set.terms.ratio.numerator / set.terms.ratio.denominator);
        const bool lifted = share < lot && set.terms.round_up_to_min_lot;
        const std::int64_t most = lifted ? lot : share;
        if (taken > 0 && taken + std::abs(told_.held(key)) > most) {
            say(event, "more is taken up than the share of it");
        }
    }

    // ---- an order that reduces, where nothing else of the master's or the follower's is under way

    void reduce(const Event& cause, const ledger::MasterOrderReported& report) {
        const EventId id = told_.id_of(report);
        if (report.type != ledger::MasterEventType::new_ || first_.at(id) != cause.sequence) return;
        const ToldMasterOrder& order = *told_.master_order(id);
        const std::int64_t net =
            told_.held(order.position) -
            (report.terms.side == ledger::Side::buy ? 1 : -1) * report.last_qty.value();
        const bool against = report.terms.side == ledger::Side::buy ? net < 0 : net > 0;
        if (!against || report.last_qty.value() > 0 || works_beside(order.position, id)) return;
        const std::int64_t left =
            std::max<std::int64_t>(std::abs(net) - report.terms.quantity.value(), 0);
        std::map<AccountNumber, std::int64_t> reducing;
        std::map<AccountNumber, ledger::SizingFigures> figures;
        for_each_consequence(cause, [&](const Event& next) {
            const auto* e = std::get_if<ledger::FollowerOrderIntended>(&next.payload);
            if (e == nullptr || e->figures.reducing.value() == 0) return;
            reducing[e->follower] += e->figures.reducing.value();
            figures[e->follower] = e->figures;
        });
        for (const auto& [follower, sum] : reducing) {
            const CopyKey key{order.position, follower};
            if (told_.any_live(key)) continue;
            if (sum != part_of(figures.at(follower), std::abs(told_.held(key)), left)) {
                say(cause, "a reduction is not the follower's part");
            }
        }
    }

    static std::int64_t part_of(const ledger::SizingFigures& figures, std::int64_t held,
                                std::int64_t left) {
        const std::int64_t whole = figures.master_position.value();
        const auto share =
            static_cast<std::int64_t>(ledger::Int128{figures.position.value()} * left / whole);
        const std::int64_t kept = share - share % figures.lot_size.value();
        return held - std::min(kept, held);
    }

    [[nodiscard]] bool works_beside(const HeldKey& key, const EventId& id) const {
        return std::ranges::any_of(told_.master_orders(), [&](const auto& entry) {
            const ToldMasterOrder& order = entry.second;
            return entry.first != id && order.position == key && !order.dead &&
                   order.cum_qty < order.most;
        });
    }

    const std::vector<Event>& log_;
    Findings& findings_;
    ToldLedger told_;
    EventId cause_;  // the latest report of a master's
    ledger::MasterEventType cause_type_ = ledger::MasterEventType::new_;
    std::map<EventId, std::uint64_t> first_;  // master orders, by their first report
    std::set<EventId> ended_;
    std::map<CopyKey, std::vector<EventId>> orders_;  // since there was nothing
    std::map<ToldPlace, std::uint64_t> joined_;       // links that copy, since when
    std::map<std::string, std::int64_t> lots_;        // by token
};

}  // namespace

void changes_are_what_they_may_be(const Evidence& evidence, Findings& findings) {
    ChangeWalk{evidence.log, findings}.run();
}

}  // namespace simulation
