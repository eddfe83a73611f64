// I7 where some version of a master order is one that a follower cannot have: it ends the copy,
// in whatever order the versions come.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"
#include "tests/replication/random_run.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::refused_version_test {

namespace {

constexpr std::int64_t price = 500 * rupee;

MasterSays limit_buy(std::uint64_t version, std::int64_t quantity, std::int64_t at = price) {
    MasterSays says{.order = "O"};
    says.quantity = quantity;
    says.price = at;
    says.version = version;
    return says;
}

MasterSays market_buy(std::uint64_t version, std::int64_t quantity) {
    return limit_buy(version, quantity, 0);
}

MasterSays delivery_buy(std::uint64_t version, std::int64_t quantity) {
    MasterSays says = limit_buy(version, quantity);
    says.product = Product::delivery;
    return says;
}

// The first is the NEW, the others modify it.
using Versions = std::vector<MasterSays>;

struct Setting {
    RiskLimits limits{};
    RulesSay rules{.lot = 10};
};

// A step between two deliveries: what is unsent goes out, what waits is agreed to.
void settle_all(Desk& desk, AccountNumber follower) {
    for (const Aim& aim : desk.live(follower)) {
        if (desk.row(aim).unsent()) desk.is_done(aim);
        while (!desk.row(aim).changes.empty()) desk.is_done(desk.first_change(aim));
        if (!desk.row(aim).cancel_acknowledged) continue;
        desk.book_says(aim, {.status = OrdStatus::canceled, .id = desk.row(aim).broker_order_id});
    }
}

class Telling {
  public:
    explicit Telling(const Setting& setting) {
        desk_.defines(rules_of(setting.rules));
        follower_ = desk_.joins();
        desk_.limits_link(AccountNumber{1}, follower_, setting.limits);
        desk_.marks(price);
    }

    void tells(const MasterSays& says) {
        desk_.reports(says.version == 1 ? MasterEventType::new_ : MasterEventType::modified, says);
    }

    void settles() { settle_all(desk_, follower_); }

    // What works at the follower, once all is sent.
    [[nodiscard]] std::vector<OrderTerms> end() {
        settles();
        std::vector<OrderTerms> out;
        for (const Aim& aim : desk_.live(follower_)) out.push_back(desk_.row(aim).terms);
        return out;
    }

  private:
    Desk desk_;
    AccountNumber follower_;
};

std::vector<OrderTerms> told(const Setting& setting, const Versions& versions, bool settles) {
    Telling telling{setting};
    for (const MasterSays& says : versions) {
        telling.tells(says);
        if (settles) telling.settles();
    }
    return telling.end();
}

// The end that all orders of these versions come to; nothing where they come to more than one.
std::optional<std::vector<OrderTerms>> end_in_any_order(const Setting& setting,
                                                        const Versions& versions) {
    const auto expected = told(setting, versions, false);
    Versions shuffled = versions;
    do {
        for (const bool settles : {false, true}) {
            if (told(setting, shuffled, settles) != expected) return std::nullopt;
        }
    } while (std::ranges::next_permutation(shuffled, {}, &MasterSays::version).found);
    return expected;
}

const std::vector<std::pair<RiskLimits, MasterSays>> refused_versions{
    {{.allowed_order_types = {OrderType::limit}}, market_buy(2, 100)},
    {{.price_band_bps = 200}, limit_buy(2, 100, 2 * price)},
    {{.price_band_bps = 200}, limit_buy(2, 100, price / 2)},
    {{.max_order_value = Money{150 * price}}, limit_buy(2, 100, 2 * price)},
    {{.max_order_value = Money{150 * price}}, market_buy(2, 200)},
    {{.max_position_value = Money{150 * price}}, limit_buy(2, 100, 2 * price)},
    {{.max_capital = Money{150 * price}}, limit_buy(2, 100, 2 * price)},
    {{.max_quantity = Quantity{150}, .on_limit = OnLimit::skip}, limit_buy(2, 200)},
    {{}, limit_buy(2, 5)}};

// Those, and one that refuses by the product, which is the NEW's whatever a version says.
std::vector<RiskLimits> all_limits() {
    std::vector<RiskLimits> all{{.allowed_products = {Product::intraday}}};
    for (const auto& [limits, version] : refused_versions) all.push_back(limits);
    return all;
}

MasterSays as_version(MasterSays says, std::uint64_t version) {
    says.version = version;
    return says;
}

}  // namespace

TEST_CASE("I7 a middle version that is refused ends the copy in any order", "[replication]") {
    for (const auto& [limits, middle] : refused_versions) {
        const auto end = end_in_any_order(
            {.limits = limits}, {limit_buy(1, 100), middle, limit_buy(3, 110), limit_buy(4, 120)});
        REQUIRE(end);
        CHECK(end->empty());
    }
}

TEST_CASE("I7 a first or last version that is refused ends the copy in any order",
          "[replication]") {
    for (const auto& [limits, refused] : refused_versions) {
        for (const std::uint64_t version : {1U, 3U}) {
            Versions versions{limit_buy(1, 100), limit_buy(2, 110), limit_buy(3, 120)};
            versions[version - 1] = as_version(refused, version);
            const auto end = end_in_any_order({.limits = limits}, versions);
            REQUIRE(end);
            CHECK(end->empty());
        }
    }
}

TEST_CASE("I7 a NEW of a product that is refused ends the copy in any order", "[replication]") {
    const auto end = end_in_any_order({.limits = {.allowed_products = {Product::intraday}}},
                                      {delivery_buy(1, 100), limit_buy(2, 110), limit_buy(3, 120)});
    REQUIRE(end);
    CHECK(end->empty());
}

TEST_CASE("I7 versions that are not refused end in the last one's terms in any order",
          "[replication]") {
    for (const RiskLimits& limits : all_limits()) {
        const auto end = end_in_any_order(
            {.limits = limits},
            {limit_buy(1, 100), limit_buy(2, 90, price + 1), limit_buy(3, 110), limit_buy(4, 120)});
        REQUIRE(end);
        REQUIRE(end->size() == 1);
        CHECK(end->front().quantity == Quantity{120});
        CHECK(end->front().price == Price{price});
    }
}

TEST_CASE("I7 a copy has the product of its NEW and no slice more than any version, in any order",
          "[replication]") {
    const Setting sliced{.rules = {.lot = 10, .freeze = 100}};
    const auto quantities = [&](const Versions& versions) {
        const auto end = end_in_any_order(sliced, versions);
        REQUIRE(end);
        std::vector<std::int64_t> out;
        for (const OrderTerms& terms : *end) out.push_back(terms.quantity.value());
        return out;
    };
    using Slices = std::vector<std::int64_t>;
    CHECK(quantities({limit_buy(1, 80), limit_buy(2, 250), limit_buy(3, 220)}) == Slices{100});
    CHECK(quantities({limit_buy(1, 250), limit_buy(2, 270)}) == Slices{100, 100, 70});
    CHECK(quantities({limit_buy(1, 250), limit_buy(2, 120), limit_buy(3, 250)}) ==
          Slices{100, 100});
    CHECK(quantities({limit_buy(1, 250), limit_buy(2, 290), limit_buy(3, 80), limit_buy(4, 60)}) ==
          Slices{60});
    // Also where the product that a later version names, or lacks, is one that is not allowed.
    for (const RiskLimits& limits :
         {RiskLimits{}, RiskLimits{.allowed_products = {Product::intraday}}}) {
        const auto products = end_in_any_order(
            {.limits = limits}, {limit_buy(1, 80), delivery_buy(2, 90), delivery_buy(3, 100)});
        REQUIRE(products);
        REQUIRE(products->size() == 1);
        CHECK(products->front().quantity == Quantity{100});
        CHECK(products->front().product == Product::intraday);
    }
}

TEST_CASE("I7 any versions end alike in any order, in slices and under a limit", "[replication]") {
    rc::prop("for any versions, settled after each or not", [] {
        constexpr std::array<std::int64_t, 7> quantities{5, 60, 100, 140, 210, 280, 350};
        constexpr std::array<std::int64_t, 4> prices{price, price, price + 1, 2 * price};
        const auto any_of = [](const auto& values) { return values[any_below(values.size())]; };
        const Setting setting{.limits = any_of(all_limits()), .rules = {.lot = 10, .freeze = 100}};
        Versions versions;
        for (std::uint64_t version = 1 + any_below(4); version > 0; --version) {
            versions.push_back(limit_buy(version, any_of(quantities), any_of(prices)));
        }
        const bool settles = any_below(2) == 0;
        const auto backwards = told(setting, versions, settles);
        std::ranges::sort(versions, {}, &MasterSays::version);
        const auto forwards = told(setting, versions, !settles);
        RC_CLASSIFY(forwards.size() > 1, "in slices");
        RC_CLASSIFY(!forwards.empty(), "with a live copy");
        RC_ASSERT(backwards == forwards);
        for (std::size_t i = versions.size(); i > 1; --i) {
            std::swap(versions[i - 1], versions[any_below(i)]);
        }
        RC_ASSERT(told(setting, versions, settles) == forwards);
    });
}

TEST_CASE("a NEW is refused for what refuses a version that came before it", "[replication]") {
    Desk desk;
    const AccountNumber bound = desk.joins();
    const AccountNumber free = desk.joins();
    desk.limits_link(AccountNumber{1}, bound, {.allowed_order_types = {OrderType::limit}});
    desk.marks(price);
    desk.reports_modify(market_buy(2, 100));
    desk.reports_modify(limit_buy(3, 100));
    const Answer answer = desk.reports_new(limit_buy(1, 100));
    CHECK(skips(answer) == Reasons{SkipReason::order_type_not_allowed});
    CHECK(intended(answer, bound).empty());
    CHECK(intended(answer, free) == std::vector<std::int64_t>{100});
}

TEST_CASE("an older version that is refused ends the copy, with its cause", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    desk.limits_link(AccountNumber{1}, follower, {.price_band_bps = 200});
    desk.marks(price);
    desk.reports_new(limit_buy(1, 100));
    desk.is_done(desk.placing(follower, "O"));
    desk.reports_modify(limit_buy(3, 110));
    const Answer answer = desk.reports_modify(limit_buy(2, 100, 2 * price));
    const auto* canceled = only<FollowerCancelIntended>(answer);
    REQUIRE(canceled != nullptr);
    CHECK(canceled->because == SkipReason::price_band);
}

TEST_CASE("terms are judged when they come: limits that change later do not ask of them again",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    desk.reports_new(limit_buy(1, 100));
    desk.is_done(desk.placing(follower, "O"));
    desk.limits_link(AccountNumber{1}, follower, {.max_order_value = Money{50 * price}});
    const Answer answer = desk.reports_modify(limit_buy(2, 40));
    const auto* modified = only<FollowerModifyIntended>(answer);
    REQUIRE(modified != nullptr);
    CHECK(modified->terms.quantity == Quantity{40});
}

}  // namespace ledger::replication::test::refused_version_test
