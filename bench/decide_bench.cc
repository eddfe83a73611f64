// How long the pure core takes to decide one master order, or a modify of it, for all followers,
// every rule on.
#include "bench/benchmark.h"
#include "bench/latencies.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/evolve.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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
constexpr ledger::Price mark{15'000'000};

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
        static_cast<void>(
            marks_.set({.segment = ledger::Segment::nse_cash, .symbol = "RELIANCE", .price = mark},
                       decided_at_ns));
        fold(ledger::CalendarSet{{.utc_offset_minutes = 330, .session_start_minute = 540}});
        open(ledger::AccountRole::master, master);
        fold(ledger::RiskLimitsSet{{}, all_rules()});
        fold(ledger::RiskLimitsSet{master, all_rules()});
        for (std::uint32_t n = 0; n < followers; ++n) follow(AccountNumber{2 + n});
    }

    [[nodiscard]] std::vector<replication::Consequence> decide(const Event& event) const {
        return replication::decide(state_, policy_, marks_, event);
    }

    // A master's order, folded in.
    Event order(std::uint64_t number) { return fold(report(number)); }

    // His order 0 with a copy of it working at every follower's broker.
    void copies_work() {
        for (auto& consequence : decide(order(0))) {
            const Event intended = fold(std::move(consequence.payload));
            const auto& follower =
                std::get<ledger::FollowerOrderIntended>(intended.payload).follower;
            const ledger::AttemptRef ref{intended.id, intended.id, follower, 1};
            fold(ledger::AttemptStarted{.ref = ref});
            fold(ledger::AttemptAccepted{.ref = ref, .broker_order_id = "B"});
        }
    }

    // A modify of order 0, folded in: what follows from it is not, so each finds the same copies.
    Event modify(std::uint64_t number) {
        ledger::MasterOrderReported modified = report(0);
        modified.type = ledger::MasterEventType::modified;
        modified.version.value = 1 + number;
        modified.terms.price = ledger::Price{15'010'000};
        return fold(std::move(modified));
    }

  private:
    static ledger::MasterOrderReported report(std::uint64_t number) {
        ledger::MasterOrderReported report;
        report.account = master;
        report.broker_order_id = fmt::format("M-{}", number);
        report.version.kind = ledger::SourceVersion::Kind::sequence;
        report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
        report.terms.type = ledger::OrderType::limit;
        report.terms.quantity = Quantity{100};
        report.terms.price = mark;
        return report;
    }

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
    replication::Policy policy_;
    replication::Marks marks_;
};

// What is decided about, and what should follow from it for each follower.
struct Subject {
    std::string_view name;
    std::string_view conditions;
    Event (*next)(Desk&, std::uint64_t);
    bool (*is_expected)(const replication::Consequence&);
};

template <class Wanted>
bool holds(const replication::Consequence& consequence) {
    return std::holds_alternative<Wanted>(consequence.payload);
}

constexpr std::array<Subject, 2> subjects{
    {{.name = "new",
      .conditions = "one master order, one core, all rules at all four places, each capped",
      .next = [](Desk& desk, std::uint64_t number) { return desk.order(1 + number); },
      .is_expected = holds<ledger::FollowerOrderIntended>},
     {.name = "modify",
      .conditions = "its price modified, a copy working for each follower",
      .next = [](Desk& desk, std::uint64_t number) { return desk.modify(number); },
      .is_expected = holds<ledger::FollowerModifyIntended>}}};

Result<Spread> measure(const Setting& setting, std::uint32_t followers, const Subject& subject) {
    using Clock = std::chrono::steady_clock;
    Desk desk{followers};
    desk.copies_work();
    Latencies latencies;
    const auto end = Clock::now() + std::chrono::nanoseconds{setting.row_ns() / 4};
    for (std::uint64_t number = 0; Clock::now() < end; ++number) {
        const Event event = subject.next(desk, number);
        const auto begin = Clock::now();
        const auto consequences = desk.decide(event);
        latencies.add((Clock::now() - begin).count());
        const auto expected = std::ranges::count_if(consequences, subject.is_expected);
        if (static_cast<std::size_t>(expected) != followers) {
            return ledger::Error{ledger::Errc::corrupt, "a rule refused what all let pass", {}};
        }
    }
    return latencies.spread();
}

Result<void> add_row(const Setting& setting, std::uint32_t followers, const Subject& subject) {
    constexpr std::int64_t aim_ns = 1'000'000;
    BOOST_OUTCOME_TRY(const Spread spread, measure(setting, followers, subject));
    Row row{.name = fmt::format("decide/{}/{}", subject.name, followers),
            .conditions = std::string{subject.conditions},
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
    return boost::outcome_v2::success();
}

}  // namespace

Result<void> run_decide(const Setting& setting) {
    for (const Subject& subject : subjects) {
        for (const std::uint32_t followers : sizes) {
            BOOST_OUTCOME_TRY(add_row(setting, followers, subject));
        }
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
