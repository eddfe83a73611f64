// Every order, its history and its trades, as a fold of the facts that happened.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/sim_order.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tools::brokersim {

struct StoreLimits {
    std::size_t orders_max = 1'000'000;
    std::size_t trades_max = 2'000'000;
    std::size_t moments_per_order_max = 1'000;
};

class OrderStore {
  public:
    OrderStore(AppOrderId first, const StoreLimits& limits) : first_(first), limits_(limits) {}

    // corrupt, with nothing changed, where the event does not follow from what happened before:
    // only a damaged journal holds such events. overloaded at the limits.
    [[nodiscard]] ledger::Result<void> apply(const OrderEvent& event);

    // The number that the next accepted order must have.
    [[nodiscard]] AppOrderId next_id() const;
    [[nodiscard]] const SimOrder* find(AppOrderId id) const;
    // nullptr for an order that is not this client's.
    [[nodiscard]] const SimOrder* find(AppOrderId id, std::string_view client_id) const;

    [[nodiscard]] const std::deque<SimOrder>& orders() const { return orders_; }

    [[nodiscard]] const std::deque<SimTrade>& trades() const { return trades_; }

    // In the order of acceptance.
    [[nodiscard]] std::vector<const SimOrder*> orders_of(std::string_view client_id) const;
    [[nodiscard]] std::vector<const SimTrade*> trades_of(std::string_view client_id) const;
    [[nodiscard]] std::vector<AppOrderId> open_orders(const InstrumentKey& instrument) const;
    [[nodiscard]] bool has_reference(std::string_view client_id, std::string_view reference) const;

    // Orders whose client had used the same non-empty reference before.
    [[nodiscard]] std::uint64_t repeated_references() const { return repeated_references_; }

    [[nodiscard]] bool has_room_for_order() const { return orders_.size() < limits_.orders_max; }

    // Room for `count` more states of this order and as many trades.
    [[nodiscard]] bool has_room(const SimOrder& order, std::size_t count) const;

  private:
    struct Client {
        std::vector<AppOrderId> orders;
        std::vector<std::size_t> trades;  // indices into trades_
    };

    ledger::Result<void> on(const OrderAccepted& event);
    ledger::Result<void> on(const OrderModified& event);
    ledger::Result<void> on(const OrderCancelled& event);
    ledger::Result<void> on(const OrderRejected& event);
    ledger::Result<void> on(const OrderTriggered& event);
    ledger::Result<void> on(const OrderFilled& event);
    ledger::Result<SimOrder*> open_order(AppOrderId id);
    void close_with(SimOrder& order, OrderMoment moment);

    AppOrderId first_;
    StoreLimits limits_;
    std::deque<SimOrder> orders_;  // the order with number first_ + i is orders_[i]
    std::deque<SimTrade> trades_;
    std::unordered_map<std::string, Client> clients_;
    std::unordered_map<std::string, std::uint32_t> references_;  // uses, by client and reference
    std::map<InstrumentKey, std::set<AppOrderId>> open_;
    std::uint64_t repeated_references_ = 0;
};

}  // namespace tools::brokersim
