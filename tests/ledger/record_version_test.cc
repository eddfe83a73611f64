// Which version of the schema a record bears: older programs read what they know whole.
#include "ledger/log/record_codec.h"
#include "tests/ledger/golden_events.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <flatbuffers/flatbuffers.h>

namespace ledger::log::record_version_test {
namespace {

unsigned version_of(std::string_view record) {
    const flatbuffers::voffset_t field = flatbuffers::FieldIndexToOffset(15);
    return flatbuffers::GetRoot<flatbuffers::Table>(record.data())
        ->GetField<std::uint16_t>(field, 1);
}

unsigned version_of(const Payload& payload) {
    Event event = sparse_golden_events_v1().front();
    event.payload = payload;
    RecordEncoder encoder;
    return version_of(encoder.encode(event));
}

TEST_CASE("a record bears the lowest version that can say what it holds", "[ledger]") {
    for (const Event& event : golden_events_v1()) {
        INFO(kind_of(event.payload));
        CHECK(version_of(event.payload) == 1);
    }
    for (const auto& events : {golden_events_v2(), sparse_golden_events_v2()}) {
        for (const Event& event : events) {
            INFO(kind_of(event.payload));
            CHECK(version_of(event.payload) == 2);
        }
    }
}

TEST_CASE("each term of a link that version 1 did not have raises the version", "[ledger]") {
    const std::vector<std::function<void(LinkTerms&)>> changes{
        [](LinkTerms& e) { e.strategy = CopyStrategy::fixed_quantity; },
        [](LinkTerms& e) {
            e.percentage = {1, 2};
        },
        [](LinkTerms& e) { e.fixed_quantity = Quantity{1}; },
        [](LinkTerms& e) { e.sides = CopySides::mirror; },
        [](LinkTerms& e) { e.price_mode = PriceMode::market; },
        [](LinkTerms& e) { e.protection_bps = 1; },
        [](LinkTerms& e) {
            e.product_map = {{Product::intraday, Product::intraday}};
        },
        [](LinkTerms& e) {
            e.order_type_map = {{OrderType::market, OrderType::market}};
        },
        [](LinkTerms& e) { e.on_join = JoinPolicy::open_positions; },
        [](LinkTerms& e) { e.on_leave = LeavePolicy::cancel_working; },
        [](LinkTerms& e) { e.limits.max_open_orders = 0; },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        INFO("change " << i);
        LinkSet link;
        changes[i](link.terms);
        CHECK(version_of(link) == 2);
    }
}

TEST_CASE("each figure that version 1 did not have raises the version", "[ledger]") {
    const std::vector<std::function<void(SizingFigures&)>> changes{
        [](SizingFigures& e) { e.strategy = CopyStrategy::percentage; },
        [](SizingFigures& e) { e.reducing = Quantity{1}; },
        [](SizingFigures& e) { e.master_position = Quantity{-1}; },
        [](SizingFigures& e) { e.position = Quantity{-1}; },
        [](SizingFigures& e) { e.mark = Price{1}; },
        [](SizingFigures& e) { e.mark_at_ns = 1; },
        [](SizingFigures& e) { e.equity = Money{1}; },
        [](SizingFigures& e) { e.master_equity = Money{1}; },
        [](SizingFigures& e) { e.equity_at_ns = 1; },
        [](SizingFigures& e) { e.protection_bps = 1; },
        [](SizingFigures& e) { e.limit = LimitFigures{.rule = SkipReason::max_quantity}; },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        INFO("change " << i);
        SizingFigures figures;
        changes[i](figures);
        FollowerOrderIntended intended;
        intended.figures = figures;
        FollowerOrderSkipped skipped;
        skipped.figures = figures;
        CHECK(version_of(intended) == 2);
        CHECK(version_of(skipped) == 2);
        CHECK(version_of(FollowerModifyIntended{{}, {}, {}, figures}) == 2);
        CHECK(version_of(UnsentOrderAmended{{}, {}, {}, figures}) == 2);
    }
}

}  // namespace
}  // namespace ledger::log::record_version_test
