#include "executors/report_poller.h"

#include "ledger/replication/order_blocks.h"
#include "ledger/replication/order_status.h"

#include <algorithm>
#include <utility>

namespace executors {

using ledger::EventId;
using ledger::OrdStatus;
using ledger::replication::is_terminal;
using ledger::replication::is_working;
using ledger::replication::may_fill_late;

namespace {

constexpr std::int64_t late_fills_ns = 86'400'000'000'000;  // a day

// The former process may not have had its last look. A book holds a day's orders.
bool ended_of_late(const ledger::replication::FollowerOrder& order, std::int64_t recorded_at_ns) {
    return may_fill_late(order.status) && recorded_at_ns - order.updated_at_ns < late_fills_ns;
}

}  // namespace

void ReportPoller::restore(const ledger::replication::State& state, std::int64_t now_ns) {
    const auto add = [&](const ledger::replication::FollowerOrder& order) {
        if (order.broker_order_id.empty()) return;
        const bool ended = ended_of_late(order, state.recorded_at_ns);
        if (!is_working(order.status) && !ended) return;
        watch(order.follower, order.id, order.broker_order_id);
        due_.set_no_later(order.follower, now_ns);
        if (!ended) return;
        Watched& watched = accounts_.at(order.follower).orders.at(order.id);
        watched.last_look_ns = now_ns + schedule_.late_fill_ns;
    };
    ledger::replication::visit_unsettled(state, state.recorded_at_ns - late_fills_ns, add);
}

void ReportPoller::apply(const ledger::Event& event, std::int64_t now_ns) {
    if (const auto* accepted = std::get_if<ledger::AttemptAccepted>(&event.payload)) {
        const ledger::AttemptRef& ref = accepted->ref;
        if (ref.intent == ref.order) watch(ref.follower, ref.order, accepted->broker_order_id);
        prompt(ref.order, now_ns);
    } else if (const auto* resolved = std::get_if<ledger::IntentResolved>(&event.payload)) {
        const ledger::AttemptRef& ref = resolved->ref;
        if (resolved->broker_order_id.empty()) return;
        if (ref.intent == ref.order) watch(ref.follower, ref.order, resolved->broker_order_id);
        prompt(ref.order, now_ns);
    } else if (const auto* report = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
        take_report(*report, now_ns);
    }
}

void ReportPoller::take_report(const ledger::FollowerOrderReported& report, std::int64_t now_ns) {
    if (is_working(report.status)) {
        watch(report.follower, report.order, report.broker_order_id);
        due_.set_no_later(report.follower, now_ns + schedule_.interval_ns);
        return;
    }
    const auto number = accounts_of_.find(report.order);
    if (number == accounts_of_.end() || !is_terminal(report.status)) return;
    if (!may_fill_late(report.status)) return unwatch(report.order);
    Watched& watched = accounts_.at(number->second).orders.at(report.order);
    if (!watched.last_look_ns) watched.last_look_ns = now_ns + schedule_.late_fill_ns;
}

void ReportPoller::watch(ledger::AccountNumber number, const EventId& order,
                         const std::string& broker_order_id) {
    if (!accounts_of_.emplace(order, number).second) return;
    Account& account = accounts_[number];
    account.orders[order].broker_order_id = broker_order_id;
    account.by_broker_order_id.emplace(broker_order_id, order);
    account.by_reference.emplace(ledger::cl_ord_id_of(order).view(), order);
}

void ReportPoller::unwatch(const EventId& order) {
    const auto number = accounts_of_.find(order);
    if (number == accounts_of_.end()) return;
    const auto account = accounts_.find(number->second);
    const auto watched = account->second.orders.find(order);
    account->second.by_broker_order_id.erase(watched->second.broker_order_id);
    account->second.by_reference.erase(std::string{ledger::cl_ord_id_of(order).view()});
    account->second.orders.erase(watched);
    if (account->second.orders.empty()) {
        due_.erase(number->second);
        accounts_.erase(account);
    }
    accounts_of_.erase(number);
}

void ReportPoller::prompt(const EventId& order, std::int64_t now_ns) {
    const auto number = accounts_of_.find(order);
    if (number == accounts_of_.end()) return;
    due_.set_no_later(number->second, now_ns + schedule_.prompt_ns);
}

// By the broker's id, or for another order under its reference by that; a refused one is no order.
const EventId* ReportPoller::order_of(const Account& account, const BookRow& row) {
    const auto own = account.by_broker_order_id.find(row.broker_order_id);
    if (own != account.by_broker_order_id.end()) return &own->second;
    if (row.status == OrdStatus::rejected) return nullptr;
    const auto other = account.by_reference.find(row.client_reference);
    return other == account.by_reference.end() ? nullptr : &other->second;
}

std::vector<ledger::ReportFollowerOrder> ReportPoller::on_book(ledger::AccountNumber number,
                                                               const BookLook& look) {
    const auto found = accounts_.find(number);
    if (found == accounts_.end()) return {};
    Account& account = found->second;
    const auto* book = std::get_if<BookRead>(&look.book);
    account.unread = book == nullptr ? account.unread + 1 : 0;
    schedule_next(number, account, look.now_ns);
    if (book == nullptr) return {};
    auto news = read_news(number, account, *book, look.now_ns);
    end_watches(account, look.started_ns);
    return news;
}

std::vector<ledger::ReportFollowerOrder> ReportPoller::read_news(ledger::AccountNumber number,
                                                                 Account& account,
                                                                 const BookRead& book,
                                                                 std::int64_t now_ns) const {
    std::vector<ledger::ReportFollowerOrder> news;
    for (const BookRow& row : book.rows) {
        const EventId* order = order_of(account, row);
        if (order == nullptr) continue;
        Watched& watched = account.orders.at(*order);
        const bool own = row.broker_order_id == watched.broker_order_id;
        // Ends the watch even where the core refuses the report.
        if (own && is_terminal(row.status) && !watched.last_look_ns) {
            watched.last_look_ns = now_ns + schedule_.late_fill_ns;
        }
        auto report = to_report(row, *order, number);
        auto& told = watched.told[row.broker_order_id];
        if (told == report) continue;
        told = report;
        news.push_back({std::move(report)});
    }
    return news;
}

void ReportPoller::end_watches(const Account& account, std::int64_t started_ns) {
    std::vector<EventId> ended;
    for (const auto& [order, watched] : account.orders) {
        if (watched.last_look_ns && *watched.last_look_ns <= started_ns) ended.push_back(order);
    }
    for (const EventId& order : ended) unwatch(order);
}

void ReportPoller::schedule_next(ledger::AccountNumber number, const Account& account,
                                 std::int64_t now_ns) {
    std::int64_t interval_ns = schedule_.interval_ns;
    for (std::uint32_t n = 0; n < account.unread && interval_ns < schedule_.interval_ns_max; ++n) {
        interval_ns = std::min(interval_ns * 2, schedule_.interval_ns_max);
    }
    std::int64_t next_ns = now_ns + interval_ns;
    const bool working = std::ranges::any_of(
        account.orders, [](const auto& entry) { return !entry.second.last_look_ns.has_value(); });
    if (!working && account.unread == 0) {
        for (const auto& [order, watched] : account.orders) {
            next_ns = std::max(next_ns, *watched.last_look_ns);
        }
    }
    due_.set(number, next_ns);
}

}  // namespace executors
