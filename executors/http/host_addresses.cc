#include "executors/http/host_addresses.h"

#include <utility>

#include <boost/asio/ip/address.hpp>

namespace executors {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// A client lets in no more requests than it has connections; this is above any of them.
constexpr std::size_t waiters_max = 65'536;

}  // namespace

HostAddresses::State::State(const asio::any_io_executor& executor)
    : resolver(executor), waiters(executor, waiters_max) {}

HostAddresses::HostAddresses(const asio::any_io_executor& executor, std::string host,
                             std::string port)
    : host_(std::move(host)), port_(std::move(port)), state_(std::make_shared<State>(executor)) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host_, error);
    literal_ = !error;
    if (!literal_) return;
    state_->endpoints.emplace_back(address, static_cast<asio::ip::port_type>(std::stoul(port_)));
}

asio::awaitable<HostAddresses::Endpoints> HostAddresses::lookup(TimePoint deadline) {
    if (state_->endpoints.empty()) {
        start_resolving();
        co_await state_->waiters.wait(deadline);
    }
    co_return state_->endpoints;
}

void HostAddresses::forget() {
    if (!literal_) state_->endpoints.clear();
}

void HostAddresses::start_resolving() {
    if (state_->resolving) return;
    state_->resolving = true;
    state_->resolver.async_resolve(
        host_, port_, tcp::resolver::numeric_service,
        [weak = std::weak_ptr{state_}](const boost::system::error_code& error,
                                       const tcp::resolver::results_type& results) {
            const auto state = weak.lock();
            if (!state) return;
            state->resolving = false;
            if (!error) {
                for (const auto& entry : results) state->endpoints.push_back(entry.endpoint());
            }
            state->waiters.wake_all();
        });
}

}  // namespace executors
