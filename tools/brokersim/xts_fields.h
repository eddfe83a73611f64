// XTS's words and request bodies: JSON to orders, and back for the journal. The words are taken
// exactly as the broker writes them, so that a client with a wrong word is found out.
#pragma once

#include "ledger/base/result.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"
#include "tools/brokersim/exchange.h"
#include "tools/brokersim/sim_order.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tools::brokersim {

// How a request names an order's terms: a modification puts "modified" before each.
struct TermNames {
    std::string_view type;
    std::string_view product;
    std::string_view quantity;
    std::string_view disclosed;
    std::string_view price;
    std::string_view trigger;
    std::string_view time_in_force;
};

inline constexpr TermNames place_names{"orderType",         "productType", "orderQuantity",
                                       "disclosedQuantity", "limitPrice",  "stopPrice",
                                       "timeInForce"};
inline constexpr TermNames modify_names{"modifiedOrderType",     "modifiedProductType",
                                        "modifiedOrderQuantity", "modifiedDisclosedQuantity",
                                        "modifiedLimitPrice",    "modifiedStopPrice",
                                        "modifiedTimeInForce"};

// MARKET, LIMIT, STOPLIMIT, STOPMARKET as requests write them; Market, ... as answers do.
[[nodiscard]] std::string_view request_word(ledger::OrderType type);
[[nodiscard]] std::string_view answer_word(ledger::OrderType type);
[[nodiscard]] std::string_view answer_word(ledger::Side side);  // Buy, Sell
[[nodiscard]] std::optional<ledger::Segment> segment_of(std::string_view word);

// Numbers may come as JSON numbers ("1406", "1406.0") or as strings. invalid_input names the field.
[[nodiscard]] ledger::Result<std::int64_t> read_scaled(const ledger::text::JsonValue& body,
                                                       std::string_view field, int scale);
[[nodiscard]] ledger::Result<std::string> read_text(const ledger::text::JsonValue& body,
                                                    std::string_view field);
// Empty where the member is absent, null or the word "undefined", which XTS's Node client sends.
[[nodiscard]] std::string optional_text(const ledger::text::JsonValue& body,
                                        std::string_view field);
[[nodiscard]] ledger::Result<InstrumentKey> read_instrument(const ledger::text::JsonValue& body);

// client_id is empty where the request names none. The terms are valid (ledger::validate).
[[nodiscard]] ledger::Result<OrderRequest> read_place(const ledger::text::JsonValue& body);
[[nodiscard]] ledger::Result<Modification> read_modify(const ledger::text::JsonValue& body);

void write_instrument(ledger::text::JsonWriter& json, const InstrumentKey& instrument);
void write_terms(ledger::text::JsonWriter& json, const ledger::OrderTerms& terms,
                 const TermNames& names);
// A JSON number: "1405.05", "1406".
void write_price(ledger::text::JsonWriter& json, std::string_view name, ledger::Price price);

}  // namespace tools::brokersim
