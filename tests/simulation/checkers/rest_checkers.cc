// What must hold once nothing is under way any more.
#include "ledger/replication/order_status.h"
#include "tests/simulation/checkers/evidence.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace simulation {

using ledger::ClOrdId;
using ledger::Event;
using ledger::EventId;
using ledger::MasterEventType;
using ledger::OrdStatus;
using ledger::replication::is_terminal;

namespace {

struct Holding {
    std::int64_t bought = 0;
    std::int64_t sold = 0;

    friend bool operator==(const Holding&, const Holding&) = default;
};

using HoldingKey = std::tuple<std::uint32_t, std::string, ledger::Product>;
using Holdings = std::map<HoldingKey, Holding>;

void add(Holdings& holdings, const HoldingKey& key, ledger::Side side, std::int64_t quantity) {
    if (quantity == 0) return;
    Holding& holding = holdings[key];
    (side == ledger::Side::buy ? holding.bought : holding.sold) += quantity;
}

Holdings true_holdings(const Evidence& evidence) {
    Holdings holdings;
    for (const SimBroker& broker : evidence.brokers) {
        for (const BrokerOrder& order : broker.orders()) {
            const auto account = static_cast<std::uint32_t>(order.account);
            add(holdings, {account, order.row.token, order.row.terms.product}, order.row.terms.side,
                order.row.cum_qty.value());
        }
    }
    for (const Story& story : evidence.stories) {
        add(holdings, {story.master.value(), story.instrument.token, story.terms.product},
            story.terms.side, told_fills(evidence, story));
    }
    return holdings;
}

Holdings ledger_holdings(const Evidence& evidence) {
    Holdings holdings;
    const auto& state = evidence.view.state();
    for (const auto& row : evidence.view.positions().rows()) {
        const auto& token = state.instruments[row.key.instrument].instrument.token;
        Holding& holding = holdings[{row.key.account.value(), token, row.key.product}];
        holding = {row.bought.value(), row.sold.value()};
    }
    return holdings;
}

std::map<ClOrdId, const BrokerOrder*> orders_at_brokers(const Evidence& evidence) {
    std::map<ClOrdId, const BrokerOrder*> orders;
    for (const SimBroker& broker : evidence.brokers) {
        for (const BrokerOrder& order : broker.orders()) {
            const BrokerOrder*& known = orders[order.request.cl_ord_id];
            const bool better = known == nullptr || known->row.status == OrdStatus::rejected;
            if (better) known = &order;
        }
    }
    return orders;
}

// How the ledger's word on an order differs from its broker's, or empty.
std::string difference(const ledger::replication::FollowerOrder& order, const BrokerOrder* taken) {
    if (is_pending(order)) return "still waits for something";
    if (taken == nullptr) {
        const bool gone = is_terminal(order.status) && order.status != OrdStatus::filled;
        return gone ? "" : "is not at the broker";
    }
    const auto& row = taken->row;
    if (order.broker_order_id.empty()) {
        return row.status == OrdStatus::rejected ? ""
                                                 : "is at the broker as " + row.broker_order_id;
    }
    const OrdStatus status = row.status == OrdStatus::pending_new ? OrdStatus::new_ : row.status;
    if (order.status != status) return "is at the broker " + std::string{to_text(status)};
    if (order.cum_qty != row.cum_qty) {
        return fmt::format("is filled {} and at the broker {}", order.cum_qty.value(),
                           row.cum_qty.value());
    }
    const bool same = order.terms.quantity == row.terms.quantity &&
                      order.terms.price == row.terms.price && order.terms.side == row.terms.side;
    if (is_terminal(status) || same) return "";
    return fmt::format("is for {} at {} and at the broker for {} at {}",
                       order.terms.quantity.value(), order.terms.price.value(),
                       row.terms.quantity.value(), row.terms.price.value());
}

}  // namespace

std::int64_t told_fills(const Evidence& evidence, const Story& story) {
    std::int64_t quantity = 0;
    for (const auto& chapter : story.chapters) {
        if (!evidence.requests[chapter.request].taken) continue;
        quantity = std::max(quantity, chapter.truth.cum_qty.value());
    }
    return quantity;
}

void rest_the_ledger_and_the_brokers_agree(const Evidence& evidence, Findings& findings) {
    const auto taken = orders_at_brokers(evidence);
    for (const auto& order : evidence.view.state().follower_orders) {
        const auto found = taken.find(ledger::cl_ord_id_of(order.id));
        const std::string what = difference(order, found == taken.end() ? nullptr : found->second);
        if (what.empty()) continue;
        findings.push_back(fmt::format("rest: order {} {} of account {}, {} in the ledger, {}",
                                       order.broker_order_id, ledger::cl_ord_id_of(order.id).view(),
                                       order.follower.value(), to_text(order.status), what));
    }
}

void i7_master_orders_stand_as_last_told(const Evidence& evidence, Findings& findings) {
    const auto& state = evidence.view.state();
    for (const Story& story : evidence.stories) {
        const ledger::OrderTerms* terms = nullptr;
        bool ended = false;
        for (const auto& chapter : story.chapters) {
            if (!evidence.requests[chapter.request].taken) continue;
            const auto& truth = chapter.truth;
            if (ledger::replication::bears_terms(truth.type)) terms = &truth.terms;
            ended |= truth.type == MasterEventType::canceled;
            ended |= truth.type == MasterEventType::rejected;
        }
        const auto* order = state.master_orders.find(story.id());
        if (order == nullptr) continue;
        if (terms != nullptr && order->terms != *terms) {
            findings.push_back(fmt::format("I7: master order {} does not have its latest terms",
                                           story.broker_order_id));
        }
        if (order->dead() != ended || order->cum_qty.value() != told_fills(evidence, story)) {
            findings.push_back(fmt::format("I7: master order {} does not stand as its broker said",
                                           story.broker_order_id));
        }
    }
}

void i11_positions_are_the_sum_of_fills(const Evidence& evidence, Findings& findings) {
    const Holdings at_brokers = true_holdings(evidence);
    const Holdings in_ledger = ledger_holdings(evidence);
    Holdings all = at_brokers;
    all.insert(in_ledger.begin(), in_ledger.end());
    for (const auto& [key, ignored] : all) {
        const auto there = at_brokers.find(key);
        const auto here = in_ledger.find(key);
        const Holding real = there == at_brokers.end() ? Holding{} : there->second;
        const Holding kept = here == in_ledger.end() ? Holding{} : here->second;
        if (real == kept) continue;
        findings.push_back(fmt::format(
            "I11: account {} bought {} and sold {} of {} and the ledger has {} and {}",
            std::get<0>(key), real.bought, real.sold, std::get<1>(key), kept.bought, kept.sold));
    }
}

void check_now(const Evidence& evidence, Findings& findings) {
    constexpr std::array checkers{
        i1_no_double_trade,
        i2_no_orphan,
        i3_changes_make_no_orders,
        i4_what_was_told_is_in_the_log,
        completeness_each_follower_has_one_outcome,
        i6_one_request_has_one_answer,
        i11_no_fill_is_invented,
        i15_nothing_follows_a_failed_write,
        time_never_runs_backwards,
        i6_one_fact_is_one_event,
        chains_hold,
        sources_times_are_kept,
        what_must_be_refused_is,
        attempts_are_durable_before_they_are_sent,
    };
    for (const auto checker : checkers) checker(evidence, findings);
}

void check_at_rest(const Evidence& evidence, Findings& findings) {
    check_now(evidence, findings);
    constexpr std::array checkers{
        rest_the_ledger_and_the_brokers_agree,
        rest_what_has_ended_does_not_work,
        rest_what_was_closed_is_not_held,
        i7_master_orders_stand_as_last_told,
        i11_positions_are_the_sum_of_fills,
        i11_positions_are_worth_what_was_paid,
        i8_no_order_is_above_its_limits,
        i8_what_is_refused_is_above_its_limits,
        i9_reductions_pass,
        copies_are_what_their_links_say,
        changes_are_what_they_may_be,
        only_what_may_be_is_sent,
        what_was_asked_holds,
        views_count_what_is_in_the_log,
        i13_what_was_published_is_the_log,
        i14_no_secret_is_told,
    };
    for (const auto checker : checkers) checker(evidence, findings);
}

void check_flat(const Evidence& evidence, Findings& findings) {
    check_at_rest(evidence, findings);
    i10_flat_means_flat(evidence, findings);
}

}  // namespace simulation
