#include "ledger/model/order.h"

#include "ledger/text/words.h"

#include <array>
#include <utility>

namespace ledger {

namespace {

constexpr std::array<Word<Side>, 4> side_words{{
    {"BUY", Side::buy},
    {"SELL", Side::sell},
    {"B", Side::buy},
    {"S", Side::sell},
}};

constexpr std::array<Word<OrderType>, 13> order_type_words{{
    {"MARKET", OrderType::market},
    {"MKT", OrderType::market},
    {"LIMIT", OrderType::limit},
    {"L", OrderType::limit},
    {"SL-M", OrderType::stop},
    {"SLM", OrderType::stop},
    {"STOPMARKET", OrderType::stop},
    {"STOP_LOSS_MARKET", OrderType::stop},
    {"SL", OrderType::stop_limit},
    {"SL-L", OrderType::stop_limit},
    {"STOPLIMIT", OrderType::stop_limit},
    {"STOP_LOSS", OrderType::stop_limit},
    {"STOP_LOSS_LIMIT", OrderType::stop_limit},
}};

constexpr std::array<Word<Product>, 9> product_words{{
    {"MIS", Product::intraday},
    {"INTRADAY", Product::intraday},
    {"I", Product::intraday},
    {"CNC", Product::delivery},
    {"DELIVERY", Product::delivery},
    {"LONGTERM", Product::delivery},
    {"NRML", Product::carry},
    {"NORMAL", Product::carry},
    {"CARRYFORWARD", Product::carry},
}};

constexpr std::array<Word<Segment>, 11> segment_words{{
    {"NSECM", Segment::nse_cash},
    {"NSEFO", Segment::nse_derivatives},
    {"NFO", Segment::nse_derivatives},
    {"NSECD", Segment::nse_currency},
    {"CDS", Segment::nse_currency},
    {"BSECM", Segment::bse_cash},
    {"BSEFO", Segment::bse_derivatives},
    {"BFO", Segment::bse_derivatives},
    {"MCXFO", Segment::mcx_derivatives},
    {"MCX", Segment::mcx_derivatives},
    {"NSEEQ", Segment::nse_cash},
}};

enum class Market { none, cash, derivatives, currency };

constexpr std::array<Word<Market>, 17> market_words{{
    {"", Market::none},
    {"CM", Market::cash},
    {"EQ", Market::cash},
    {"E", Market::cash},
    {"C", Market::cash},
    {"CASH", Market::cash},
    {"EQUITY", Market::cash},
    {"NSE", Market::cash},
    {"BSE", Market::cash},
    {"FO", Market::derivatives},
    {"F&O", Market::derivatives},
    {"FNO", Market::derivatives},
    {"D", Market::derivatives},
    {"DERIVATIVES", Market::derivatives},
    {"CD", Market::currency},
    {"CDS", Market::currency},
    {"CURRENCY", Market::currency},
}};

std::optional<Segment> nse_segment(Market market) {
    switch (market) {
        case Market::none:
        case Market::cash:
            return Segment::nse_cash;
        case Market::derivatives:
            return Segment::nse_derivatives;
        case Market::currency:
            return Segment::nse_currency;
    }
    return std::nullopt;
}

std::optional<Segment> bse_segment(Market market) {
    switch (market) {
        case Market::none:
        case Market::cash:
            return Segment::bse_cash;
        case Market::derivatives:
            return Segment::bse_derivatives;
        case Market::currency:
            return std::nullopt;
    }
    return std::nullopt;
}

Result<void> validate_price(Price price, bool wanted, std::string_view field) {
    if (price.value() < 0) return invalid_field(std::string{field}, "must not be negative");
    if (price.value() > price_max) return invalid_field(std::string{field}, "is too large");
    if (wanted && price.value() == 0) {
        return invalid_field(std::string{field}, "is required for this order type");
    }
    if (!wanted && price.value() != 0) {
        return invalid_field(std::string{field}, "does not belong to this order type");
    }
    return boost::outcome_v2::success();
}

}  // namespace

std::string_view to_text(Side side) {
    return side == Side::buy ? "BUY" : "SELL";
}

std::string_view to_text(OrderType type) {
    switch (type) {
        case OrderType::market:
            return "MARKET";
        case OrderType::limit:
            return "LIMIT";
        case OrderType::stop:
            return "SL-M";
        case OrderType::stop_limit:
            return "SL";
    }
    return "?";
}

std::string_view to_text(Product product) {
    switch (product) {
        case Product::intraday:
            return "MIS";
        case Product::delivery:
            return "CNC";
        case Product::carry:
            return "NRML";
    }
    return "?";
}

std::string_view to_text(TimeInForce validity) {
    return validity == TimeInForce::day ? "DAY" : "IOC";
}

std::string_view to_text(Segment segment) {
    switch (segment) {
        case Segment::nse_cash:
            return "NSECM";
        case Segment::nse_derivatives:
            return "NSEFO";
        case Segment::nse_currency:
            return "NSECD";
        case Segment::bse_cash:
            return "BSECM";
        case Segment::bse_derivatives:
            return "BSEFO";
        case Segment::mcx_derivatives:
            return "MCXFO";
    }
    return "?";
}

std::string_view to_text(OrdStatus status) {
    switch (status) {
        case OrdStatus::intended:
            return "INTENDED";
        case OrdStatus::pending_new:
            return "PENDING_NEW";
        case OrdStatus::unknown:
            return "UNKNOWN";
        case OrdStatus::new_:
            return "NEW";
        case OrdStatus::partially_filled:
            return "PARTIALLY_FILLED";
        case OrdStatus::filled:
            return "FILLED";
        case OrdStatus::canceled:
            return "CANCELED";
        case OrdStatus::rejected:
            return "REJECTED";
        case OrdStatus::expired:
            return "EXPIRED";
        case OrdStatus::not_placed:
            return "NOT_PLACED";
        case OrdStatus::withdrawn:
            return "WITHDRAWN";
    }
    return "?";
}

std::optional<Side> parse_side(std::string_view text) {
    return find_word(side_words, text);
}

std::optional<OrderType> parse_order_type(std::string_view text) {
    return find_word(order_type_words, text);
}

std::optional<Product> parse_product(std::string_view text) {
    return find_word(product_words, text);
}

std::optional<Segment> parse_segment(std::string_view exchange, std::string_view segment) {
    if (const auto whole = find_word(segment_words, exchange)) return whole;
    if (const auto whole = find_word(segment_words, segment)) return whole;
    const auto market = find_word(market_words, segment);
    if (!market) return std::nullopt;
    const std::string name = upper_case(exchange);
    if (name == "NSE" || name == "N") return nse_segment(*market);
    if (name == "BSE" || name == "B") return bse_segment(*market);
    return std::nullopt;
}

Result<void> validate(const OrderTerms& terms) {
    if (terms.quantity.value() <= 0) return invalid_field("quantity", "must be positive");
    if (terms.quantity.value() > quantity_max) return invalid_field("quantity", "is too large");
    BOOST_OUTCOME_TRY(validate_price(terms.price, has_limit_price(terms.type), "price"));
    return validate_price(terms.trigger, has_trigger(terms.type), "trigger_price");
}

}  // namespace ledger
