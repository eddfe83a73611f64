// Values that no record may hold, whatever bytes it is made of; record_codec_test shows that the
// decoder asks.
#include "ledger/log/record_payload.h"
#include "tests/ledger/any_event.h"
#include "tests/ledger/golden_events.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::log::record_ranges_test {
namespace {

Event event_with(Payload payload) {
    Event event = golden_events_v1().front();
    event.payload = std::move(payload);
    return event;
}

template <class Kind>
struct Fault {
    std::string_view field;
    std::function<void(Kind&)> make;
};

template <class Kind>
void check_refused(const std::vector<Fault<Kind>>& faults) {
    for (const auto& [field, make] : faults) {
        INFO(field);
        Kind event;
        REQUIRE(field_out_of_range(event_with(event)).empty());
        make(event);
        CHECK(field_out_of_range(event_with(event)) == field);
    }
}

template <class Enum>
constexpr auto number(int value) {
    return static_cast<Enum>(value);
}

TEST_CASE("every event that can be drawn is in range", "[ledger]") {
    rc::prop("no field is at fault", [] {
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            RC_ASSERT(field_out_of_range(*any_event(kind)).empty());
        }
    });
}

TEST_CASE("a link's terms out of range are refused by name", "[ledger]") {
    check_refused<LinkSet>({
        {"strategy", [](LinkSet& e) { e.terms.strategy = number<CopyStrategy>(5); }},
        {"ratio",
         [](LinkSet& e) {
             e.terms.ratio = {-1, 1};
         }},
        {"percentage",
         [](LinkSet& e) {
             e.terms.percentage = {1, 0};
         }},
        {"sides", [](LinkSet& e) { e.terms.sides = number<CopySides>(4); }},
        {"price_mode", [](LinkSet& e) { e.terms.price_mode = number<PriceMode>(4); }},
        {"product_map",
         [](LinkSet& e) {
             e.terms.product_map = {{number<Product>(4), Product::carry}};
         }},
        {"product_map",
         [](LinkSet& e) {
             e.terms.product_map = {{Product::carry, number<Product>(0)}};
         }},
        {"order_type_map",
         [](LinkSet& e) {
             e.terms.order_type_map = {{OrderType::limit, number<OrderType>(5)}};
         }},
        {"on_join", [](LinkSet& e) { e.terms.on_join = number<JoinPolicy>(3); }},
        {"on_leave", [](LinkSet& e) { e.terms.on_leave = number<LeavePolicy>(4); }},
        {"on_limit", [](LinkSet& e) { e.terms.limits.on_limit = number<OnLimit>(3); }},
    });
}

TEST_CASE("limits out of range are refused by name", "[ledger]") {
    check_refused<RiskLimitsSet>({
        {"allowed_products",
         [](RiskLimitsSet& e) { e.limits.allowed_products = {number<Product>(4)}; }},
        {"allowed_order_types",
         [](RiskLimitsSet& e) { e.limits.allowed_order_types = {number<OrderType>(0)}; }},
        {"on_limit", [](RiskLimitsSet& e) { e.limits.on_limit = number<OnLimit>(3); }},
    });
}

TEST_CASE("figures out of range are refused by name", "[ledger]") {
    check_refused<FollowerOrderIntended>({
        {"purpose", [](auto& e) { e.purpose = number<OrderPurpose>(0); }},
        {"purpose", [](auto& e) { e.purpose = number<OrderPurpose>(6); }},
        {"strategy", [](auto& e) { e.figures.strategy = number<CopyStrategy>(0); }},
        {"rule", [](auto& e) { e.figures.limit = LimitFigures{.rule = SkipReason::none}; }},
        {"scope",
         [](auto& e) {
             e.figures.limit =
                 LimitFigures{.rule = SkipReason::max_capital, .scope = number<RiskScope>(5)};
         }},
    });
}

constexpr auto no_reason = static_cast<SkipReason>(skip_reason_count + 1);

TEST_CASE("a skip has a reason, and one that is known", "[ledger]") {
    check_refused<FollowerOrderSkipped>({
        {"reason", [](auto& e) { e.reason = SkipReason::none; }},
        {"reason", [](auto& e) { e.reason = no_reason; }},
    });
}

TEST_CASE("an order's end has a known reason or none", "[ledger]") {
    check_refused<FollowerCancelIntended>({{"because", [](auto& e) { e.because = no_reason; }}});
    check_refused<UnsentOrderWithdrawn>({{"because", [](auto& e) { e.because = no_reason; }}});
}

TEST_CASE("a calendar's minutes are within a day", "[ledger]") {
    CalendarSet widest;
    widest.calendar = {.utc_offset_minutes = -1439, .session_start_minute = 1439};
    CHECK(field_out_of_range(event_with(widest)).empty());
    check_refused<CalendarSet>({
        {"utc_offset_minutes", [](auto& e) { e.calendar.utc_offset_minutes = 1440; }},
        {"utc_offset_minutes", [](auto& e) { e.calendar.utc_offset_minutes = -1440; }},
        {"session_start_minute", [](auto& e) { e.calendar.session_start_minute = 1440; }},
        {"session_start_minute", [](auto& e) { e.calendar.session_start_minute = -1; }},
    });
}

TEST_CASE("an exit of no known scope is refused by name", "[ledger]") {
    check_refused<ExitRequested>({{"scope", [](auto& e) { e.scope = number<ExitScope>(0); }}});
}

}  // namespace
}  // namespace ledger::log::record_ranges_test
