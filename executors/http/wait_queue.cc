#include "executors/http/wait_queue.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace executors {

namespace asio = boost::asio;

TimePoint time_after(const asio::any_io_executor& executor, asio::steady_timer::duration duration) {
    return asio::steady_timer{executor, duration}.expiry();
}

asio::awaitable<WaitQueue::Wake> WaitQueue::wait(TimePoint deadline) {
    if (waiters_.size() >= waiters_max_) co_return Wake::full;
    const auto waiter = std::make_shared<Waiter>(executor_);
    waiter->timer.expires_at(deadline);
    waiters_.push_back(waiter);
    co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (waiter->woken) co_return Wake::woken;
    std::erase(waiters_, waiter);
    co_return Wake::timed_out;
}

bool WaitQueue::wake_one() {
    if (waiters_.empty()) return false;
    const auto waiter = std::move(waiters_.front());
    waiters_.pop_front();
    waiter->woken = true;
    waiter->timer.cancel();
    return true;
}

void WaitQueue::wake_all() {
    while (wake_one()) {
    }
}

}  // namespace executors
