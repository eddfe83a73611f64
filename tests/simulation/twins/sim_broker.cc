#include "tests/simulation/twins/sim_broker.h"

#include "ledger/replication/order_status.h"
#include "tests/simulation/twins/sim_vault.h"

#include <algorithm>
#include <array>
#include <utility>

namespace simulation {

using executors::Accepted;
using executors::BookRow;
using executors::Outcome;
using executors::Refused;
using ledger::OrdStatus;
using ledger::replication::is_working;

namespace {

constexpr std::int64_t first_order_number = 1'000'001;
constexpr std::int64_t market_price = 1'000'000;

Refused refusal(std::string code, std::string text) {
    return {.code = std::move(code), .text = std::move(text)};
}

std::string_view verb_of(const executors::OrderRequest& request) {
    constexpr std::array<std::string_view, 3> verbs{"PLACE", "MODIFY", "CANCEL"};
    return verbs.at(request.index());
}

const ledger::ClOrdId& reference_of(const executors::OrderRequest& request) {
    return std::visit([](const auto& r) -> const ledger::ClOrdId& { return r.cl_ord_id; }, request);
}

}  // namespace

SimBroker::SimBroker(BrokerTraits traits, WorldTime& time, BrokerFaults faults, Trace& trace)
    : traits_(std::move(traits)),
      time_(time),
      dice_(traits_.seed, 'b'),
      faults_(faults),
      trace_(trace) {}

std::int64_t SimBroker::clock_ns() const {
    constexpr std::int64_t epoch_ns = 1'700'000'000 * ns_per_second;
    const std::int64_t now_ns = epoch_ns + time_.now_ns();
    return now_ns - now_ns % traits_.clock_step_ns;
}

std::uint64_t SimBroker::log_in(const executors::BrokerAccount& account) {
    const auto secret = account.credentials.find(std::string{secret_name});
    const bool right = secret != account.credentials.end() &&
                       secret->second == secret_of(account.code, secret_changes_[account.account]);
    if (!right || dice_.chance(faults_.login_fails)) return 0;
    return ++sessions_[account.account];
}

std::uint32_t SimBroker::change_secret(std::uint64_t account) {
    ++sessions_[account];
    return ++secret_changes_[account];
}

bool SimBroker::has_session(Caller caller) {
    std::uint64_t& current = sessions_[caller.account];
    if (dice_.chance(faults_.session_ends)) ++current;
    return caller.session != 0 && caller.session == current;
}

std::shared_ptr<const Call> SimBroker::send(Caller caller, const executors::OrderRequest& request) {
    auto call = std::make_shared<Call>();
    call->account = caller.account;
    call->request = request;
    if (!has_session(caller)) {
        call->answer =
            Refused{.code = std::string{session_ended}, .text = "log in", .retryable = true};
        call->answer_after_ns = answer_delay_ns();
        return call;
    }
    if (dice_.chance(faults_.not_sent)) {
        call->answer = Refused{.code = "NOT_SENT", .text = "no connection", .retryable = true};
        call->answer_after_ns = answer_delay_ns();
        return call;
    }
    if (dice_.chance(faults_.request_lost)) return call;
    const bool places = std::holds_alternative<executors::PlaceRequest>(request);
    const std::int64_t arrives_ns_max =
        places ? lateness::order_arrives_ns : lateness::change_arrives_ns;
    const std::int64_t there_ns =
        dice_.chance(faults_.slow) ? dice_.between(1, arrives_ns_max) : answer_delay_ns();
    const std::int64_t answered_ns = there_ns + answer_delay_ns();
    const bool answered = !dice_.chance(faults_.answer_lost) && answered_ns < lateness::timeout_ns;
    // A cut connection or an unreadable answer is known at once, a timeout late.
    if (answered || dice_.chance(500)) {
        call->answer_after_ns = std::min(answered_ns, lateness::timeout_ns);
    }
    under_way_.push_back(call);
    time_.after(there_ns, [this, call, answered] { arrive(call, answered); });
    return call;
}

void SimBroker::arrive(const std::shared_ptr<Call>& call, bool answered) {
    std::erase(under_way_, call);
    if (call->cut) return;
    call->arrived = true;
    const auto outcome = [&]() -> Outcome {
        if (dice_.chance(faults_.throttled)) {
            return Refused{.code = "THROTTLED", .text = "too many requests", .retryable = true};
        }
        if (dice_.chance(faults_.refused)) return refusal("REFUSED", "margin");
        return std::visit([&](const auto& request) { return take(call->account, request); },
                          call->request);
    }();
    trace_.say(time_.now_ns(), "{}: {} {} of account {}: {}{}", traits_.name,
               verb_of(call->request), reference_of(call->request).view(), call->account,
               std::holds_alternative<Accepted>(outcome)
                   ? "accepted as " + std::get<Accepted>(outcome).broker_order_id
                   : "refused, " + std::get<Refused>(outcome).code,
               answered ? "" : ", and the answer is lost");
    if (answered) call->answer = outcome;
}

bool SimBroker::used(std::string_view reference) const {
    return std::ranges::any_of(orders_, [&](const BrokerOrder& order) {
        return order.request.cl_ord_id.view() == reference;
    });
}

std::string SimBroker::shown_reference(const ledger::ClOrdId& reference) {
    if (!traits_.shows_references) return {};
    const std::string whole{reference.view()};
    if (!dice_.chance(faults_.reference_cut)) return whole;
    return whole.substr(0, dice_.chance(500) ? 0 : 15);
}

Outcome SimBroker::take(std::uint64_t account, const executors::PlaceRequest& request) {
    if (traits_.refuses_repeated_reference && used(request.cl_ord_id.view())) {
        return refusal("REPEATED", "this reference was used before");
    }
    BrokerOrder& order = orders_.emplace_back();
    order.account = account;
    order.request = request;
    BookRow& row = order.row;
    row.client_reference = shown_reference(request.cl_ord_id);
    row.broker_order_id =
        std::to_string(first_order_number + static_cast<std::int64_t>(orders_.size()));
    row.segment = request.instrument.segment;
    row.token = request.instrument.token;
    row.terms = request.terms;
    row.status = dice_.chance(200) ? OrdStatus::pending_new : OrdStatus::new_;
    row.updated_at_ns = clock_ns();
    order.earlier_row = row;
    order.visible_at_ns = time_.now_ns();
    if (dice_.chance(faults_.shown_late)) {
        order.visible_at_ns += dice_.between(1, lateness::shown_ns);
    }
    live(order);
    return Accepted{row.broker_order_id};
}

void SimBroker::live(BrokerOrder& order) {
    time_.after(dice_.between(1, 300) * ns_per_ms, [this, &order] {
        if (order.row.status != OrdStatus::pending_new) return;
        BookRow row = order.row;
        row.status = OrdStatus::new_;
        change(order, row, "works");
    });
    if (dice_.chance(faults_.refused_later)) {
        time_.after(dice_.between(1, 2'000) * ns_per_ms, [this, &order] {
            const bool works =
                order.row.status == OrdStatus::pending_new || order.row.status == OrdStatus::new_;
            if (!works) return;
            BookRow row = order.row;
            row.status = OrdStatus::rejected;
            row.text = "risk check";
            change(order, row, "rejected after all");
        });
    }
    if (dice_.chance(faults_.ended_by_exchange)) {
        time_.after(dice_.between(1, 20'000) * ns_per_ms, [this, &order] {
            if (!is_working(order.row.status)) return;
            BookRow row = order.row;
            row.status = OrdStatus::expired;
            change(order, row, "ended by the exchange");
        });
    }
    if (fills_all_) {
        fill_soon(order);
    } else if (traits_.fills) {
        plan_fills(order);
    }
}

void SimBroker::fill_soon(BrokerOrder& order) {
    time_.after(dice_.between(1, 50) * ns_per_ms, [this, &order] {
        const bool works =
            is_working(order.row.status) || order.row.status == OrdStatus::pending_new;
        if (works) fill(order, order.row.terms.quantity.value() - order.row.cum_qty.value());
    });
}

void SimBroker::fill_all() {
    fills_all_ = true;
    for (BrokerOrder& order : orders_) {
        if (!ledger::replication::is_terminal(order.row.status)) fill_soon(order);
    }
}

void SimBroker::plan_fills(BrokerOrder& order) {
    const bool market = !has_limit_price(order.request.terms.type);
    if (!market && dice_.chance(400)) return;
    const std::int64_t slowest_ms = market ? 500 : 10'000;
    for (std::int64_t parts = dice_.between(1, 3); parts > 0; --parts) {
        const bool rest = parts == 1 && dice_.chance(800);
        const std::int64_t share = dice_.between(1, order.row.terms.quantity.value());
        time_.after(dice_.between(1, slowest_ms) * ns_per_ms, [this, &order, rest, share] {
            if (calm_ || !is_working(order.row.status)) return;
            const std::int64_t left = order.row.terms.quantity.value() - order.row.cum_qty.value();
            fill(order, rest ? left : std::min(left, share));
        });
    }
}

void SimBroker::fill(BrokerOrder& order, std::int64_t quantity) {
    if (quantity <= 0) return;
    BookRow row = order.row;
    const std::int64_t own = row.terms.price.value();
    const std::int64_t price =
        own == 0 ? market_price + 500 * dice_.between(-20, 20) : own - dice_.between(0, 3);
    order.value += price * quantity;
    row.cum_qty = row.cum_qty + ledger::Quantity{quantity};
    row.avg_px = ledger::Price{order.value / row.cum_qty.value()};
    if (row.cum_qty >= row.terms.quantity) {
        row.status = OrdStatus::filled;
    } else if (is_working(row.status)) {
        row.status = OrdStatus::partially_filled;
    }
    change(order, row, "filled");
}

void SimBroker::change(BrokerOrder& order, const BookRow& to, std::string_view what) {
    order.earlier_row = order.row;
    order.changed_at_ns = time_.now_ns();
    order.row = to;
    order.row.status_text = std::string{to_text(to.status)};
    order.row.updated_at_ns = clock_ns();
    trace_.say(time_.now_ns(), "{}: order {} {}: {} of {}, {}", traits_.name, to.broker_order_id,
               what, to.cum_qty.value(), to.terms.quantity.value(), order.row.status_text);
}

BrokerOrder* SimBroker::find_working(std::uint64_t account, std::string_view broker_order_id) {
    for (BrokerOrder& order : orders_) {
        if (order.account != account || order.row.broker_order_id != broker_order_id) continue;
        const bool working =
            is_working(order.row.status) || order.row.status == OrdStatus::pending_new;
        return working ? &order : nullptr;
    }
    return nullptr;
}

Outcome SimBroker::take(std::uint64_t account, const executors::ModifyRequest& request) {
    BrokerOrder* order = find_working(account, request.broker_order_id);
    if (order == nullptr) return refusal("NOT_WORKING", "no such order is working");
    BookRow row = order->row;
    if (request.terms.quantity < row.cum_qty) return refusal("TOO_FEW", "more is filled already");
    row.terms = request.terms;
    if (row.cum_qty == row.terms.quantity) row.status = OrdStatus::filled;
    change(*order, row, "modified");
    if (fills_all_) fill_soon(*order);
    return Accepted{row.broker_order_id};
}

Outcome SimBroker::take(std::uint64_t account, const executors::CancelRequest& request) {
    BrokerOrder* order = find_working(account, request.broker_order_id);
    if (order == nullptr) return refusal("NOT_WORKING", "no such order is working");
    BookRow row = order->row;
    row.status = OrdStatus::canceled;
    change(*order, row, "canceled");
    if (dice_.chance(faults_.filled_late)) {
        time_.after(dice_.between(1, lateness::filled_late_ns), [this, order] {
            const std::int64_t left =
                order->row.terms.quantity.value() - order->row.cum_qty.value();
            if (left > 0) fill(*order, dice_.between(1, left));
        });
    }
    return Accepted{row.broker_order_id};
}

executors::Book SimBroker::book(Caller caller) {
    if (!has_session(caller)) return executors::BookUnread{std::string{session_ended}};
    if (dice_.chance(faults_.book_unread)) return executors::BookUnread{"the broker is busy"};
    executors::BookRead book;
    for (const BrokerOrder& order : orders_) {
        if (order.account != caller.account || time_.now_ns() < order.visible_at_ns) continue;
        const bool fresh = time_.now_ns() - order.changed_at_ns < lateness::stale_ns;
        const bool stale = fresh && dice_.chance(faults_.shown_stale);
        book.rows.push_back(stale ? order.earlier_row : order.row);
        if (dice_.chance(faults_.shown_twice)) book.rows.push_back(order.row);
    }
    if (dice_.chance(faults_.shown_unordered)) dice_.shuffle(book.rows);
    return book;
}

void SimBroker::cut_calls() {
    for (const auto& call : under_way_) call->cut = dice_.chance(300);
}

bool SimBroker::all_arrived(const ledger::ClOrdId& reference) const {
    return std::ranges::none_of(under_way_, [&](const auto& call) {
        return !call->cut && reference_of(call->request) == reference;
    });
}

}  // namespace simulation
