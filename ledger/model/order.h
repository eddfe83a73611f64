// An order's terms and life in FIX 4.4's words.
#pragma once

#include "ledger/model/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// DO NOT CHANGE VALUES in this file: they are stored.

enum class Side : std::uint8_t { buy = 1, sell = 2 };

enum class OrderType : std::uint8_t {
    market = 1,
    limit = 2,
    stop = 3,        // SL-M: trigger price only
    stop_limit = 4,  // SL: trigger and limit price
};

enum class Product : std::uint8_t {
    intraday = 1,  // MIS
    delivery = 2,  // CNC
    carry = 3,     // NRML
};

enum class TimeInForce : std::uint8_t { day = 0, ioc = 3 };

// Exchange and segment as XTS names them.
enum class Segment : std::uint8_t {
    nse_cash = 1,          // NSECM
    nse_derivatives = 2,   // NSEFO
    nse_currency = 3,      // NSECD
    bse_cash = 11,         // BSECM
    bse_derivatives = 12,  // BSEFO
    mcx_derivatives = 51,  // MCXFO
};

// An instrument is its exchange's token within a segment; the symbol is for people.
struct Instrument {
    Segment segment = Segment::nse_cash;
    std::string token;
    std::string symbol;

    friend bool operator==(const Instrument&, const Instrument&) = default;
};

struct OrderTerms {
    Side side = Side::buy;
    OrderType type = OrderType::market;
    Product product = Product::intraday;
    TimeInForce time_in_force = TimeInForce::day;
    Quantity quantity;  // OrderQty: the whole order, filled part included
    Price price;        // 0 unless limit or stop_limit
    Price trigger;      // StopPx; 0 unless stop or stop_limit

    friend bool operator==(const OrderTerms&, const OrderTerms&) = default;
};

// Where a follower order stands. FIX 4.4's OrdStatus where it has a word for it; `intended`,
// `unknown`, `not_placed`, `withdrawn` are the ledger's own.
enum class OrdStatus : std::uint8_t {
    intended = 1,     // recorded, not sent
    pending_new = 2,  // an attempt is under way
    unknown = 3,      // sent, and the outcome is not known: never "failed"
    new_ = 4,         // accepted by the broker
    partially_filled = 5,
    filled = 6,
    canceled = 7,
    rejected = 8,
    expired = 9,      // too old to send, or expired at the broker
    not_placed = 10,  // proved absent at the broker, and not to be tried again
    withdrawn = 11,   // superseded before it was sent
};

[[nodiscard]] std::string_view to_text(Side side);             // BUY, SELL
[[nodiscard]] std::string_view to_text(OrderType type);        // MARKET, LIMIT, SL-M, SL
[[nodiscard]] std::string_view to_text(Product product);       // MIS, CNC, NRML
[[nodiscard]] std::string_view to_text(TimeInForce validity);  // DAY, IOC
[[nodiscard]] std::string_view to_text(Segment segment);       // NSECM, ...
[[nodiscard]] std::string_view to_text(OrdStatus status);      // INTENDED, PENDING_NEW, NEW, ...

// These accept, in any case, the words of XTS, Kite and plain English ("SL", "STOPLIMIT", ...).
[[nodiscard]] std::optional<Side> parse_side(std::string_view text);
[[nodiscard]] std::optional<OrderType> parse_order_type(std::string_view text);
[[nodiscard]] std::optional<Product> parse_product(std::string_view text);
// From an exchange ("NSE", "NFO", "NSECM") and an optional segment ("CM", "EQ", "FO", ...).
[[nodiscard]] std::optional<Segment> parse_segment(std::string_view exchange,
                                                   std::string_view segment);

// invalid_input naming the field ("quantity", "price", "trigger_price") unless the quantity is
// positive and each price is there exactly where the order type wants it, all within bounds.
[[nodiscard]] Result<void> validate(const OrderTerms& terms);

[[nodiscard]] constexpr bool has_limit_price(OrderType type) {
    return type == OrderType::limit || type == OrderType::stop_limit;
}

[[nodiscard]] constexpr bool has_trigger(OrderType type) {
    return type == OrderType::stop || type == OrderType::stop_limit;
}

}  // namespace ledger
