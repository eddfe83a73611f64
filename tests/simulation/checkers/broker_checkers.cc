// What the brokers' own records show beside the log.
#include "ledger/replication/order_status.h"
#include "tests/simulation/checkers/evidence.h"

#include <array>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::ClOrdId;
using ledger::Event;
using ledger::EventId;
using ledger::OrdStatus;

namespace {

template <class Visit>
void for_each_order(const Evidence& evidence, Visit visit) {
    for (const SimBroker& broker : evidence.brokers) {
        for (const BrokerOrder& order : broker.orders()) visit(broker, order);
    }
}

// What the log intends, by the reference it bears at the broker.
struct Intended {
    std::uint64_t sequence = 0;
    const ledger::FollowerOrderIntended* order = nullptr;
};

std::map<ClOrdId, Intended> intents(const std::vector<Event>& log) {
    std::map<ClOrdId, Intended> found;
    for (const Event& event : log) {
        const auto* order = std::get_if<ledger::FollowerOrderIntended>(&event.payload);
        if (order != nullptr) {
            found.emplace(ledger::cl_ord_id_of(event.id), Intended{event.sequence, order});
        }
    }
    return found;
}

bool is_live(OrdStatus status) {
    return status == OrdStatus::pending_new || ledger::replication::is_working(status);
}

}  // namespace

void i1_no_double_trade(const Evidence& evidence, Findings& findings) {
    const auto known = intents(evidence.log);
    std::map<ClOrdId, std::size_t> taken;
    std::map<std::tuple<EventId, AccountNumber, std::uint32_t>, std::size_t> live;
    for_each_order(evidence, [&](const SimBroker& broker, const BrokerOrder& order) {
        // One that the broker took and then rejected trades nothing.
        if (order.row.status == OrdStatus::rejected) return;
        const ClOrdId& reference = order.request.cl_ord_id;
        if (++taken[reference] == 2) {
            findings.push_back(fmt::format("I1: {} has taken two orders under {}",
                                           broker.traits().name, reference.view()));
        }
        const auto intent = known.find(reference);
        if (intent == known.end() || !is_live(order.row.status)) return;
        const auto& copy = *intent->second.order;
        if (++live[{copy.master_order, copy.follower, copy.slice}] == 2) {
            findings.push_back(fmt::format(
                "I1: account {} has two live orders for one master order", order.account));
        }
    });
}

void i2_no_orphan(const Evidence& evidence, Findings& findings) {
    const auto known = intents(evidence.log);
    std::set<EventId> masters;
    for (const auto& order : evidence.view.state().master_orders) masters.insert(order.id);
    std::set<std::string> numbers;
    for_each_order(evidence, [&](const SimBroker& broker, const BrokerOrder& order) {
        numbers.insert(broker.traits().name + order.row.broker_order_id);
        const auto intent = known.find(order.request.cl_ord_id);
        if (intent == known.end()) {
            findings.push_back(fmt::format("I2: {}'s order {} is a copy of nothing",
                                           broker.traits().name, order.row.broker_order_id));
        } else if (!masters.contains(intent->second.order->master_order) ||
                   intent->second.order->follower.value() != order.account) {
            findings.push_back(fmt::format("I2: {}'s order {} is not where it belongs",
                                           broker.traits().name, order.row.broker_order_id));
        }
    });
    const auto& state = evidence.view.state();
    for (const auto& order : state.follower_orders) {
        if (order.broker_order_id.empty()) continue;
        const auto& broker = state.account(order.follower)->identity.broker;
        if (!numbers.contains(broker + order.broker_order_id)) {
            findings.push_back(fmt::format("I2: the ledger knows an order {} that {} does not",
                                           order.broker_order_id, broker));
        }
    }
}

void attempts_are_durable_before_they_are_sent(const Evidence& evidence, Findings& findings) {
    std::map<std::pair<ClOrdId, ledger::IntentKind>, std::vector<std::uint64_t>> started;
    for (const Event& event : evidence.log) {
        const auto* attempt = std::get_if<ledger::AttemptStarted>(&event.payload);
        if (attempt == nullptr) continue;
        started[{ledger::cl_ord_id_of(attempt->ref.order), attempt->kind}].push_back(
            event.sequence);
    }
    std::map<std::pair<ClOrdId, ledger::IntentKind>, std::size_t> sent;
    for (const Sent& request : evidence.record.sent) {
        const auto key = std::pair{request.cl_ord_id, request.kind};
        const std::size_t number = sent[key]++;
        const auto& attempts = started[key];
        if (number < attempts.size() && attempts[number] <= request.durable) continue;
        findings.push_back(
            fmt::format("I1: {} {} was sent a {}. time without an attempt in the log",
                        to_text(request.kind), request.cl_ord_id.view(), number + 1));
    }
}

void i11_no_fill_is_invented(const Evidence& evidence, Findings& findings) {
    std::map<ClOrdId, std::int64_t> filled;
    for_each_order(evidence, [&](const SimBroker&, const BrokerOrder& order) {
        filled[order.request.cl_ord_id] += order.row.cum_qty.value();
    });
    for (const auto& order : evidence.view.state().follower_orders) {
        const std::int64_t true_quantity = filled[ledger::cl_ord_id_of(order.id)];
        if (order.cum_qty.value() <= true_quantity) continue;
        findings.push_back(
            fmt::format("I11: order {} is filled {} in the ledger and {} at the broker",
                        order.broker_order_id, order.cum_qty.value(), true_quantity));
    }
}

}  // namespace simulation
