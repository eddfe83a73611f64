// Draws what events are made of at random, extremes included.
#pragma once

#include "ledger/model/event.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

namespace ledger::log {

// A structured binding names every field of its type: a field added to the model breaks the build
// here until it is drawn too.
class ModelDrawer {
  public:
    template <class... Values>
    void all(Values&... values) {
        (draw(values), ...);
    }

    void draw(bool& value) { value = *rc::gen::arbitrary<bool>(); }

    void draw(std::string& value) {
        const auto any_char = rc::gen::map(rc::gen::inRange(0, 256),
                                           [](int code) { return static_cast<char>(code); });
        value =
            *rc::gen::oneOf(rc::gen::just(std::string()), rc::gen::container<std::string>(any_char),
                            rc::gen::just(std::string(3000, 'x')));
    }

    template <class Int>
    requires std::is_integral_v<Int>

    void draw(Int& value) {
        using Limits = std::numeric_limits<Int>;
        value = *rc::gen::oneOf(
            rc::gen::arbitrary<Int>(),
            rc::gen::elementOf(std::vector<Int>{0, 1, Limits::min(), Limits::max()}));
    }

    template <class Tag, class Rep>
    void draw(StrongInt<Tag, Rep>& value) {
        Rep drawn{};
        draw(drawn);
        value = StrongInt<Tag, Rep>{drawn};
    }

    template <class Value>
    void draw(std::optional<Value>& value) {
        value.reset();
        if (*rc::gen::arbitrary<bool>()) draw(value.emplace());
    }

    template <class Value>
    void draw(std::vector<Value>& values) {
        values.resize(*rc::gen::inRange<std::size_t>(0, 3));
        for (Value& value : values) draw(value);
    }

    void draw(EventId& id) {
        const bool zero = *rc::gen::inRange(0, 4) == 0;
        for (auto& byte : id.bytes)
            byte = zero ? std::uint8_t{0} : *rc::gen::arbitrary<std::uint8_t>();
    }

    void draw(Ratio& ratio) {
        constexpr auto max = std::numeric_limits<std::int64_t>::max();
        ratio.numerator = *rc::gen::element<std::int64_t>(0, 1, 29, max);
        ratio.denominator = *rc::gen::element<std::int64_t>(1, 100, max);
    }

    void draw(AccountRole& e) { number(e, 1, 2); }

    void draw(CopyStrategy& e) { number(e, 1, 4); }

    void draw(CopySides& e) { number(e, 1, 3); }

    void draw(PriceMode& e) { number(e, 1, 3); }

    void draw(JoinPolicy& e) { number(e, 1, 2); }

    void draw(LeavePolicy& e) { number(e, 1, 3); }

    void draw(RiskScope& e) { number(e, 1, 4); }

    void draw(OnLimit& e) { number(e, 0, 2); }

    void draw(Side& e) { number(e, 1, 2); }

    void draw(OrderType& e) { number(e, 1, 4); }

    void draw(Product& e) { number(e, 1, 3); }

    void draw(TimeInForce& e) { e = *rc::gen::element(TimeInForce::day, TimeInForce::ioc); }

    void draw(Segment& e) {
        e = *rc::gen::element(Segment::nse_cash, Segment::nse_derivatives, Segment::nse_currency,
                              Segment::bse_cash, Segment::bse_derivatives,
                              Segment::mcx_derivatives);
    }

    void draw(OrdStatus& e) { number(e, 1, 11); }

    void draw(MasterEventType& e) { number(e, 1, 5); }

    void draw(SourceVersion::Kind& e) { number(e, 1, 3); }

    void draw(IntentKind& e) { number(e, 1, 3); }

    void draw(SkipReason& e) { number(e, 1, 36); }

    void draw(OrderPurpose& e) { number(e, 1, 5); }

    void draw(ExitScope& e) { number(e, 1, 2); }

    void draw(SupersededBecause& e) { number(e, 1, 3); }

    void draw(AnomalyKind& e) { number(e, 1, 3); }

    void draw(AccountProfile& e) {
        auto& [name, email, sealed, hint, factor, enabled] = e;
        all(name, email, sealed, hint, factor, enabled);
    }

    void draw(AccountIdentity& e) {
        auto& [role, broker, broker_account, username] = e;
        all(role, broker, broker_account, username);
    }

    void draw(LinkTerms& e) {
        auto& [strategy, ratio, percentage, fixed, active, round_up, sides, price_mode, protection,
               products, order_types, on_join, on_leave, limits] = e;
        all(strategy, ratio, percentage, fixed, active, round_up, sides, price_mode, protection,
            products, order_types, on_join, on_leave, limits);
    }

    void draw(ProductRule& e) { draw_two(e); }

    void draw(OrderTypeRule& e) { draw_two(e); }

    void draw(TradingHours& e) { draw_two(e); }

    void draw(RiskLimits& e) {
        auto& [quantity, order_value, position_value, open_orders, capital, daily_loss, rate, band,
               age, hours, instruments, products, order_types, exchanges, on_limit] = e;
        all(quantity, order_value, position_value, open_orders, capital, daily_loss, rate, band,
            age, hours, instruments, products, order_types, exchanges, on_limit);
    }

    void draw(Calendar& e) {
        e.utc_offset_minutes = *rc::gen::inRange(-24 * 60 + 1, 24 * 60);
        e.session_start_minute = *rc::gen::inRange(0, 24 * 60);
    }

    void draw(LimitFigures& e) {
        auto& [rule, scope, bound, actual] = e;
        all(rule, scope, bound, actual);
    }

    void draw(Instrument& e) {
        auto& [segment, token, symbol] = e;
        all(segment, token, symbol);
    }

    void draw(InstrumentRules& e) {
        auto& [lot_size, tick_size, freeze_quantity, valid_on] = e;
        all(lot_size, tick_size, freeze_quantity, valid_on);
    }

    void draw(OrderTerms& e) {
        auto& [side, type, product, time_in_force, quantity, price, trigger] = e;
        all(side, type, product, time_in_force, quantity, price, trigger);
    }

    void draw(SourceVersion& e) { draw_two(e); }

    void draw(SizingFigures& e) {
        auto& [ratio, master_quantity, raw_quantity, lot_size, strategy, reducing, master_position,
               position, mark, mark_at, equity, master_equity, equity_at, protection, limit] = e;
        all(ratio, master_quantity, raw_quantity, lot_size, strategy, reducing, master_position,
            position, mark, mark_at, equity, master_equity, equity_at, protection, limit);
    }

    void draw(AttemptRef& e) {
        auto& [order, intent, follower, attempt] = e;
        all(order, intent, follower, attempt);
        same_or_other(intent, order);
    }

    // What the format leaves out where it follows from another field must come up often.
    template <class Value>
    void same_or_other(Value& value, const Value& usual) {
        if (*rc::gen::arbitrary<bool>()) value = usual;
    }

  protected:
    template <class Kind>
    void draw_two(Kind& e) {
        auto& [first, second] = e;
        all(first, second);
    }

  private:
    template <class Enum>
    void number(Enum& value, int first, int last) {
        value = static_cast<Enum>(*rc::gen::inRange(first, last + 1));
    }
};

}  // namespace ledger::log
