// What a copy must be: in whole lots, no greater than one order may be, of the size and in the
// terms that its link says. Held against the log's own words alone, where nothing else has a part
// in it.
#include "ledger/base/int128.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/signed_quantity.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::CopySides;
using ledger::CopyStrategy;
using ledger::Event;
using ledger::EventId;
using ledger::Int128;
using ledger::OrderTerms;
using ledger::OrderType;
using ledger::Quantity;
using ledger::SkipReason;

namespace {

struct ToldFunds {
    std::int64_t equity = 0;
    std::int64_t capital = 0;
    std::int64_t at_ns = 0;  // 0: never told
};

std::int64_t in_lots(std::int64_t quantity, const ledger::InstrumentRules& rules) {
    return quantity - quantity % rules.lot_size.value();
}

std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator) {
    if (denominator <= 0) return 0;
    return static_cast<std::int64_t>(Int128{value} * numerator / denominator);
}

OrderType typed(OrderType like, bool limited) {
    if (has_trigger(like)) return limited ? OrderType::stop_limit : OrderType::stop;
    return limited ? OrderType::limit : OrderType::market;
}

template <class Rules, class Value>
Value mapped(const Rules& rules, Value value) {
    for (const auto& rule : rules) {
        if (rule.from == value) return rule.to;
    }
    return value;
}

// One master's NEW, and what was decided for one follower.
struct NewCopy {
    const Event& cause;
    const ledger::MasterOrderReported& report;
    const ledger::LinkTerms& link;
    AccountNumber follower;
    bool held = false;  // something is open for the follower, or may come to be
    bool reduces = false;
    bool alone = false;  // the master holds nothing against it, and nothing of his is under way
    std::vector<const ledger::FollowerOrderIntended*> orders;
    const ledger::FollowerOrderSkipped* skip = nullptr;
};

OrderType type_of(const NewCopy& copy) {
    const OrderType own = copy.report.terms.type;
    if (copy.link.price_mode == ledger::PriceMode::market) return typed(own, false);
    if (copy.link.price_mode == ledger::PriceMode::marketable_limit) return typed(own, true);
    return typed(own, has_limit_price(mapped(copy.link.order_type_map, own)));
}

// On the side that lets it trade, and not far off.
bool is_protected(const OrderTerms& terms, std::int64_t from) {
    constexpr std::int64_t tick = 500;
    constexpr std::int64_t percent_most = 50;  // more may not be asked for
    const std::int64_t most = from * percent_most / 100 + tick;
    const std::int64_t away =
        terms.side == ledger::Side::buy ? terms.price.value() - from : from - terms.price.value();
    return away >= -tick && away <= most;
}

// How the terms of a copy are not what its link makes of the master's, or empty.
std::string_view against_terms(const NewCopy& copy, const ledger::FollowerOrderIntended& order) {
    OrderTerms wanted = copy.report.terms;
    const OrderTerms& own = copy.report.terms;
    const OrderTerms& terms = order.terms;
    if (copy.link.sides != CopySides::mirror) {
        wanted.product = mapped(copy.link.product_map, own.product);
        wanted.type = type_of(copy);
        const bool unpriced = wanted.type == OrderType::limit && own.type == OrderType::market &&
                              order.figures.mark.value() == 0;
        // What reduces goes all the same.
        if (unpriced) wanted.type = own.type;
        const bool made_up = has_limit_price(wanted.type) && !has_limit_price(own.type);
        const auto from = has_trigger(own.type) ? own.trigger : order.figures.mark;
        if (made_up && !is_protected(terms, from.value())) return "price";
        if (made_up) wanted.price = terms.price;
        if (!has_limit_price(wanted.type)) wanted.price = {};
    }
    // As the position was opened, whatever the map says today (the checker of I10 tells).
    if (copy.held) wanted.product = terms.product;
    wanted.quantity = terms.quantity;
    return wanted == terms ? "" : "terms";
}

class CopyWalk {
  public:
    CopyWalk(const Evidence& evidence, Findings& findings)
        : evidence_(evidence), log_(evidence.log), findings_(findings) {}

    void run() {
        for (const Event& event : log_) {
            take(event);
            told_.apply(event);
            const auto* report = std::get_if<ledger::MasterOrderReported>(&event.payload);
            if (report != nullptr) decide(event, *report);
        }
    }

  private:
    void say(const Event& event, AccountNumber follower, std::string_view what) {
        findings_.push_back(fmt::format("copy: sequence {}, for account {}: {}", event.sequence,
                                        follower.value(), what));
    }

    void take(const Event& event) {
        if (const auto* e = std::get_if<ledger::InstrumentDefined>(&event.payload)) {
            rules_[{e->instrument.segment, e->instrument.token}] = e->rules;
        }
        if (const auto* e = std::get_if<ledger::FundsReported>(&event.payload)) {
            const bool told = event.occurred_at_ns != event.recorded_at_ns;
            if (told && event.occurred_at_ns < funds_[e->account].at_ns) {
                say(event, e->account, "old funds take the place of later ones");
            }
            funds_[e->account] = {e->equity.value(), e->capital.value(), event.occurred_at_ns};
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&event.payload)) {
            const auto& of = told_.master_order(e->master_order)->instrument;
            const auto& rules = rules_of(of);
            const std::int64_t most = in_lots(rules.freeze_quantity.value(), rules);
            if (e->terms.quantity.value() <= 0) say(event, e->follower, "an order of nothing");
            if (most > 0 && e->terms.quantity.value() > most) {
                say(event, e->follower, "more than the exchange takes in one order");
            }
        }
    }

    [[nodiscard]] const ledger::InstrumentRules& rules_of(const ledger::Instrument& of) const {
        static const ledger::InstrumentRules none;
        const auto found = rules_.find({of.segment, of.token});
        return found == rules_.end() ? none : found->second;
    }

    [[nodiscard]] ToldFunds funds_of(AccountNumber account) const {
        const auto found = funds_.find(account);
        return found == funds_.end() ? ToldFunds{} : found->second;
    }

    void decide(const Event& cause, const ledger::MasterOrderReported& report) {
        const EventId id = told_.id_of(report);
        const bool first = seen_.insert(id).second;
        const HeldKey key = told_.master_order(id)->position;
        const bool alone = !any_against(key, report);
        note(id, key, report);
        if (!first || report.type != ledger::MasterEventType::new_) return;
        std::map<AccountNumber, std::vector<const Event*>> outcomes;
        for (std::size_t at = cause.sequence; at < log_.size(); ++at) {
            if (log_[at].causation != cause.id) break;
            const auto& payload = log_[at].payload;
            if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&payload)) {
                outcomes[e->follower].push_back(&log_[at]);
            }
            if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&payload)) {
                outcomes[e->follower].push_back(&log_[at]);
            }
        }
        for (const auto& [follower, events] : outcomes) {
            const auto* link = told_.link(report.account, follower);
            if (link == nullptr) continue;  // the checker of completeness tells
            NewCopy copy{
                .cause = cause,
                .report = report,
                .link = *link,
                .follower = follower,
                .held = told_.held({key, follower}) != 0 || told_.any_live({key, follower}),
                .alone = alone,
                .orders = {}};
            for (const Event* event : events) {
                const auto* order = std::get_if<ledger::FollowerOrderIntended>(&event->payload);
                if (order != nullptr) copy.orders.push_back(order);
                if (order != nullptr) copy.reduces |= order->figures.reducing.value() > 0;
                if (order == nullptr) {
                    copy.skip = &std::get<ledger::FollowerOrderSkipped>(event->payload);
                }
            }
            judge(copy);
        }
    }

    void judge(const NewCopy& copy) {
        std::int64_t opening = 0;
        bool limited = false;
        for (const auto* order : copy.orders) {
            opening += (order->terms.quantity - order->figures.reducing).value();
            limited |= order->figures.limit.has_value();
            const std::string_view what = against_terms(copy, *order);
            if (!what.empty()) say(copy.cause, copy.follower, what);
        }
        const auto& rules = rules_of(copy.report.instrument);
        if (opening % rules.lot_size.value() != 0) say(copy.cause, copy.follower, "broken lots");
        if (opening > 0) judge_basis(copy);
        const auto wanted = size_of(copy, rules);
        if (!wanted) return;
        if (opening > *wanted) say(copy.cause, copy.follower, "more than its share");
        const bool whole = copy.alone && !limited && !copy.reduces && !copy.orders.empty();
        if (whole && opening < *wanted) say(copy.cause, copy.follower, "less than its share");
        const bool too_small =
            copy.skip != nullptr && copy.alone && copy.skip->reason == SkipReason::below_min_lot;
        if (too_small && *wanted > 0)
            say(copy.cause, copy.follower, "a lot and more is too little");
    }

    // What an opening must not be based on.
    void judge_basis(const NewCopy& copy) {
        const auto& of = copy.report.instrument;
        using ledger::replication::UnknownInstrument;
        const auto policy = evidence_.policy.unknown_instrument;
        const bool cash = of.segment == ledger::Segment::nse_cash;
        const bool refused = !rules_.contains({of.segment, of.token}) &&
                             (policy == UnknownInstrument::refuse ||
                              (policy == UnknownInstrument::cash_only && !cash));
        if (refused) say(copy.cause, copy.follower, "an instrument that nobody has defined");
        if (!by_funds(copy)) return;
        std::int64_t at_ns = funds_of(copy.follower).at_ns;
        if (copy.link.strategy == CopyStrategy::equity_proportional) {
            at_ns = std::min(at_ns, funds_of(copy.report.account).at_ns);
        }
        const std::int64_t age_ns = copy.cause.recorded_at_ns - at_ns;
        if (at_ns == 0) say(copy.cause, copy.follower, "sized by funds that nobody told");
        if (at_ns != 0 && age_ns > evidence_.policy.max_equity_age_ns) {
            say(copy.cause, copy.follower, "sized by old funds");
        }
    }

    static bool by_funds(const NewCopy& copy) {
        return copy.link.strategy == CopyStrategy::percentage ||
               copy.link.strategy == CopyStrategy::equity_proportional;
    }

    // Where the whole order opens; nothing where that cannot be told from here.
    [[nodiscard]] std::optional<std::int64_t> size_of(const NewCopy& copy,
                                                      const ledger::InstrumentRules& rules) const {
        const auto raw = raw_size(copy);
        if (!raw) return std::nullopt;
        const std::int64_t size = in_lots(*raw, rules);
        return size == 0 && copy.link.round_up_to_min_lot ? rules.lot_size.value() : size;
    }

    [[nodiscard]] std::optional<std::int64_t> raw_size(const NewCopy& copy) const {
        const std::int64_t quantity = copy.report.terms.quantity.value();
        const ledger::LinkTerms& link = copy.link;
        const ToldFunds own = funds_of(copy.follower);
        switch (link.strategy) {
            case CopyStrategy::fixed_ratio:
                return scaled(quantity, link.ratio.numerator, link.ratio.denominator);
            case CopyStrategy::fixed_quantity:
                return link.fixed_quantity.value();
            case CopyStrategy::equity_proportional:
                return scaled(quantity, own.equity, funds_of(copy.report.account).equity);
            case CopyStrategy::percentage:
                break;
        }
        if (copy.orders.empty()) return std::nullopt;
        const OrderTerms& terms = copy.orders.front()->terms;
        std::int64_t worth = copy.orders.front()->figures.mark.value();
        if (has_trigger(terms.type)) worth = terms.trigger.value();
        if (has_limit_price(terms.type)) worth = terms.price.value();
        if (worth <= 0) return 0;
        return scaled(own.capital, link.percentage.numerator, 100 * link.percentage.denominator) /
               worth;
    }

    // ---- what else the master has

    struct Known {
        HeldKey position;
        ledger::Side side = ledger::Side::buy;
        std::int64_t most = 0;
        std::int64_t filled = 0;
        bool dead = false;
    };

    [[nodiscard]] bool any_against(const HeldKey& key,
                                   const ledger::MasterOrderReported& report) const {
        const ledger::Side side = report.terms.side;
        const std::int64_t held = told_.held(key) - with_sign(side, report.last_qty);
        if (side == ledger::Side::buy ? held < 0 : held > 0) return true;
        return std::ranges::any_of(known_, [&](const auto& entry) {
            const Known& order = entry.second;
            return order.position == key && order.side != side && !order.dead &&
                   order.filled < order.most;
        });
    }

    void note(const EventId& id, const HeldKey& key, const ledger::MasterOrderReported& report) {
        Known& order = known_[id];
        order.position = key;
        order.side = report.terms.side;
        order.most = std::max(order.most, report.terms.quantity.value());
        order.filled = std::max(order.filled, report.cum_qty.value());
        order.dead |= report.type == ledger::MasterEventType::canceled ||
                      report.type == ledger::MasterEventType::rejected;
    }

    const Evidence& evidence_;
    const std::vector<Event>& log_;
    Findings& findings_;
    ToldLedger told_;
    std::map<std::pair<ledger::Segment, std::string>, ledger::InstrumentRules> rules_;
    std::map<AccountNumber, ToldFunds> funds_;
    std::map<EventId, Known> known_;
    std::set<EventId> seen_;
};

}  // namespace

void copies_are_what_their_links_say(const Evidence& evidence, Findings& findings) {
    CopyWalk{evidence, findings}.run();
}

}  // namespace simulation
