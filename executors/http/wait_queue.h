// Coroutines of one io_context that wait for the same thing: first come first served, bounded in
// number and in time.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace executors {

using TimePoint = boost::asio::steady_timer::time_point;

[[nodiscard]] TimePoint time_after(const boost::asio::any_io_executor& executor,
                                   boost::asio::steady_timer::duration duration);

class WaitQueue {
  public:
    enum class Wake { woken, timed_out, full };

    WaitQueue(boost::asio::any_io_executor executor, std::size_t waiters_max)
        : executor_(std::move(executor)), waiters_max_(waiters_max) {}

    // The queue must outlive every wait that is resumed.
    [[nodiscard]] boost::asio::awaitable<Wake> wait(TimePoint deadline);

    // False where nobody waits. Whoever is woken sees Wake::woken even if its time ran out at the
    // same moment, so that what is handed over by waking is never lost.
    bool wake_one();
    void wake_all();

  private:
    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& executor) : timer(executor) {}

        boost::asio::steady_timer timer;
        bool woken = false;
    };

    boost::asio::any_io_executor executor_;
    std::size_t waiters_max_;
    // Shared with the waiting coroutine: either may be destroyed first when a node is torn down.
    std::deque<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace executors
