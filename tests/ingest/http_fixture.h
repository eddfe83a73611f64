// A server on a thread of its own and a client that speaks raw bytes, over real loopback sockets.
#pragma once

#include "ingest/http/router.h"
#include "ingest/http/server.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace ingest::http::test {

// Holds handlers until it is opened.
class Gate {
  public:
    explicit Gate(asio::io_context& io);

    // For handlers.
    asio::awaitable<void> pass();

    // Returns once one more handler has come to the gate.
    void await_arrival() { arrivals_.acquire(); }

    // On the server's thread.
    void open() { timer_.cancel(); }

  private:
    asio::steady_timer timer_;
    std::counting_semaphore<> arrivals_{0};
};

// Runs from construction until begin_stop() has done its work or the end of its life.
class RunningServer {
  public:
    using MakeRouter = std::function<Router(Gate&)>;

    // With sample_router().
    explicit RunningServer(ServerOptions options = {});
    RunningServer(ServerOptions options, const MakeRouter& make_router);
    ~RunningServer();

    [[nodiscard]] std::uint16_t port() const { return port_; }

    [[nodiscard]] Counters counters();
    // Runs the work on the server's thread and waits for it.
    void run_there(const std::function<void()>& work);

    // Waits until one more request has come to the gate.
    void await_arrival() { gate_.await_arrival(); }

    void open_gate();
    void begin_stop();
    // Waits until nothing is left to run; requires begin_stop().
    void join();

  private:
    asio::io_context io_{1};
    Gate gate_{io_};
    std::unique_ptr<Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

struct Answer {
    int status = 0;  // 0: the connection ended instead
    std::map<std::string, std::string> headers;
    std::string body;
};

// Blocking; a wait longer than any timeout of the tests ends as if the peer had closed.
class Client {
  public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(Client&& other) noexcept;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    Client& operator=(Client&&) = delete;

    // Whether all of it was taken.
    bool send(std::string_view bytes);
    Answer receive();
    // For answers to HEAD.
    Answer receive_head();
    void shutdown_send();
    Answer exchange(std::string_view bytes);
    // Everything up to the end of the connection.
    std::string receive_rest();

    [[nodiscard]] bool is_closed_by_peer() { return receive_rest().empty() && !timed_out_; }

  private:
    bool receive_more();

    int socket_ = -1;
    std::string buffer_;
    bool timed_out_ = false;
};

// GET with a Host field and nothing else.
[[nodiscard]] std::string get(std::string_view target);
[[nodiscard]] std::string post(std::string_view target, std::string_view body);

// GET /hello answers "hello", POST /echo its body, GET /items/{id} the id; GET /wait answers
// "passed" once the gate was opened. GET /half/{bytes} leaves that many bytes out at the end.
[[nodiscard]] Router sample_router(Gate& gate);

}  // namespace ingest::http::test
