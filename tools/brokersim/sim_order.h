// An order as the simulated broker keeps it, and the facts that make and change it.
#pragma once

#include "ledger/base/strong_int.h"
#include "ledger/model/money.h"
#include "ledger/model/order.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tools::brokersim {

// The broker's order number: consecutive, never used again.
using AppOrderId = ledger::StrongInt<struct AppOrderIdTag, std::int64_t>;

struct InstrumentKey {
    ledger::Segment segment = ledger::Segment::nse_cash;
    std::int64_t token = 0;

    friend auto operator<=>(const InstrumentKey&, const InstrumentKey&) = default;
};

enum class OrderState : std::uint8_t {
    new_,
    trigger_pending,
    replaced,
    partially_filled,
    filled,
    cancelled,
    rejected,
};

// The words of XTS's OrderStatus.
[[nodiscard]] std::string_view to_text(OrderState state);

[[nodiscard]] constexpr bool is_open(OrderState state) {
    return state != OrderState::filled && state != OrderState::cancelled &&
           state != OrderState::rejected;
}

// What a client asks for; a modification replaces `terms` and `disclosed`.
struct OrderRequest {
    std::string client_id;
    std::string reference;  // orderUniqueIdentifier
    InstrumentKey instrument;
    ledger::OrderTerms terms;
    ledger::Quantity disclosed;
    std::string source;  // apiOrderSource

    friend bool operator==(const OrderRequest&, const OrderRequest&) = default;
};

// Facts, in the order in which they happened; times are ns since the Unix epoch.
struct OrderAccepted {
    AppOrderId id;
    OrderRequest request;
    std::int64_t at_ns = 0;
    std::int64_t visible_at_ns = 0;  // earlier reads of the book do not show the order

    friend bool operator==(const OrderAccepted&, const OrderAccepted&) = default;
};

struct OrderModified {
    AppOrderId id;
    ledger::OrderTerms terms;
    ledger::Quantity disclosed;
    std::int64_t at_ns = 0;

    friend bool operator==(const OrderModified&, const OrderModified&) = default;
};

struct OrderCancelled {
    AppOrderId id;
    std::int64_t at_ns = 0;
    std::string why;

    friend bool operator==(const OrderCancelled&, const OrderCancelled&) = default;
};

struct OrderRejected {
    AppOrderId id;
    std::int64_t at_ns = 0;
    std::string why;

    friend bool operator==(const OrderRejected&, const OrderRejected&) = default;
};

struct OrderTriggered {
    AppOrderId id;
    std::int64_t at_ns = 0;

    friend bool operator==(const OrderTriggered&, const OrderTriggered&) = default;
};

struct OrderFilled {
    AppOrderId id;
    std::int64_t at_ns = 0;
    ledger::Quantity quantity;
    ledger::Price price;

    friend bool operator==(const OrderFilled&, const OrderFilled&) = default;
};

using OrderEvent = std::variant<OrderAccepted, OrderModified, OrderCancelled, OrderRejected,
                                OrderTriggered, OrderFilled>;

// The order as it stood after one of its events: a row of its history.
struct OrderMoment {
    OrderState state = OrderState::new_;
    ledger::OrderTerms terms;
    ledger::Quantity disclosed;
    ledger::Quantity cum_qty;
    ledger::Money traded;  // sum of fill price times fill quantity
    std::int64_t at_ns = 0;
    std::string text;  // why it was rejected or cancelled
};

struct SimOrder {
    AppOrderId id;
    OrderRequest request;  // as first asked for
    std::int64_t accepted_at_ns = 0;
    std::int64_t visible_at_ns = 0;
    bool triggered = false;
    std::int64_t fills = 0;
    std::vector<OrderMoment> history;  // never empty

    [[nodiscard]] const OrderMoment& now() const { return history.back(); }

    [[nodiscard]] ledger::Quantity leaves_qty() const;
};

struct SimTrade {
    std::int64_t execution_id = 0;
    AppOrderId order;
    ledger::Quantity quantity;
    ledger::Price price;
    std::int64_t at_ns = 0;
    std::int64_t report_index = 0;  // 1 for the order's first fill
};

}  // namespace tools::brokersim
