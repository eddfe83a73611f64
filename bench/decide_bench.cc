// How long the pure core takes to decide one master order for all followers, every rule on.
#include "bench/benchmark.h"
#include "bench/latencies.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/evolve.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace bench {

using ledger::AccountNumber;
using ledger::Event;
using ledger::Money;
using ledger::Payload;
using ledger::Quantity;
using ledger::Result;
namespace replication = ledger::replication;

namespace {

constexpr std::array<std::uint32_t, 4> sizes{250, 500, 1'000, 2'000};
constexpr std::int64_t decided_at_ns = 1'764'128'700'000'000'000;  // a Wednesday, 03:45 UTC
constexpr AccountNumber master{1};

// Every rule stands at every place, and each lets the order pass: none ends the others' work.
ledger::RiskLimits all_rules() {
    ledger::RiskLimits limits;
    limits.max_quantity = Quantity{90};  // caps
    limits.max_order_value = Money{1'000'000'000'000};
    limits.max_position_value = Money{1'000'000'000'000};
    limits.max_open_orders = 1'000'000;
    limits.max_capital = Money{1'000'000'000'000'000};
    limits.max_daily_loss = Money{1'000'000'000'000};
    limits.max_orders_per_second = 1'000'000;
    limits.price_band_bps = 2'000;
    limits.max_event_age_ms = 60'000;
    limits.trading_hours = ledger::TradingHours{.from_minute = 555, .to_minute = 930};
    limits.allowed_instruments = {"RELIANCE", "INFY"};
    limits.allowed_products = {ledger::Product::intraday, ledger::Product::delivery};
    limits.allowed_order_types = {ledger::OrderType::limit};
    limits.allowed_exchanges = {"NSE"};
    return limits;
}

class Desk {
  public:
    explicit Desk(std::uint32_t followers) {
        fold(ledger::CalendarSet{{.utc_offset_minutes = 330, .session_start_minute = 540}});
        open(ledger::AccountRole::master, master);
        fold(ledger::RiskLimitsSet{{}, all_rules()});
        fold(ledger::RiskLimitsSet{master, all_rules()});
        for (std::uint32_t n = 0; n < followers; ++n) follow(AccountNumber{2 + n});
    }

    [[nodiscard]] const replication::State& state() const { return state_; }

    // A master's order, folded in.
    Event order(std::uint64_t number) {
        ledger::MasterOrderReported report;
        report.account = master;
        report.broker_order_id = fmt::format("M-{}", number);
        report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
        report.terms.type = ledger::OrderType::limit;
        report.terms.quantity = Quantity{100};
        report.terms.price = ledger::Price{15'000'000};
        return fold(std::move(report));
    }

  private:
    Event fold(Payload payload) {
        Event event;
        event.sequence = state_.sequence + 1;
        event.id = ledger::NaturalKey{"bench"}.add(event.sequence).id();
        event.recorded_at_ns = decided_at_ns;
        event.occurred_at_ns = decided_at_ns;
        event.payload = std::move(payload);
        replication::evolve(state_, event);
        return event;
    }

    void open(ledger::AccountRole role, AccountNumber number) {
        const std::string code = std::to_string(number.value());
        fold(ledger::AccountOpened{number, {role, "sim", code, code}, {}});
    }

    void follow(AccountNumber number) {
        open(ledger::AccountRole::follower, number);
        fold(ledger::RiskLimitsSet{number, all_rules()});
        ledger::LinkTerms terms;
        terms.limits = all_rules();
        fold(ledger::LinkSet{master, number, std::move(terms)});
    }

    replication::State state_;
};

Spread measure(const Setting& setting, std::uint32_t followers, std::size_t& intended) {
    using Clock = std::chrono::steady_clock;
    Desk desk{followers};
    replication::Marks marks;
    static_cast<void>(marks.set({.segment = ledger::Segment::nse_cash,
                                 .symbol = "RELIANCE",
                                 .price = ledger::Price{15'000'000}},
                                decided_at_ns));
    const replication::Policy policy;
    Latencies latencies;
    const auto end = Clock::now() + std::chrono::nanoseconds{setting.row_ns() / 4};
    for (std::uint64_t number = 0; Clock::now() < end; ++number) {
        const Event event = desk.order(number);
        const auto begin = Clock::now();
        const auto consequences = replication::decide(desk.state(), policy, marks, event);
        latencies.add((Clock::now() - begin).count());
        intended = 0;
        for (const auto& consequence : consequences) {
            intended += std::holds_alternative<ledger::FollowerOrderIntended>(consequence.payload);
        }
    }
    return latencies.spread();
}

}  // namespace

Result<void> run_decide(const Setting& setting) {
    constexpr std::int64_t aim_ns = 1'000'000;
    for (const std::uint32_t followers : sizes) {
        std::size_t intended = 0;
        const Spread spread = measure(setting, followers, intended);
        if (intended != followers) {
            return ledger::Error{ledger::Errc::corrupt, "a rule refused what all let pass", {}};
        }
        Row row{
            .name = fmt::format("decide/{}", followers),
            .conditions = "one master order, one core, all rules at all four places, each capped",
            .latency = spread,
            .figure = static_cast<double>(spread.p50_ns) / followers,
            .unit = "ns per follower",
            .cpu_seconds = 0,
            .limit = {},
            .aim = {}};
        if (followers == 1'000) {
            row.aim = Aim{.text = "1 ms at p50 for 1,000", .met = spread.p50_ns < aim_ns};
        }
        setting.report.add(std::move(row));
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
