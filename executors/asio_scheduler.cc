#include "executors/asio_scheduler.h"

#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace executors {

namespace asio = boost::asio;

std::int64_t AsioScheduler::now_ns() const {
    const auto since_zero = asio::steady_timer::clock_type::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since_zero).count();
}

asio::awaitable<void> AsioScheduler::sleep_for(std::int64_t duration_ns) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    timer.expires_after(std::chrono::nanoseconds{duration_ns});
    static_cast<void>(co_await timer.async_wait(asio::as_tuple(asio::use_awaitable)));
}

}  // namespace executors
