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

asio::awaitable<Outcome> SimGateway::ask(std::uint64_t account, OrderRequest request) {
    ports_.record.sent.push_back(sent_of(request, ports_.durable()));
    const auto call = ports_.broker.send(account, request);
    co_await ports_.scheduler.sleep_for(call->answer_after_ns);
    co_return call->answer;
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
    Outcome outcome = co_await ask(account.account, asked);
    const bool blind = ports_.bug == PlantedBug::gateway_retries_blindly;
    if (blind && std::holds_alternative<Unknown>(outcome)) {
        outcome = co_await ask(account.account, asked);
    }
    co_return outcome;
}

asio::awaitable<Outcome> SimGateway::modify(const BrokerAccount& account,
                                            const executors::ModifyRequest& request) {
    OrderRequest asked = request;
    co_return co_await ask(account.account, asked);
}

asio::awaitable<Outcome> SimGateway::cancel(const BrokerAccount& account,
                                            const executors::CancelRequest& request) {
    if (ports_.bug == PlantedBug::gateway_forgets_cancels) {
        co_return executors::Accepted{request.broker_order_id};
    }
    OrderRequest asked = request;
    co_return co_await ask(account.account, asked);
}

asio::awaitable<Book> SimGateway::order_book(const BrokerAccount& account) {
    co_await ports_.scheduler.sleep_for(ports_.broker.answer_delay_ns());
    Book book = ports_.broker.book(account.account);
    co_await ports_.scheduler.sleep_for(ports_.broker.answer_delay_ns());
    if (ports_.bug == PlantedBug::book_leaves_out_working_orders) leave_out_working(book);
    if (ports_.bug == PlantedBug::book_doubles_fills) double_fills(book);
    co_return book;
}

}  // namespace simulation
