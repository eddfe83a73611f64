// The addresses behind one host name, looked up once and shared until they stop answering.
#pragma once

#include "executors/http/wait_queue.h"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace executors {

class HostAddresses {
  public:
    using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    // A literal address needs no resolver. `port` is a number.
    HostAddresses(const boost::asio::any_io_executor& executor, std::string host, std::string port);

    // Empty where the name could not be resolved by the deadline.
    [[nodiscard]] boost::asio::awaitable<Endpoints> lookup(TimePoint deadline);

    // After none of the addresses could be reached: the next lookup asks again.
    void forget();

  private:
    // Shared with the lookup under way, which a blocked name server may keep for long after its
    // waiters have given up.
    struct State {
        explicit State(const boost::asio::any_io_executor& executor);

        boost::asio::ip::tcp::resolver resolver;
        WaitQueue waiters;
        Endpoints endpoints;
        bool resolving = false;
    };

    void start_resolving();

    std::string host_;
    std::string port_;
    bool literal_ = false;
    std::shared_ptr<State> state_;
};

}  // namespace executors
