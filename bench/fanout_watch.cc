#include "bench/fanout_watch.h"

#include "bench/process_use.h"

#include <chrono>

#include <fmt/format.h>

namespace bench {

using namespace ledger;

namespace {

bool tells_of_fill(const Event& event) {
    const auto* report = std::get_if<FollowerOrderReported>(&event.payload);
    return report != nullptr && report->status == OrdStatus::filled;
}

}  // namespace

void FanoutWatch::begin() {
    const std::scoped_lock lock{mutex_};
    intended_ = 0;
    acknowledged_ = 0;
    filled_ = 0;
    times_ = {};
    cpu_before_ = cpu_seconds();
    begun_ns_ = now_ns();
}

void FanoutWatch::on_committed(const Sequencer::EventBatch& batch) {
    const std::scoped_lock lock{mutex_};
    const std::int64_t passed_ns = now_ns() - begun_ns_;
    for (const Event& event : *batch) {
        if (std::holds_alternative<FollowerOrderIntended>(event.payload)) ++intended_;
        if (std::holds_alternative<AttemptAccepted>(event.payload)) ++acknowledged_;
        if (tells_of_fill(event)) ++filled_;
    }
    if (intended_ == followers_ && times_.intended_ns == 0) times_.intended_ns = passed_ns;
    if (acknowledged_ == followers_ && times_.acknowledged_ns == 0) {
        times_.acknowledged_ns = passed_ns;
        times_.acknowledged_cpu_seconds = cpu_seconds() - cpu_before_;
    }
    if (filled_ == followers_) all_filled_.notify_one();
}

Result<FanoutTimes> FanoutWatch::wait() {
    constexpr std::chrono::seconds patience{60};
    std::unique_lock lock{mutex_};
    const bool done =
        all_filled_.wait_for(lock, patience, [this] { return filled_ == followers_; });
    if (done) return times_;
    return Error{Errc::unavailable,
                 fmt::format("a minute after a master order {} intents, {} acknowledgements and "
                             "{} fills of {} follower orders were durable",
                             intended_, acknowledged_, filled_, followers_),
                 {}};
}

}  // namespace bench
