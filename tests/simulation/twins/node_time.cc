#include "tests/simulation/twins/node_time.h"

#include <memory>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace simulation {

namespace asio = boost::asio;

asio::awaitable<void> NodeScheduler::sleep_for(std::int64_t duration_ns) {
    const auto initiate = [](auto handler, Agenda& sleepers, std::int64_t at_ns) {
        const auto executor = asio::get_associated_executor(handler);
        const auto sleeper = std::make_shared<decltype(handler)>(std::move(handler));
        sleepers.at(at_ns, [executor, sleeper] {
            asio::post(executor, [sleeper]() mutable { (*sleeper)(); });
        });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        initiate, asio::use_awaitable, std::ref(sleepers_), now_ns() + duration_ns);
}

}  // namespace simulation
