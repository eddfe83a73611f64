#include "tests/ledger/golden_events.h"
#include "tests/ledger/golden_parts.h"

namespace ledger::log {
namespace {

using golden::id_from;
using golden::instrument;
using golden::terms;

RiskLimits full_limits() {
    return {.max_quantity = Quantity{1800},
            .max_order_value = Money{25'000'000'000},
            .max_position_value = Money{50'000'000'000},
            .max_open_orders = 0,
            .max_capital = Money{100'000'000'000},
            .max_daily_loss = Money{0},
            .max_orders_per_second = 10,
            .price_band_bps = 300,
            .max_event_age_ms = 5000,
            .trading_hours = TradingHours{.from_minute = 555, .to_minute = 930},
            .allowed_instruments = {"NIFTY24DECFUT", "49543"},
            .allowed_products = {Product::carry, Product::intraday},
            .allowed_order_types = {OrderType::limit, OrderType::stop_limit},
            .allowed_exchanges = {"NSE", "MCXFO"},
            .on_limit = OnLimit::skip};
}

LinkTerms full_terms() {
    return {.strategy = CopyStrategy::percentage,
            .ratio = {3, 2},
            .percentage = {5, 2},
            .fixed_quantity = Quantity{150},
            .active = false,
            .round_up_to_min_lot = true,
            .sides = CopySides::buy_only,
            .price_mode = PriceMode::marketable_limit,
            .protection_bps = 50,
            .product_map = {{Product::intraday, Product::carry},
                            {Product::delivery, Product::intraday}},
            .order_type_map = {{OrderType::stop, OrderType::stop_limit}},
            .on_join = JoinPolicy::open_positions,
            .on_leave = LeavePolicy::close_positions,
            .limits = full_limits()};
}

SizingFigures full_figures() {
    return {.ratio = {3, 2},
            .master_quantity = Quantity{1000},
            .raw_quantity = Quantity{1501},
            .lot_size = Quantity{75},
            .strategy = CopyStrategy::equity_proportional,
            .reducing = Quantity{300},
            .master_position = Quantity{2000},
            .position = Quantity{300},
            .mark = Price{245'512'500},
            .mark_at_ns = 1'700'000'000'500'000'000,
            .equity = Money{7'500'000'000},
            .master_equity = Money{5'000'000'000},
            .equity_at_ns = 1'699'999'000'000'000'000,
            .protection_bps = 25,
            .limit = LimitFigures{.rule = SkipReason::max_capital,
                                  .scope = RiskScope::global,
                                  .bound = 100'000'000'000,
                                  .actual = 100'000'000'001}};
}

std::vector<Payload> full_risk_payloads() {
    return {
        RiskLimitsSet{.account = AccountNumber{12}, .limits = full_limits()},
        ConsentRecorded{.account = AccountNumber{12},
                        .accepted = true,
                        .text_version = "2024-11",
                        .address = "203.0.113.7",
                        .user_agent = "Mozilla/5.0"},
        FundsReported{.account = AccountNumber{12},
                      .equity = Money{7'500'000'000},
                      .capital = Money{7'000'000'000}},
        TradingHalted{.account = AccountNumber{12}, .why = "the feed is wrong"},
        TradingResumed{.account = AccountNumber{12}, .why = "the feed is right again"},
        ExitRequested{.master = AccountNumber{1},
                      .master_order = id_from(0x80),
                      .scope = ExitScope::position},
        CalendarSet{.calendar = {.utc_offset_minutes = 330, .session_start_minute = 540}},
        RequestAnswered{.account = AccountNumber{12}},
    };
}

std::vector<Payload> full_changed_payloads() {
    return {
        LinkSet{.master = AccountNumber{1}, .follower = AccountNumber{12}, .terms = full_terms()},
        InstrumentDefined{.instrument = instrument,
                          .rules = {.lot_size = Quantity{75},
                                    .tick_size = Price{500},
                                    .freeze_quantity = Quantity{1800},
                                    .valid_on = 20'241'121}},
        FollowerOrderIntended{.master_order = id_from(0x80),
                              .master = AccountNumber{1},
                              .follower = AccountNumber{12},
                              .slice = 2,
                              .terms = terms,
                              .figures = full_figures(),
                              .purpose = OrderPurpose::exit},
        FollowerOrderSkipped{.master_order = id_from(0x80),
                             .master = AccountNumber{1},
                             .follower = AccountNumber{12},
                             .action = IntentKind::modify,
                             .reason = SkipReason::max_capital,
                             .figures = full_figures()},
        FollowerModifyIntended{.order = id_from(0x20),
                               .follower = AccountNumber{12},
                               .terms = terms,
                               .figures = full_figures()},
        UnsentOrderAmended{.order = id_from(0x20),
                           .follower = AccountNumber{12},
                           .terms = terms,
                           .figures = full_figures()},
        FollowerCancelIntended{.order = id_from(0x20),
                               .follower = AccountNumber{12},
                               .because = SkipReason::exit_requested},
        UnsentOrderWithdrawn{.order = id_from(0x20),
                             .follower = AccountNumber{12},
                             .because = SkipReason::kill_switch},
    };
}

// The least that is new of each of full_changed_payloads().
std::vector<Payload> sparse_changed_payloads() {
    LinkSet link;
    link.terms.limits.max_open_orders = 0;
    InstrumentDefined defined;
    defined.rules.valid_on = 1;
    FollowerOrderIntended intended;
    intended.purpose = OrderPurpose::flatten;
    FollowerOrderSkipped skipped;
    skipped.reason = SkipReason::consent_missing;
    FollowerModifyIntended modify;
    modify.figures.limit = LimitFigures{.rule = SkipReason::max_quantity};
    UnsentOrderAmended amended;
    amended.figures.strategy = CopyStrategy::fixed_quantity;
    FollowerCancelIntended cancel;
    cancel.because = SkipReason::below_min_lot;
    UnsentOrderWithdrawn withdrawn;
    withdrawn.because = SkipReason::below_min_lot;
    return {link, defined, intended, skipped, modify, amended, cancel, withdrawn};
}

std::vector<Payload> sparse_risk_payloads() {
    return {RiskLimitsSet{},  ConsentRecorded{}, FundsReported{}, TradingHalted{},
            TradingResumed{}, ExitRequested{},   CalendarSet{},   RequestAnswered{}};
}

}  // namespace

std::vector<Event> golden_events_v2() {
    std::vector<Event> events;
    for (const auto& group : {full_changed_payloads(), full_risk_payloads()}) {
        for (const Payload& payload : group) events.push_back(golden::full_event(payload));
    }
    return events;
}

std::vector<Event> sparse_golden_events_v2() {
    std::vector<Event> events;
    for (const auto& group : {sparse_changed_payloads(), sparse_risk_payloads()}) {
        for (const Payload& payload : group) events.push_back(golden::sparse_event(payload));
    }
    return events;
}

}  // namespace ledger::log
