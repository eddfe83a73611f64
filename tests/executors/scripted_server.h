// A loopback HTTP server that keeps what it was sent and does what a list says, one step a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace scripted {

struct Step {
    enum class Then { keep, close, reset };

    std::string bytes;  // sent first; none leaves the request hanging
    Then then = Then::keep;
};

// A whole answer of this status and body, after which the connection stays open.
[[nodiscard]] Step answer(unsigned status, const std::string& body);

class Server {
  public:
    // Beyond the last step requests are left hanging.
    Server(boost::asio::io_context& io, std::vector<Step> steps);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::string url() const;

    // Whole requests, byte for byte, in the order of their arrival.
    [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }

    [[nodiscard]] std::size_t connections() const { return connections_; }

    [[nodiscard]] std::size_t connections_ended() const { return connections_ended_; }

  private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket& socket);
    [[nodiscard]] Step next_step();

    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<Step> steps_;
    std::vector<std::string> requests_;
    std::size_t connections_ = 0;
    std::size_t connections_ended_ = 0;
};

// A port on which nobody listens.
[[nodiscard]] std::uint16_t closed_port(boost::asio::io_context& io);

template <class Condition>
void run_until(boost::asio::io_context& io, Condition condition) {
    while (!condition()) {
        io.restart();
        if (io.run_one() == 0) throw std::logic_error{"nothing is left that could happen"};
    }
}

// Starts the work and keeps its result where it will be.
template <class T>
std::shared_ptr<std::optional<T>> start(boost::asio::io_context& io,
                                        boost::asio::awaitable<T> work) {
    auto result = std::make_shared<std::optional<T>>();
    boost::asio::co_spawn(io, std::move(work),
                          [result](const std::exception_ptr& failure, T value) {
                              if (failure) std::rethrow_exception(failure);
                              *result = std::move(value);
                          });
    return result;
}

template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    const auto result = start(io, std::move(work));
    run_until(io, [&] { return result->has_value(); });
    return std::move(**result);
}

}  // namespace scripted
