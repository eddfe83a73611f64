// Starts a coroutine that must not throw: one that does ends the process.
#pragma once

#include "ledger/base/assert.h"

#include <exception>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>

namespace executors {

inline void spawn(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> work) {
    boost::asio::co_spawn(executor, std::move(work), [](const std::exception_ptr& thrown) {
        LEDGER_ASSERT(thrown == nullptr);
    });
}

}  // namespace executors
