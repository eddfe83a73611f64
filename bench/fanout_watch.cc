#include "bench/fanout_watch.h"

#include "bench/process_use.h"

#include <chrono>
#include <string>

namespace bench {

using namespace ledger;

void FanoutWatch::begin() {
    const std::scoped_lock lock{mutex_};
    intended_ = 0;
    acknowledged_ = 0;
    times_ = {};
    begun_ns_ = now_ns();
}

void FanoutWatch::on_committed(const Sequencer::EventBatch& batch) {
    const std::scoped_lock lock{mutex_};
    const std::int64_t passed_ns = now_ns() - begun_ns_;
    for (const Event& event : *batch) {
        if (std::holds_alternative<FollowerOrderIntended>(event.payload)) ++intended_;
        if (std::holds_alternative<AttemptAccepted>(event.payload)) ++acknowledged_;
    }
    if (intended_ == followers_ && times_.intended_ns == 0) times_.intended_ns = passed_ns;
    if (acknowledged_ != followers_ || times_.acknowledged_ns != 0) return;
    times_.acknowledged_ns = passed_ns;
    all_acknowledged_.notify_one();
}

Result<FanoutTimes> FanoutWatch::wait() {
    constexpr std::chrono::seconds patience{60};
    std::unique_lock lock{mutex_};
    const bool done =
        all_acknowledged_.wait_for(lock, patience, [this] { return times_.acknowledged_ns != 0; });
    if (done) return times_;
    return Error{Errc::unavailable,
                 std::to_string(acknowledged_) + " of " + std::to_string(intended_) +
                     " follower orders were acknowledged in a minute",
                 {}};
}

}  // namespace bench
