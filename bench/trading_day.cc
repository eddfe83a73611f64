#include "bench/trading_day.h"

#include "ledger/base/assert.h"
#include "ledger/replication/order_status.h"

#include <array>
#include <chrono>

namespace bench {

using namespace ledger;

namespace {

constexpr std::array<Ratio, 3> ratios{{{1, 1}, {1, 2}, {3, 2}}};
// Of the broker's answers, one in so many is a refusal, or is lost and found in the book.
constexpr std::uint64_t refused_every = 100;
constexpr std::uint64_t lost_every = 150;
constexpr std::uint64_t first_broker_order_id = 10'000'001;

}  // namespace

TradingDay::TradingDay(Sequencer& sequencer) : sequencer_(sequencer) {
    sequencer_.observe([this](const Sequencer::EventBatch& batch) {
        for (const Event& event : *batch) answer(event);
    });
}

void TradingDay::queue(Command command) {
    const bool taken = sequencer_.submit(std::move(command), [this](const Result<Receipt>& done) {
        if (done) return;
        ++refused_;
        refusal_ = done.error().detail;
    });
    LEDGER_ASSERT(taken);
}

void TradingDay::queue(CommandPayload payload) {
    Command command;
    command.actor = "executor";
    command.payload = std::move(payload);
    queue(std::move(command));
}

Result<void> TradingDay::drain() {
    constexpr std::chrono::milliseconds at_once{0};
    while (sequencer_.queued_commands() > 0) {
        BOOST_OUTCOME_TRY(sequencer_.run_once(at_once));
    }
    if (refused_ == 0) return boost::outcome_v2::success();
    return Error{Errc::conflict, "the ledger refused a made-up command: " + refusal_, {}};
}

Result<void> TradingDay::open_accounts(std::size_t followers) {
    queue(open_master());
    queue(define_lots());
    for (std::size_t i = 0; i < followers; ++i) queue(open_follower(i));
    for (std::size_t i = 0; i < followers; ++i) queue(link_follower(i, ratios[i % ratios.size()]));
    return drain();
}

Result<void> TradingDay::say(const MasterSays& says) {
    queue(report_of(says));
    return drain();
}

Result<void> TradingDay::live_one_order() {
    using enum MasterEventType;
    const auto life = orders_ % 8;
    // Followers at half of 30 come to less than a lot.
    MasterSays says{.order = ++orders_,
                    .side = orders_ / 8 % 2 == 0 ? Side::buy : Side::sell,
                    .quantity = life == 7 ? 30 : 100,
                    .in_lots = life == 7};
    says.price += static_cast<std::int64_t>(orders_ % 1000) * 500;
    BOOST_OUTCOME_TRYV(say(says));
    if (life == 3) {
        says.type = modified;
        says.version = 2;
        says.price += 500;
        BOOST_OUTCOME_TRYV(say(says));
    }
    if (life == 5 || life == 6) {
        says.type = canceled;
        says.version = 3;
        BOOST_OUTCOME_TRYV(say(says));
        return report_copies({OrdStatus::canceled, 0});
    }
    if (life == 4) {
        BOOST_OUTCOME_TRYV(report_copies({OrdStatus::partially_filled, 40}));
    }
    says.type = fill;
    says.version = 4;
    says.filled = says.quantity;
    BOOST_OUTCOME_TRYV(say(says));
    return report_copies({OrdStatus::filled, 100});
}

Result<void> TradingDay::report_copies(const BookSays& says) {
    const auto& state = sequencer_.state();
    const auto& master_order = state.master_orders[state.master_orders.size() - 1];
    for (const RowIndex index : master_order.copies) {
        const auto& order = state.follower_orders[index];
        if (!replication::is_working(order.status)) continue;
        FollowerOrderReported report;
        report.order = order.id;
        report.broker_order_id = order.broker_order_id;
        report.status = says.status;
        report.order_qty = order.terms.quantity;
        report.price = order.terms.price;
        report.cum_qty = Quantity{order.terms.quantity.value() * says.filled_percent / 100};
        report.avg_px = order.terms.price;
        report.updated_at_ns = state.recorded_at_ns;
        queue(ReportFollowerOrder{std::move(report)});
    }
    return drain();
}

void TradingDay::answer(const Event& event) {
    if (std::holds_alternative<FollowerOrderIntended>(event.payload)) {
        queue(StartAttempt{event.id, event.id});
    } else if (const auto* modify = std::get_if<FollowerModifyIntended>(&event.payload)) {
        queue(StartAttempt{modify->order, event.id});
    } else if (const auto* cancel = std::get_if<FollowerCancelIntended>(&event.payload)) {
        queue(StartAttempt{cancel->order, event.id});
    } else if (const auto* started = std::get_if<AttemptStarted>(&event.payload)) {
        answer_attempt(started->ref);
    } else if (const auto* unknown = std::get_if<AttemptUnknown>(&event.payload)) {
        const auto id = std::to_string(first_broker_order_id + broker_order_ids_++);
        queue(RecordAccepted{unknown->ref, id, true});
    }
}

void TradingDay::answer_attempt(const AttemptRef& ref) {
    ++answers_;
    const bool places = ref.intent == ref.order;
    if (places && answers_ % refused_every == 0) {
        queue(RecordRejected{ref, "e-orders-0003", "RMS: margin exceeds the limit", false});
    } else if (places && answers_ % lost_every == 1) {
        queue(RecordUnknown{ref, "no answer within 7000 ms"});
    } else {
        const auto id = std::to_string(first_broker_order_id + broker_order_ids_++);
        queue(RecordAccepted{ref, id, false});
    }
}

}  // namespace bench
