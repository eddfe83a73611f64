// In which terms a follower copies an order: maps, price modes, protection, ticks.
#include "ledger/replication/copy_terms.h"
#include "tests/replication/desk.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::terms_test {

namespace {

OrderTerms master_terms(OrderType type, Side side = Side::buy) {
    OrderTerms terms;
    terms.side = side;
    terms.type = type;
    terms.quantity = Quantity{100};
    if (has_limit_price(type)) terms.price = Price{500 * rupee};
    if (has_trigger(type)) terms.trigger = Price{499 * rupee};
    return terms;
}

struct Priced {
    Instrument instrument{Segment::nse_cash, "2885", "RELIANCE"};
    InstrumentRules rules = rules_of({.tick = 500});
    LastPrice mark{Price{500 * rupee}, 7};

    [[nodiscard]] CopyTerms copies(const LinkTerms& link, const OrderTerms& terms,
                                   bool marked = true) const {
        return copy_terms(link, terms, {instrument, rules, marked ? &mark : nullptr});
    }
};

const LinkTerms to_market{.price_mode = PriceMode::market};
const LinkTerms marketable{.price_mode = PriceMode::marketable_limit};
constexpr std::array all_types{OrderType::market, OrderType::limit, OrderType::stop,
                               OrderType::stop_limit};

}  // namespace

TEST_CASE("SAME copies the terms as they are", "[replication]") {
    for (const OrderType type : all_types) {
        CHECK(Priced{}.copies({}, master_terms(type)).terms == master_terms(type));
    }
}

TEST_CASE("products are mapped, and what is not named stays", "[replication]") {
    const LinkTerms link{.product_map = {{Product::intraday, Product::carry}}};
    OrderTerms terms = master_terms(OrderType::market);
    CHECK(Priced{}.copies(link, terms).terms.product == Product::carry);
    terms.product = Product::delivery;
    CHECK(Priced{}.copies(link, terms).terms.product == Product::delivery);
}

TEST_CASE("another map for products holds from when the position is flat", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    const auto product_of = [&](std::string_view order) {
        return desk.row(desk.placing(follower, order)).terms.product;
    };
    desk.buys("in", 100);
    SetLink carries{.master = AccountNumber{1}, .follower = follower};
    carries.product_map = std::vector<ProductRule>{{Product::intraday, Product::carry}};
    CHECK(desk.submit(carries).recorded());
    desk.buys("more", 50);  // nothing has filled yet
    desk.everything_fills();
    desk.sells("out", 150);
    desk.everything_fills();
    for (const std::string_view order : {"in", "more", "out"}) {
        CHECK(product_of(order) == Product::intraday);
    }
    CHECK(desk.held(follower) == 0);
    desk.buys("again", 10);
    CHECK(product_of("again") == Product::carry);
}

TEST_CASE("order types are mapped, and a trigger is neither made nor lost", "[replication]") {
    const LinkTerms link{.order_type_map = {{OrderType::limit, OrderType::market},
                                            {OrderType::stop_limit, OrderType::stop}}};
    const CopyTerms limit = Priced{}.copies(link, master_terms(OrderType::limit));
    CHECK(limit.terms.type == OrderType::market);
    CHECK(limit.terms.price.value() == 0);
    const CopyTerms stop = Priced{}.copies(link, master_terms(OrderType::stop_limit));
    CHECK(stop.terms.type == OrderType::stop);
    CHECK(stop.terms.trigger.value() == 499 * rupee);
}

TEST_CASE("a map that would make or lose a trigger, or names one thing twice, is refused",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    const auto sets = [&](SetLink set) {
        set.master = AccountNumber{1};
        set.follower = follower;
        return desk.submit(set).refused;
    };
    using OrderTypes = std::vector<OrderTypeRule>;
    using Products = std::vector<ProductRule>;
    CHECK(sets({.order_type_map = OrderTypes{{OrderType::stop, OrderType::market}}}) ==
          Errc::invalid_input);
    CHECK(sets({.product_map = Products{{Product::intraday, Product::carry},
                                        {Product::intraday, Product::delivery}}}) ==
          Errc::invalid_input);
}

TEST_CASE("MARKET takes limits away, and a stop keeps its trigger", "[replication]") {
    CHECK(Priced{}.copies(to_market, master_terms(OrderType::limit)).terms.type ==
          OrderType::market);
    const OrderTerms stop = Priced{}.copies(to_market, master_terms(OrderType::stop_limit)).terms;
    CHECK(stop.type == OrderType::stop);
    CHECK(stop.price.value() == 0);
    CHECK(stop.trigger.value() == 499 * rupee);
}

TEST_CASE("MARKETABLE_LIMIT bounds a market order by the slab away from the mark",
          "[replication]") {
    // 500 rupees: half a percent.
    const CopyTerms buy = Priced{}.copies(marketable, master_terms(OrderType::market));
    CHECK(buy.terms.type == OrderType::limit);
    CHECK(buy.terms.price.value() == 5'025'000);
    CHECK(buy.protection_bps == 50);
    CHECK(buy.mark.price.value() == 500 * rupee);
    const CopyTerms sell = Priced{}.copies(marketable, master_terms(OrderType::market, Side::sell));
    CHECK(sell.terms.price.value() == 4'975'000);
}

TEST_CASE("MARKETABLE_LIMIT bounds a stop by the slab away from its trigger", "[replication]") {
    const CopyTerms stop = Priced{}.copies(marketable, master_terms(OrderType::stop), false);
    CHECK(stop.terms.type == OrderType::stop_limit);
    // 499 rupees: one percent, 503.99, down to the tick.
    CHECK(stop.terms.price.value() == 5'039'500);
    CHECK(stop.protection_bps == 100);
}

TEST_CASE("MARKETABLE_LIMIT leaves limit orders alone, and without a mark says so",
          "[replication]") {
    const OrderTerms limit = master_terms(OrderType::limit);
    CHECK(Priced{}.copies(marketable, limit).terms == limit);
    const CopyTerms unmarked = Priced{}.copies(marketable, master_terms(OrderType::market), false);
    CHECK(unmarked.lacks_mark);
}

TEST_CASE("the link's own protection goes before the slab", "[replication]") {
    const LinkTerms link{.price_mode = PriceMode::marketable_limit, .protection_bps = 200};
    const CopyTerms copy = Priced{}.copies(link, master_terms(OrderType::market));
    CHECK(copy.terms.price.value() == 510 * rupee);
    CHECK(copy.protection_bps == 200);
}

TEST_CASE("a protected price is rounded to the tick on the near side", "[replication]") {
    Priced priced;
    priced.mark.price = Price{3'333'300};  // 333.33: one percent is 336.6633 or 329.9967
    priced.rules.tick_size = Price{500};
    CHECK(priced.copies(marketable, master_terms(OrderType::market)).terms.price.value() ==
          3'366'500);
    CHECK(priced.copies(marketable, master_terms(OrderType::market, Side::sell))
              .terms.price.value() == 3'300'000);
    priced.rules.tick_size = Price{25};
    CHECK(priced.copies(marketable, master_terms(OrderType::market)).terms.price.value() ==
          3'366'625);
}

TEST_CASE("the slabs begin at their lower bounds", "[replication]") {
    const Instrument share{Segment::nse_cash, "1", "TCS"};
    const Instrument option{Segment::nse_derivatives, "2", "NIFTY23NOV19000CE"};
    const auto slab = [](const Instrument& instrument, std::int64_t price) {
        return protection_slab_bps(instrument, Price{price});
    };
    CHECK(slab(share, 100 * rupee - 1) == 200);
    CHECK(slab(share, 100 * rupee) == 100);
    CHECK(slab(share, 500 * rupee - 1) == 100);
    CHECK(slab(share, 500 * rupee) == 50);
    CHECK(slab(option, 10 * rupee - 1) == 500);
    CHECK(slab(option, 10 * rupee) == 300);
    CHECK(slab(option, 100 * rupee) == 200);
    CHECK(slab(option, 500 * rupee) == 100);
}

TEST_CASE("MIRROR copies both sides exactly, whatever the maps and the mode", "[replication]") {
    const LinkTerms link{.sides = CopySides::mirror,
                         .price_mode = PriceMode::market,
                         .product_map = {{Product::intraday, Product::carry}},
                         .order_type_map = {{OrderType::limit, OrderType::market}}};
    for (const OrderType type : all_types) {
        for (const Side side : {Side::buy, Side::sell}) {
            CHECK(Priced{}.copies(link, master_terms(type, side)).terms ==
                  master_terms(type, side));
        }
    }
}

TEST_CASE("a value is the order's own price, else its trigger, else the mark", "[replication]") {
    CHECK(Priced{}.copies({}, master_terms(OrderType::limit)).reference.value() == 500 * rupee);
    CHECK(Priced{}.copies({}, master_terms(OrderType::stop)).reference.value() == 499 * rupee);
    CHECK(Priced{}.copies({}, master_terms(OrderType::market)).reference.value() == 500 * rupee);
    CHECK(Priced{}.copies({}, master_terms(OrderType::market), false).reference.value() == 0);
}

TEST_CASE("a market copy that lacks its mark is skipped, and a reduction goes unbounded",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins({.price_mode = PriceMode::marketable_limit});
    const Answer unmarked = desk.buys("A", 10);
    REQUIRE(skipped(unmarked, follower) != nullptr);
    CHECK(skipped(unmarked, follower)->reason == SkipReason::no_reference_price);
    desk.sells("A-out", 10);
    desk.trades("B", {.side = Side::buy, .quantity = 10, .price = 500 * rupee});
    desk.everything_fills();
    desk.sells("B-out", 10);
    CHECK(desk.row(desk.placing(follower, "B-out")).terms.type == OrderType::market);
    desk.marks(500 * rupee);
    desk.buys("C", 10);
    CHECK(desk.row(desk.placing(follower, "C")).terms.type == OrderType::limit);
}

}  // namespace ledger::replication::test::terms_test
