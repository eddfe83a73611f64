#include "tests/torture/run/master_feed.h"

#include "tests/processes/stage.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace torture {

using processes::json_string;

namespace {

struct Share {
    std::string_view symbol;
    std::string_view token;
    std::int64_t price = 0;  // paise
};

constexpr std::array<Share, 4> shares{{{"RELIANCE", "2885", 140'500},
                                       {"TCS", "11536", 390'000},
                                       {"INFY", "1594", 150'000},
                                       {"SBIN", "3045", 80'000}}};

// Up to one part in a hundred off, in whole ticks.
std::int64_t price_near(std::int64_t price, simulation::Dice& dice) {
    constexpr std::int64_t tick = 5;
    const std::int64_t ticks = price / 100 / tick;
    return price + tick * dice.between(-ticks, ticks);
}

std::string rupees(std::int64_t paise) {
    const std::string hundredths = std::to_string(100 + paise % 100).substr(1);
    return std::to_string(paise / 100) + "." + hundredths;
}

}  // namespace

std::vector<Request> MasterFeed::go_on(std::size_t facts) {
    std::vector<Request> told;
    while (told.size() < facts) {
        Order* order = dice_.chance(400) ? nullptr : any_open();
        if (order == nullptr) {
            told.push_back(place());
        } else if (dice_.chance(400)) {
            told.push_back(change(*order));
        } else if (dice_.chance(500)) {
            told.push_back(fill(*order));
        } else {
            told.push_back(cancel(*order));
        }
    }
    return told;
}

std::vector<Request> MasterFeed::cancel_all() {
    std::vector<Request> told;
    for (Order& order : orders_) {
        if (!order.over) told.push_back(cancel(order));
    }
    return told;
}

std::string MasterFeed::any_order() {
    return orders_.empty() ? std::string{} : orders_[dice_.below(orders_.size())].id;
}

Request MasterFeed::place() {
    Order order;
    order.id = std::to_string(1001 + orders_.size());
    order.instrument = dice_.below(shares.size());
    order.buys = dice_.chance(600);
    order.type = dice_.chance(150) ? "MARKET" : "LIMIT";
    order.quantity = dice_.between(1, 200);
    order.price = any_price(order.instrument);
    return tell(orders_.emplace_back(std::move(order)), "order_placed");
}

Request MasterFeed::change(Order& order) {
    if (order.type == "LIMIT" && dice_.chance(600)) order.price = any_price(order.instrument);
    if (dice_.chance(500)) order.quantity = order.filled + dice_.between(1, 200);
    return tell(order, "order_modified");
}

Request MasterFeed::fill(Order& order) {
    order.filled += dice_.between(1, order.quantity - order.filled);
    order.over = order.filled == order.quantity;
    return tell(order, order.over ? "order_filled" : "order_executed");
}

Request MasterFeed::cancel(Order& order) {
    order.over = true;
    canceled_.insert(order.id);
    return tell(order, "order_cancelled");
}

Request MasterFeed::tell(Order& order, const std::string& event_type) {
    const Share& share = shares.at(order.instrument);
    const std::string version = std::to_string(++order.version);
    Request request;
    request.fact = "order " + order.id + " version " + version;
    request.target = processes::webhook;
    request.body =
        processes::webhook_body({{"event_type", json_string(event_type)},
                                 {"order_id", json_string(order.id)},
                                 {"sequence", version},
                                 {"symbol", json_string(share.symbol)},
                                 {"scrip_code", std::string{share.token}},
                                 {"transaction_type", order.buys ? R"("BUY")" : R"("SELL")"},
                                 {"order_type", json_string(order.type)},
                                 {"quantity", std::to_string(order.quantity)},
                                 {"filled_quantity", std::to_string(order.filled)},
                                 {"price", rupees(order.price)}});
    return request;
}

// One of the latest, which are the ones that are not over.
MasterFeed::Order* MasterFeed::any_open() {
    constexpr std::size_t looks_max = 8;
    for (std::size_t look = 0; look < looks_max && !orders_.empty(); ++look) {
        const std::size_t window = std::min<std::size_t>(orders_.size(), 40);
        Order& order = orders_[orders_.size() - 1 - dice_.below(window)];
        if (!order.over) return &order;
    }
    return nullptr;
}

std::int64_t MasterFeed::any_price(std::size_t instrument) {
    return price_near(shares.at(instrument).price, dice_);
}

std::string any_prices(simulation::Dice& dice) {
    std::string body;
    for (const Share& share : shares) {
        body += body.empty() ? "[" : ",";
        body += R"({"exchangeSegment":"NSECM","exchangeInstrumentID":)" + std::string{share.token} +
                R"(,"price":)" + rupees(price_near(share.price, dice)) + "}";
    }
    return body + "]";
}

}  // namespace torture
