#include "ingest/change_turn.h"

#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ingest {

asio::awaitable<void> pause_ms(int duration_ms) {
    asio::steady_timer timer{co_await asio::this_coro::executor,
                             std::chrono::milliseconds{duration_ms}};
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<ledger::Result<ChangeTurn>> take_turn(bool& taken) {
    // These are changes by people: a turn is short, and few wait.
    constexpr int pauses_max = 2500;
    constexpr int one_pause_ms = 2;
    for (int paused = 0; paused < pauses_max; ++paused) {
        if (!taken) co_return ChangeTurn{taken};
        co_await pause_ms(one_pause_ms);
    }
    co_return ledger::Error{
        ledger::Errc::overloaded, "Other changes of settings are under way; try again.", {}};
}

}  // namespace ingest
