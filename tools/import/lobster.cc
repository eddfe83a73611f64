#include "tools/import/lobster.h"

#include "ledger/model/money.h"
#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"

#include <algorithm>
#include <array>

namespace tools {

using ledger::Result;

namespace {

constexpr int ns_scale = 9;
static_assert(ledger::price_scale == 4);  // LOBSTER's prices are dollars x 10,000
constexpr std::int64_t day_ns = 86'400'000'000'000;

enum class Kind : std::int64_t {
    submission = 1,
    partial_cancel = 2,
    deletion = 3,
    execution = 4,
    hidden_execution = 5,
    cross = 6,
    halt = 7,
};

// Splits into exactly six fields.
bool split(std::string_view line, std::array<std::string_view, 6>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::size_t comma = line.find(',');
        const bool last = i + 1 == fields.size();
        if (last != (comma == line.npos)) return false;
        fields.at(i) = line.substr(0, comma);
        if (!last) line.remove_prefix(comma + 1);
    }
    return true;
}

ledger::Error bad_line(std::uint64_t number, const std::string& what) {
    return ledger::invalid_field("line " + std::to_string(number), what);
}

}  // namespace

struct LobsterReader::Message {
    std::int64_t after_midnight_ns = 0;
    Kind kind = Kind::submission;
    std::string_view order_id;
    std::int64_t size = 0;
    std::int64_t price = 0;
    bool buy = true;

    [[nodiscard]] bool concerns_order() const {
        return kind == Kind::submission || kind == Kind::partial_cancel || kind == Kind::deletion ||
               kind == Kind::execution;
    }
};

Result<LobsterReader> LobsterReader::make(const ImportOptions& options) {
    const auto midnight = ledger::text::parse_rfc3339(options.date + "T00:00:00-04:00");
    if (!midnight) return ledger::invalid_field("date", "is wanted as YYYY-MM-DD");
    return LobsterReader{options, midnight.value()};
}

LobsterReader::LobsterReader(ImportOptions options, std::int64_t midnight_ns)
    : options_(std::move(options)), midnight_ns_(midnight_ns) {}

Result<std::optional<std::string>> LobsterReader::read(std::string_view line,
                                                       std::uint64_t number) {
    std::array<std::string_view, 6> fields;
    if (!split(line, fields)) return bad_line(number, "is not six fields with commas");
    const auto time = ledger::text::parse_scaled(fields[0], ns_scale);
    const auto kind = ledger::text::parse_integer(fields[1]);
    const auto size = ledger::text::parse_integer(fields[3]);
    const auto price = ledger::text::parse_integer(fields[4]);
    if (!time || !kind || !size || !price) return bad_line(number, "has a field that is no number");
    if (kind.value() < 1 || kind.value() > 7) return bad_line(number, "has an unknown type");
    if (time.value() < 0 || time.value() >= day_ns) return bad_line(number, "has no time of a day");
    const Message message{.after_midnight_ns = time.value(),
                          .kind = static_cast<Kind>(kind.value()),
                          .order_id = fields[2],
                          .size = size.value(),
                          .price = price.value(),
                          .buy = fields[5] == "1"};
    if (!message.concerns_order()) return std::optional<std::string>{};
    if (message.order_id.empty()) return bad_line(number, "names no order");
    if (message.size < 1 || message.size > ledger::quantity_max) {
        return bad_line(number, "has a size that no order has");
    }
    if (message.price < 1 || message.price > ledger::price_max) {
        return bad_line(number, "has a price that no order has");
    }
    if (!message.buy && fields[5] != "-1") return bad_line(number, "has no side, 1 or -1");
    return std::optional{body(message, apply(message), number)};
}

// Folds the message into what is known of its order, and names the webhook's event.
std::string_view LobsterReader::apply(const Message& message) {
    auto found = orders_.find(message.order_id);
    if (found == orders_.end()) {
        // One that rested before the file begins: all that is known of it is this message.
        found = orders_.emplace(std::string{message.order_id}, Order{message.size, 0}).first;
        if (message.kind == Kind::partial_cancel) return "order_modified";
    } else if (message.kind == Kind::partial_cancel) {
        Order& order = found->second;
        // It leaves something to fill, also of an order whose size was never told.
        order.quantity = std::max(order.quantity - message.size, order.filled + 1);
        return "order_modified";
    }
    if (message.kind == Kind::submission) return "order_placed";
    if (message.kind == Kind::deletion) return "order_cancelled";
    Order& order = found->second;
    order.filled += message.size;
    order.quantity = std::max(order.quantity, order.filled);
    return "order_executed";
}

std::string LobsterReader::body(const Message& message, std::string_view event_type,
                                std::uint64_t number) const {
    const Order& order = orders_.find(message.order_id)->second;
    const std::string price = ledger::text::format_scaled(message.price, ledger::price_scale);
    const bool filled = order.filled >= order.quantity;
    std::string text;
    ledger::text::JsonWriter json{text};
    json.begin_object();
    json.member("event_type", event_type);
    json.member("order_id", message.order_id);
    json.member("symbol", options_.symbol);
    json.member("scrip_code", options_.scrip_code);
    json.member("exchange", options_.exchange);
    json.member("segment", "CM");
    json.member("transaction_type", message.buy ? "BUY" : "SELL");
    json.member("order_type", "LIMIT");
    json.member_number("quantity", order.quantity);
    json.key("price");
    json.number_text(price);
    json.member("product", "MIS");
    json.member("status", event_type == "order_cancelled" ? "CANCELLED"
                          : filled                        ? "COMPLETE"
                                                          : "OPEN");
    json.member_number("filled_quantity", order.filled);
    if (order.filled > 0) {
        json.key("average_price");
        json.number_text(price);
    }
    json.member("account_id", options_.account);
    json.member("event_time",
                ledger::text::format_rfc3339(midnight_ns_ + message.after_midnight_ns));
    json.member_number("sequence", static_cast<std::int64_t>(number));
    json.end_object();
    return text;
}

}  // namespace tools
