// A byte stream to a server, plain or TLS, behind one interface: the templates of each are
// compiled in one file.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace boost::asio::ssl {
class context;
}

namespace executors {

struct Transfer {
    boost::system::error_code error;
    // Of a failed write: how much may have left. 0 promises that nothing did.
    std::size_t bytes = 0;
};

class HttpStream {
  public:
    HttpStream() = default;
    HttpStream(const HttpStream&) = delete;
    HttpStream& operator=(const HttpStream&) = delete;
    virtual ~HttpStream() = default;

    // Ready for requests: with TLS the handshake is done and the peer's name is verified.
    [[nodiscard]] virtual boost::asio::awaitable<boost::system::error_code> connect(
        boost::asio::ip::tcp::endpoint endpoint) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Transfer> read_some(
        boost::asio::mutable_buffer buffer) = 0;
    // All of it, or an error.
    [[nodiscard]] virtual boost::asio::awaitable<Transfer> write(
        boost::asio::const_buffer buffer) = 0;
    // Ends whatever is under way.
    virtual void close() = 0;
    // Open, with nothing to read: neither an end nor bytes nobody asked for.
    [[nodiscard]] virtual bool is_quiet() = 0;
};

[[nodiscard]] std::unique_ptr<HttpStream> make_plain_stream(
    const boost::asio::any_io_executor& executor);

// Trusts the system's authorities and those in `ca_file`, where it names one. TLS 1.2 or later.
[[nodiscard]] ledger::Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(
    const std::string& ca_file);

[[nodiscard]] std::unique_ptr<HttpStream> make_tls_stream(
    const boost::asio::any_io_executor& executor,
    const std::shared_ptr<boost::asio::ssl::context>& context, const std::string& host);

// Whether a connected socket is open and has nothing to read. Does not wait.
[[nodiscard]] bool is_quiet(boost::asio::ip::tcp::socket& socket);

}  // namespace executors
