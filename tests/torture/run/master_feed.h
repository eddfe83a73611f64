// A master at work, as its broker tells it: orders that come, change, fill and end, each fact under
// the source's own number.
#pragma once

#include "tests/simulation/twins/dice.h"
#include "tests/torture/run/request.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

namespace torture {

class MasterFeed {
  public:
    explicit MasterFeed(std::uint64_t seed) : dice_(seed, 'm') {}

    // What happens next to the master's orders, as it happens.
    [[nodiscard]] std::vector<Request> go_on(std::size_t facts);
    // The end of all that has not ended.
    [[nodiscard]] std::vector<Request> cancel_all();

    // One that was told of before; empty where there is none.
    [[nodiscard]] std::string any_order();

    // By their broker's ids.
    [[nodiscard]] const std::set<std::string>& canceled() const { return canceled_; }

  private:
    struct Order {
        std::string id;
        std::size_t instrument = 0;
        bool buys = true;
        std::string type;
        std::int64_t quantity = 0;
        std::int64_t price = 0;  // paise
        std::int64_t filled = 0;
        std::uint64_t version = 0;
        bool over = false;
    };

    [[nodiscard]] Request place();
    [[nodiscard]] Request change(Order& order);
    [[nodiscard]] Request fill(Order& order);
    [[nodiscard]] Request cancel(Order& order);
    [[nodiscard]] static Request tell(Order& order, const std::string& event_type);
    [[nodiscard]] Order* any_open();
    [[nodiscard]] std::int64_t any_price(std::size_t instrument);

    simulation::Dice dice_;
    std::deque<Order> orders_;
    std::set<std::string> canceled_;
};

// The body of a brokersim's POST /sim/prices: a last price for each instrument near its usual one.
[[nodiscard]] std::string any_prices(simulation::Dice& dice);

}  // namespace torture
