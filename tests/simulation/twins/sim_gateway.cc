#include "tests/simulation/twins/sim_gateway.h"

#include "ledger/replication/order_status.h"

#include <array>
#include <utility>
#include <vector>

namespace simulation {

namespace asio = boost::asio;
using executors::Book;
using executors::BookRead;
using executors::BrokerAccount;
using executors::OrderRequest;
using executors::Outcome;
using executors::Unknown;

namespace {

Sent sent_of(const OrderRequest& request, std::uint64_t durable) {
    using enum ledger::IntentKind;
    constexpr std::array kinds{new_, modify, cancel};
    const auto& reference =
        std::visit([](const auto& r) -> const ledger::ClOrdId& { return r.cl_ord_id; }, request);
    return {.cl_ord_id = reference, .kind = kinds.at(request.index()), .durable = durable};
}

executors::Refused no_session() {
    return {.code = "NOT_SENT", .text = "cannot log in", .retryable = true};
}

bool has_lapsed(const Outcome& outcome) {
    const auto* refused = std::get_if<executors::Refused>(&outcome);
    return refused != nullptr && refused->code == session_ended;
}

void tell_secrets(const BrokerAccount& account, Outcome& outcome) {
    auto* refused = std::get_if<executors::Refused>(&outcome);
    if (refused == nullptr) return;
    for (const auto& [name, secret] : account.credentials) refused->text += " " + name + secret;
}

void double_fills(Book& book) {
    auto* read = std::get_if<BookRead>(&book);
    if (read == nullptr) return;
    for (auto& row : read->rows) {
        if (row.status == ledger::OrdStatus::partially_filled)
            row.cum_qty = row.cum_qty + row.cum_qty;
    }
}

void leave_out_working(Book& book) {
    auto* read = std::get_if<BookRead>(&book);
    if (read == nullptr) return;
    std::erase_if(read->rows, [](const executors::BookRow& row) {
        return !ledger::replication::is_terminal(row.status);
    });
}

}  // namespace

Caller SimGateway::caller_of(const BrokerAccount& account) const {
    const auto session = sessions_.find(account.account);
    return {.account = account.account,
            .session = session == sessions_.end() ? 0 : session->second};
}

asio::awaitable<Caller> SimGateway::log_in(const BrokerAccount& account) {
    co_await ports_.scheduler.sleep_for(ports_.broker.answer_delay_ns());
    sessions_[account.account] = ports_.broker.log_in(account);
    co_return caller_of(account);
}

asio::awaitable<Outcome> SimGateway::ask_once(Caller caller, const OrderRequest& request) {
    const auto call = ports_.broker.send(caller, request);
    // Without a session the broker takes no notice.
    if (!has_lapsed(call->answer)) {
        ports_.record.sent.push_back(sent_of(request, ports_.durable()));
    }
    co_await ports_.scheduler.sleep_for(call->answer_after_ns);
    co_return call->answer;
}

asio::awaitable<Outcome> SimGateway::ask(const BrokerAccount& account, OrderRequest request) {
    Caller caller = caller_of(account);
    if (caller.session == 0) caller = co_await log_in(account);
    Outcome outcome = no_session();
    if (caller.session != 0) outcome = co_await ask_once(caller, request);
    if (caller.session != 0 && has_lapsed(outcome)) {
        caller = co_await log_in(account);
        if (caller.session != 0) outcome = co_await ask_once(caller, request);
    }
    if (ports_.bug == PlantedBug::gateway_tells_secrets) tell_secrets(account, outcome);
    co_return outcome;
}

asio::awaitable<Outcome> SimGateway::place(const BrokerAccount& account,
                                           const executors::PlaceRequest& request) {
    OrderRequest asked = request;
    if (ports_.bug == PlantedBug::gateway_answers_itself) {
        co_return executors::Accepted{"7" + std::to_string(ports_.record.sent.size())};
    }
    if (ports_.bug == PlantedBug::gateway_loses_reference) {
        std::get<executors::PlaceRequest>(asked).cl_ord_id.text.back() = '0';
    }
    Outcome outcome = co_await ask(account, asked);
    const bool blind = ports_.bug == PlantedBug::gateway_retries_blindly;
    if (blind && std::holds_alternative<Unknown>(outcome)) {
        outcome = co_await ask(account, asked);
    }
    co_return outcome;
}

asio::awaitable<Outcome> SimGateway::modify(const BrokerAccount& account,
                                            const executors::ModifyRequest& request) {
    OrderRequest asked = request;
    co_return co_await ask(account, asked);
}

asio::awaitable<Outcome> SimGateway::cancel(const BrokerAccount& account,
                                            const executors::CancelRequest& request) {
    if (ports_.bug == PlantedBug::gateway_forgets_cancels) {
        co_return executors::Accepted{request.broker_order_id};
    }
    OrderRequest asked = request;
    co_return co_await ask(account, asked);
}

asio::awaitable<Book> SimGateway::read_book(Caller caller) {
    co_await ports_.scheduler.sleep_for(ports_.broker.answer_delay_ns());
    Book book = ports_.broker.book(caller);
    co_await ports_.scheduler.sleep_for(ports_.broker.answer_delay_ns());
    co_return book;
}

asio::awaitable<Book> SimGateway::order_book(const BrokerAccount& account) {
    Caller caller = caller_of(account);
    if (caller.session == 0) caller = co_await log_in(account);
    Book book = co_await read_book(caller);
    const auto* unread = std::get_if<executors::BookUnread>(&book);
    if (unread != nullptr && unread->cause == session_ended) {
        caller = co_await log_in(account);
        book = co_await read_book(caller);
    }
    if (ports_.bug == PlantedBug::book_leaves_out_working_orders) leave_out_working(book);
    if (ports_.bug == PlantedBug::book_doubles_fills) double_fills(book);
    co_return book;
}

}  // namespace simulation
