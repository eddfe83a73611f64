// The connection's bytes. The one place that names a socket: another kind of stream (TLS) goes
// here.
#pragma once

#include "ingest/http/asio.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace ingest::http {

using IoResult = std::tuple<boost::system::error_code, std::size_t>;

class Stream {
  public:
    explicit Stream(asio::ip::tcp::socket socket);

    // At least one byte, or an error; at most one read and one write at a time.
    [[nodiscard]] asio::awaitable<IoResult> read_some(std::span<char> space);
    // All of both, or an error; the texts must stay as they are until it is done.
    [[nodiscard]] asio::awaitable<IoResult> write(std::string_view head, std::string_view body);
    // Writes what fits without waiting, for an answer that is not worth a wait.
    void write_at_once(std::string_view text);

    // Says to the peer that nothing more is sent; reading goes on.
    void shutdown_send();
    // Ends the waiting read or write with an error; the stream stays open.
    void cancel();
    // Ends the waiting read or write with an error and gives the descriptor back.
    void close();

    [[nodiscard]] bool is_open() const { return socket_.is_open(); }

    // The address without the port; empty when the peer is gone already.
    [[nodiscard]] std::string peer_address() const;

  private:
    asio::ip::tcp::socket socket_;
};

}  // namespace ingest::http
