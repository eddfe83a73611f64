// The sequencer as an awaitable, for code that runs on an Asio executor.
#pragma once

#include "ledger/sequencer.h"

#include <memory>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ledger {

// Resumes on the coroutine's own executor when the outcome is durable; overloaded, at once, when
// the queue is full. The sequencer must outlive the wait.
inline boost::asio::awaitable<Result<Receipt>> submit(Sequencer& sequencer, Command command) {
    namespace asio = boost::asio;
    const auto initiate = [](auto handler, Sequencer& writer, Command&& wanted) {
        const auto executor = asio::get_associated_executor(handler);
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto resume = [executor, shared](const Result<Receipt>& result) {
            asio::post(executor,
                       [shared, result = result]() mutable { (*shared)(std::move(result)); });
        };
        if (writer.submit(std::move(wanted), resume)) return;
        resume(Error{Errc::overloaded, "the ledger's queue is full; try again", {}});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Receipt>)>(
        initiate, asio::use_awaitable, std::ref(sequencer), std::move(command));
}

}  // namespace ledger
