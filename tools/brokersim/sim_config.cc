#include "tools/brokersim/sim_config.h"

#include "ledger/base/byte_size.h"
#include "ledger/text/decimal.h"
#include "tools/brokersim/xts_fields.h"
#include "tools/settings/object_reader.h"
#include "tools/settings/toml_tree.h"

#include <limits>

namespace tools::brokersim {

namespace {

using ledger::Result;
using ledger::text::JsonValue;
using settings::ObjectReader;

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t count_max = 100'000'000;
constexpr std::int64_t body_bytes_limit = 16 * ledger::mib;
// A number for each order of the store must be left.
constexpr std::int64_t app_order_id_max = int64_max - count_max;
constexpr std::int64_t reference_limit = 64;

Result<SimAccount> read_account(const JsonValue& object, const std::string& path) {
    ObjectReader reader{object, path};
    SimAccount account;
    account.app_key = reader.text("app_key", "");
    account.secret_key = reader.text("secret_key", "");
    account.client_id = reader.text("client_id", "");
    account.dealer = reader.boolean("dealer", false);
    if (account.app_key.empty()) reader.fail("app_key", "is required");
    if (account.client_id.empty()) reader.fail("client_id", "is required");
    BOOST_OUTCOME_TRYV(reader.finish());
    return account;
}

Result<void> read_login(const JsonValue& object, LoginRules& login) {
    ObjectReader reader{object, "login"};
    login.accept_unregistered_keys = reader.boolean("accept_unregistered_keys", true);
    login.sessions_max = reader.size("sessions_max", login.sessions_max, {1, count_max});
    login.cash_available = ledger::Money{
        reader.price("cash_available", ledger::Price{login.cash_available.value()}).value()};
    return reader.finish();
}

Result<void> read_limits(const JsonValue& object, SimConfig& config) {
    ObjectReader reader{object, "limits"};
    StoreLimits& store = config.store;
    store.orders_max = reader.size("orders_max", store.orders_max, {1, count_max});
    store.trades_max = reader.size("trades_max", store.trades_max, {1, count_max});
    store.moments_per_order_max =
        reader.size("states_per_order_max", store.moments_per_order_max, {1, count_max});
    config.exchange.instruments_max =
        reader.size("instruments_max", config.exchange.instruments_max, {1, count_max});
    config.connections_max = reader.size("connections_max", config.connections_max, {1, count_max});
    config.body_bytes_max =
        reader.size("body_bytes_max", config.body_bytes_max, {1'024, body_bytes_limit});
    return reader.finish();
}

Result<void> read_orders(const JsonValue& object, SimConfig& config) {
    ObjectReader reader{object, "orders"};
    config.first_app_order_id = AppOrderId{reader.integer(
        "first_app_order_id", config.first_app_order_id.value(), {1, app_order_id_max})};
    config.exchange.refuse_repeated_reference = reader.boolean("refuse_repeated_reference", false);
    PlaceRules& place = config.place;
    place.refuse_market = reader.boolean("refuse_market", false);
    place.reference_bytes_max =
        reader.size("reference_bytes_max", place.reference_bytes_max, {1, reference_limit});
    place.long_reference = static_cast<LongReference>(
        reader.choice("long_reference", 0, {"accept", "refuse", "truncate"}));
    return reader.finish();
}

Result<void> read_matching(const JsonValue& object, MatchRules& rules) {
    ObjectReader reader{object, "matching"};
    rules.fill_market_without_price = reader.boolean("fill_market_without_price", false);
    rules.price_without_market = reader.price("price_without_market", rules.price_without_market);
    rules.fill_quantity_max =
        ledger::Quantity{reader.integer("fill_quantity_max", 0, {0, ledger::quantity_max})};
    return reader.finish();
}

Result<void> read_accounts(const JsonValue& list, std::vector<SimAccount>& accounts) {
    for (std::size_t i = 0; i < list.items().size(); ++i) {
        BOOST_OUTCOME_TRY(SimAccount account,
                          read_account(list.items()[i], "accounts[" + std::to_string(i) + "]"));
        accounts.push_back(std::move(account));
    }
    return boost::outcome_v2::success();
}

Result<StartPrice> read_price(const JsonValue& object, const std::string& path) {
    ObjectReader reader{object, path};
    StartPrice start;
    const auto segment = segment_of(reader.text("exchangeSegment", ""));
    if (!segment) reader.fail("exchangeSegment", "must be a segment such as NSECM");
    start.instrument.segment = segment.value_or(ledger::Segment::nse_cash);
    start.instrument.token = reader.integer("exchangeInstrumentID", 0, {1, int64_max});
    if (start.instrument.token == 0) reader.fail("exchangeInstrumentID", "is required");
    start.price = reader.price("price", ledger::Price{0});
    if (start.price.value() == 0) reader.fail("price", "is required");
    BOOST_OUTCOME_TRYV(reader.finish());
    return start;
}

}  // namespace

Result<std::vector<StartPrice>> read_prices(const JsonValue& list) {
    if (!list.is(JsonValue::Kind::array))
        return ledger::invalid_field("prices", "prices: must be a list");
    std::vector<StartPrice> prices;
    for (std::size_t i = 0; i < list.items().size(); ++i) {
        BOOST_OUTCOME_TRY(const StartPrice price,
                          read_price(list.items()[i], "prices[" + std::to_string(i) + "]"));
        prices.push_back(price);
    }
    return prices;
}

Result<SimConfig> read_config(const JsonValue& settings) {
    ObjectReader reader{settings, ""};
    SimConfig config;
    config.listen = reader.text("listen", config.listen);
    config.journal = reader.text("journal", config.journal);
    config.sync = reader.boolean("sync", true);
    if (const auto* login = reader.object("login")) {
        BOOST_OUTCOME_TRYV(read_login(*login, config.login));
    }
    if (const auto* accounts = reader.array("accounts")) {
        BOOST_OUTCOME_TRYV(read_accounts(*accounts, config.login.accounts));
    }
    if (const auto* limits = reader.object("limits")) {
        BOOST_OUTCOME_TRYV(read_limits(*limits, config));
    }
    if (const auto* orders = reader.object("orders")) {
        BOOST_OUTCOME_TRYV(read_orders(*orders, config));
    }
    if (const auto* matching = reader.object("matching")) {
        BOOST_OUTCOME_TRYV(read_matching(*matching, config.exchange.matching));
    }
    if (const auto* prices = reader.array("prices")) {
        BOOST_OUTCOME_TRY(config.prices, read_prices(*prices));
    }
    if (const auto* faults = reader.object("faults")) {
        BOOST_OUTCOME_TRY(config.faults, read_faults(*faults, "faults"));
    }
    BOOST_OUTCOME_TRYV(reader.finish());
    return config;
}

Result<SimConfig> load_config(const std::string& path) {
    if (path.empty()) return read_config(JsonValue::make_object({}));
    BOOST_OUTCOME_TRY(const JsonValue settings, settings::read_toml_file(path));
    Result<SimConfig> config = read_config(settings);
    if (!config) config.error().detail = path + ": " + config.error().detail;
    return config;
}

}  // namespace tools::brokersim
