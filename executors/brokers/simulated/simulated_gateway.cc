#include "executors/brokers/simulated/simulated_gateway.h"

#include "ledger/text/decimal.h"

#include <utility>

namespace executors {

namespace asio = boost::asio;
using ledger::OrdStatus;

namespace {

// So that ids look like a broker's, and never like a position in a list.
constexpr std::int64_t first_broker_order_id = 10'000'001;

Refused refusal(std::string code, std::string text) {
    return Refused{.code = std::move(code), .text = std::move(text)};
}

// What the caller is told of an order request whose effect, if any, is `effect()`.
template <class Effect>
Outcome told(SimulatedConduct conduct, Effect effect) {
    switch (conduct) {
        case SimulatedConduct::accept:
            return effect();
        case SimulatedConduct::refuse:
            return refusal("SIM_REFUSED", "refused as told");
        case SimulatedConduct::throttle:
            return Refused{.code = "SIM_THROTTLED", .text = "too many requests", .retryable = true};
        case SimulatedConduct::accept_but_unknown:
            // What it would have been told never arrives.
            static_cast<void>(effect());
            return Unknown{"the answer was lost"};
        case SimulatedConduct::drop_but_unknown:
            return Unknown{"the request was lost"};
    }
    return Unknown{"the request was lost"};
}

}  // namespace

asio::awaitable<Outcome> SimulatedGateway::place(const BrokerAccount& account,
                                                 const PlaceRequest& request) {
    const auto ordered = conduct(SimulatedVerb::place, account, request.cl_ord_id);
    co_return told(ordered, [&] { return take(account, request); });
}

asio::awaitable<Outcome> SimulatedGateway::modify(const BrokerAccount& account,
                                                  const ModifyRequest& request) {
    const auto ordered = conduct(SimulatedVerb::modify, account, request.cl_ord_id);
    co_return told(ordered, [&] { return change(account, request); });
}

asio::awaitable<Outcome> SimulatedGateway::cancel(const BrokerAccount& account,
                                                  const CancelRequest& request) {
    const auto ordered = conduct(SimulatedVerb::cancel, account, request.cl_ord_id);
    co_return told(ordered, [&] { return withdraw(account, request); });
}

asio::awaitable<Book> SimulatedGateway::order_book(const BrokerAccount& account) {
    const auto ordered = conduct(SimulatedVerb::order_book, account, {});
    if (ordered != SimulatedConduct::accept) co_return BookUnread{"the book could not be read"};
    BookRead book;
    const auto found = books_.find(account.account);
    if (found != books_.end()) {
        for (const std::size_t at : found->second) book.rows.push_back(rows_[at]);
    }
    co_return book;
}

SimulatedConduct SimulatedGateway::conduct(SimulatedVerb verb, const BrokerAccount& account,
                                           const ledger::ClOrdId& cl_ord_id) {
    const SimulatedCall call{
        .verb = verb, .account = account.account, .cl_ord_id = cl_ord_id, .number = ++calls_};
    return options_.behaviour ? options_.behaviour(call) : SimulatedConduct::accept;
}

Outcome SimulatedGateway::take(const BrokerAccount& account, const PlaceRequest& request) {
    if (accepted_.size() >= options_.orders_max) return refusal("SIM_FULL", "the book is full");
    BookRow row;
    row.client_reference = std::string{request.cl_ord_id.view()};
    row.broker_order_id =
        std::to_string(first_broker_order_id + static_cast<std::int64_t>(rows_.size()));
    row.segment = request.instrument.segment;
    row.token = request.instrument.token;
    row.terms = request.terms;
    row.status = OrdStatus::new_;
    touch(row);
    books_[account.account].push_back(rows_.size());
    rows_.push_back(row);
    accepted_.push_back({account.account, row.broker_order_id, request});
    return Accepted{row.broker_order_id};
}

Outcome SimulatedGateway::change(const BrokerAccount& account, const ModifyRequest& request) {
    BookRow* row = find_working(account.account, request.broker_order_id);
    if (row == nullptr) return refusal("SIM_NOT_WORKING", "no such order is working");
    row->terms = request.terms;
    touch(*row);
    return Accepted{row->broker_order_id};
}

Outcome SimulatedGateway::withdraw(const BrokerAccount& account, const CancelRequest& request) {
    BookRow* row = find_working(account.account, request.broker_order_id);
    if (row == nullptr) return refusal("SIM_NOT_WORKING", "no such order is working");
    row->status = OrdStatus::canceled;
    touch(*row);
    return Accepted{row->broker_order_id};
}

BookRow* SimulatedGateway::find_working(std::uint64_t account, std::string_view broker_order_id) {
    const auto id = ledger::text::parse_integer(broker_order_id);
    if (!id || id.value() < first_broker_order_id) return nullptr;
    const auto at = static_cast<std::size_t>(id.value() - first_broker_order_id);
    if (at >= rows_.size() || accepted_[at].account != account) return nullptr;
    return rows_[at].status == OrdStatus::new_ ? &rows_[at] : nullptr;
}

// A change of the order, after which it may fill.
void SimulatedGateway::touch(BookRow& row) {
    if (options_.fill_at_once && row.status == OrdStatus::new_ && !has_trigger(row.terms.type)) {
        row.status = OrdStatus::filled;
        row.cum_qty = row.terms.quantity;
        row.avg_px = has_limit_price(row.terms.type) ? row.terms.price : options_.market_price;
    }
    row.status_text = std::string{to_text(row.status)};
    row.updated_at_ns = ++changes_;
}

}  // namespace executors
