#include "executors/brokers/xts/xts_time.h"
#include "executors/brokers/xts/xts_wire.h"
#include "ledger/base/overloaded.h"
#include "ledger/text/decimal.h"
#include "ledger/text/round_decimal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace executors::xts {

using ledger::OrdStatus;
using ledger::text::JsonValue;

namespace {

constexpr std::string_view empty_book_code = "E-ORDERS-0005";
constexpr std::size_t reference_bytes_max = 20;

struct StatusWord {
    std::string_view word;  // upper case, letters only
    OrdStatus status;
};

// An order on which a cancel or a replacement is pending still works.
constexpr std::array<StatusWord, 13> status_words{{
    {"NEW", OrdStatus::new_},
    {"OPEN", OrdStatus::new_},
    {"REPLACED", OrdStatus::new_},
    {"TRIGGERPENDING", OrdStatus::new_},
    {"PENDINGREPLACE", OrdStatus::new_},
    {"PENDINGCANCEL", OrdStatus::new_},
    {"PENDINGNEW", OrdStatus::pending_new},
    {"PARTIALLYFILLED", OrdStatus::partially_filled},
    {"FILLED", OrdStatus::filled},
    {"CANCELLED", OrdStatus::canceled},
    {"CANCELED", OrdStatus::canceled},
    {"REJECTED", OrdStatus::rejected},
    {"EXPIRED", OrdStatus::expired},
}};

// Versions differ in case and in the blank of "Trigger Pending".
OrdStatus parse_status(std::string_view text) {
    std::string word = upper(text);
    std::erase_if(word, [](char c) { return c == ' ' || c == '_' || c == '-'; });
    const auto* found = std::ranges::find(status_words, word, &StatusWord::word);
    return found == status_words.end() ? OrdStatus::unknown : found->status;
}

// Cover and bracket orders are intraday orders with protection.
std::optional<ledger::Product> parse_product_word(std::string_view text) {
    const std::string word = upper(text);
    if (word == "CO" || word == "BO") return ledger::Product::intraday;
    return ledger::parse_product(text);
}

std::string field(const JsonValue& row, std::string_view name) {
    return text_of(row.find(name));
}

// A count that may be missing; nothing where it is there and is none.
std::optional<std::int64_t> parse_count(const std::string& text, std::int64_t missing) {
    if (text.empty()) return missing;
    const auto count = ledger::text::parse_integer(text);
    if (!count || count.value() < 0) return std::nullopt;
    return count.value();
}

std::optional<ledger::Price> parse_price(const std::string& text) {
    if (text.empty()) return ledger::Price{};
    const auto price = ledger::text::round_decimal(text, ledger::price_scale);
    if (!price) return std::nullopt;
    return ledger::Price{price.value()};
}

std::optional<ledger::OrderTerms> parse_terms(const JsonValue& row) {
    const auto side = ledger::parse_side(field(row, "OrderSide"));
    const auto type = ledger::parse_order_type(field(row, "OrderType"));
    const auto product = parse_product_word(field(row, "ProductType"));
    const auto quantity = parse_count(field(row, "OrderQuantity"), -1);
    const auto price = parse_price(field(row, "OrderPrice"));
    const auto trigger = parse_price(field(row, "OrderStopPrice"));
    if (!side || !type || !product || !price || !trigger) return std::nullopt;
    if (!quantity || *quantity < 0) return std::nullopt;
    ledger::OrderTerms terms;
    terms.side = *side;
    terms.type = *type;
    terms.product = *product;
    // Every other word (GTC, GTD, ...) at least rests until its day ends.
    terms.time_in_force = upper(field(row, "TimeInForce")) == "IOC" ? ledger::TimeInForce::ioc
                                                                    : ledger::TimeInForce::day;
    terms.quantity = ledger::Quantity{*quantity};
    if (has_limit_price(*type)) terms.price = *price;
    if (has_trigger(*type)) terms.trigger = *trigger;
    return terms;
}

std::int64_t parse_updated_at(const JsonValue& row) {
    for (const std::string_view name :
         {"LastUpdateDateTime", "ExchangeTransactTime", "OrderGeneratedDateTime"}) {
        const std::int64_t instant = parse_time(field(row, name));
        if (instant != 0) return instant;
    }
    return 0;
}

bool works_partly(const BookRow& row) {
    return row.status == OrdStatus::new_ && row.cum_qty.value() > 0;
}

std::optional<BookRow> parse_row(const JsonValue& row) {
    const auto segment = ledger::parse_segment(field(row, "ExchangeSegment"), "");
    const auto terms = parse_terms(row);
    const auto average = parse_price(field(row, "OrderAverageTradedPrice"));
    BookRow parsed;
    parsed.client_reference = field(row, "OrderUniqueIdentifier");
    parsed.broker_order_id = field(row, "AppOrderID");
    parsed.token = field(row, "ExchangeInstrumentID");
    parsed.status_text = field(row, "OrderStatus");
    parsed.status = parse_status(parsed.status_text);
    if (!segment || !terms || !average) return std::nullopt;
    if (!is_plain_number(parsed.broker_order_id) || parsed.token.empty()) return std::nullopt;
    const bool filled = parsed.status == OrdStatus::filled;
    const auto cum_qty = parse_count(field(row, "CumulativeQuantity"),
                                     filled ? terms->quantity.value() : std::int64_t{0});
    if (!cum_qty) return std::nullopt;
    parsed.segment = *segment;
    parsed.terms = *terms;
    parsed.cum_qty = ledger::Quantity{*cum_qty};
    parsed.avg_px = *average;
    parsed.updated_at_ns = parse_updated_at(row);
    parsed.text = brief(field(row, "CancelRejectReason"));
    if (works_partly(parsed)) parsed.status = OrdStatus::partially_filled;
    return parsed;
}

// Whether a row that makes no sense may yet be one of our orders, be its reference cut or its case
// changed. If so nothing is proved by not finding an order in this book.
bool may_be_ours(const JsonValue& row) {
    const JsonValue* reference = row.find("OrderUniqueIdentifier");
    if (reference == nullptr || reference->is(JsonValue::Kind::null)) {
        return !row.is(JsonValue::Kind::object);
    }
    const std::string text = upper(text_of(reference));
    if (text.empty()) return !reference->is(JsonValue::Kind::string);
    return text.size() <= reference_bytes_max && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

BookAnswer parse_rows(const JsonValue& result) {
    if (!result.is(JsonValue::Kind::array)) return BookUnread{"the answer holds no list of orders"};
    BookRead book;
    for (const JsonValue& row : result.items()) {
        auto parsed = parse_row(row);
        if (parsed) {
            book.rows.push_back(std::move(*parsed));
        } else if (may_be_ours(row)) {
            return BookUnread{"an order of the book could not be understood"};
        }
    }
    return book;
}

BookAnswer book_of_error(const Refused& refused) {
    if (upper(refused.code) == empty_book_code) return BookRead{};
    return BookUnread{refused.code + ": " + refused.text};
}

}  // namespace

BookAnswer parse_book_answer(RawAnswer answer) {
    return std::visit(
        ledger::Overloaded{
            [](const Success& success) { return parse_rows(success.result); },
            [](const Refused& refused) { return book_of_error(refused); },
            [](SessionInvalid invalid) -> BookAnswer { return invalid; },
            [](Unknown unknown) -> BookAnswer { return BookUnread{std::move(unknown.cause)}; }},
        meaning_of(answer));
}

}  // namespace executors::xts
