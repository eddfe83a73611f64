// A broker in the process: it keeps a book per account, answers at once, and misbehaves when told.
// Deterministic: ids and times are counters.
#pragma once

#include "executors/broker_gateway.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace executors {

enum class SimulatedVerb { place, modify, cancel, order_book };

// What the broker does with one request.
enum class SimulatedConduct {
    accept,              // and say so
    refuse,              // and say so; a book is unread
    throttle,            // refuse, but a repetition may succeed; a book is unread
    accept_but_unknown,  // act on it, and let no answer arrive; a book is unread
    drop_but_unknown,    // do not act on it, and let no answer arrive; a book is unread
};

struct SimulatedCall {
    SimulatedVerb verb = SimulatedVerb::place;
    std::uint64_t account = 0;
    ledger::ClOrdId cl_ord_id;  // zeros for a book
    std::uint64_t number = 0;   // of this call among all, from 1
};

struct SimulatedOptions {
    bool fill_at_once = false;              // all but stop orders
    ledger::Price market_price{1'000'000};  // at which market orders fill
    std::size_t orders_max = 10'000'000;    // in all; beyond it the broker refuses
    // Asked about every request; accepts them all where there is none.
    std::function<SimulatedConduct(const SimulatedCall&)> behaviour;
};

// An order that the broker took, as it was placed.
struct SimulatedOrder {
    std::uint64_t account = 0;
    std::string broker_order_id;
    PlaceRequest request;
};

class SimulatedGateway final : public BrokerGateway {
  public:
    explicit SimulatedGateway(SimulatedOptions options = {}) : options_(std::move(options)) {}

    boost::asio::awaitable<Outcome> place(const BrokerAccount& account,
                                          const PlaceRequest& request) override;
    boost::asio::awaitable<Outcome> modify(const BrokerAccount& account,
                                           const ModifyRequest& request) override;
    boost::asio::awaitable<Outcome> cancel(const BrokerAccount& account,
                                           const CancelRequest& request) override;
    boost::asio::awaitable<Book> order_book(const BrokerAccount& account) override;

    // The witness: every order ever taken, in order, whatever the caller was told.
    [[nodiscard]] std::span<const SimulatedOrder> accepted() const { return accepted_; }

  private:
    [[nodiscard]] SimulatedConduct conduct(SimulatedVerb verb, const BrokerAccount& account,
                                           const ledger::ClOrdId& cl_ord_id);
    [[nodiscard]] Outcome take(const BrokerAccount& account, const PlaceRequest& request);
    [[nodiscard]] Outcome change(const BrokerAccount& account, const ModifyRequest& request);
    [[nodiscard]] Outcome withdraw(const BrokerAccount& account, const CancelRequest& request);
    // The row of an order that still works, or nullptr.
    [[nodiscard]] BookRow* find_working(std::uint64_t account, std::string_view broker_order_id);
    void touch(BookRow& row);

    SimulatedOptions options_;
    std::vector<SimulatedOrder> accepted_;
    std::vector<BookRow> rows_;  // as many as accepted_, in the same order
    std::map<std::uint64_t, std::vector<std::size_t>> books_;  // where each account's rows are
    std::uint64_t calls_ = 0;
    std::int64_t changes_ = 0;  // stands for the broker's clock
};

}  // namespace executors
