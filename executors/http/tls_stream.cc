#include "executors/http/as_result.h"
#include "executors/http/http_stream.h"

#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace executors {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

error_code last_tls_error() {
    return {static_cast<int>(::ERR_get_error()), boost::asio::error::get_ssl_category()};
}

class TlsStream final : public HttpStream {
  public:
    TlsStream(const asio::any_io_executor& executor, std::shared_ptr<ssl::context> context,
              std::string host)
        : context_(std::move(context)), host_(std::move(host)), stream_(executor, *context_) {}

    asio::awaitable<error_code> connect(tcp::endpoint endpoint) override {
        error_code prepared = prepare();
        if (prepared) co_return prepared;
        auto [connected] = co_await stream_.next_layer().async_connect(endpoint, as_result);
        if (connected) co_return connected;
        stream_.next_layer().set_option(tcp::no_delay{true}, connected);
        const auto [shaken] = co_await stream_.async_handshake(ssl::stream_base::client, as_result);
        co_return shaken;
    }

    asio::awaitable<Transfer> read_some(asio::mutable_buffer buffer) override {
        const auto [error, bytes] = co_await stream_.async_read_some(buffer, as_result);
        const Transfer transfer{error, bytes};
        co_return transfer;
    }

    asio::awaitable<Transfer> write(asio::const_buffer buffer) override {
        const auto [error, bytes] = co_await asio::async_write(stream_, buffer, as_result);
        // A record that failed half-way is not counted in `bytes`, and may yet have left.
        const Transfer transfer{error, error ? buffer.size() : bytes};
        co_return transfer;
    }

    void close() override {
        error_code ignored;
        stream_.next_layer().close(ignored);
    }

    bool is_quiet() override { return executors::is_quiet(stream_.next_layer()); }

  private:
    error_code prepare() {
        error_code error;
        stream_.set_verify_mode(ssl::verify_peer, error);
        if (!error) stream_.set_verify_callback(ssl::host_name_verification(host_), error);
        if (error) return error;
        // RFC 6066, 3: the server name is never an address.
        error_code not_address;
        asio::ip::make_address(host_, not_address);
        if (!not_address) return {};
        const long named = ::SSL_ctrl(stream_.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
                                      TLSEXT_NAMETYPE_host_name, host_.data());
        return named == 1 ? error_code{} : last_tls_error();
    }

    std::shared_ptr<ssl::context> context_;
    std::string host_;
    ssl::stream<tcp::socket> stream_;
};

}  // namespace

ledger::Result<std::shared_ptr<ssl::context>> make_tls_context(const std::string& ca_file) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    error_code error;
    context->set_options(
        ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1,
        error);
    if (!error) context->set_default_verify_paths(error);
    if (!error && !ca_file.empty()) context->load_verify_file(ca_file, error);
    if (error) {
        return ledger::Error{ledger::Errc::unavailable,
                             "the trusted certificates cannot be read: " + error.message(),
                             {}};
    }
    return context;
}

std::unique_ptr<HttpStream> make_tls_stream(const asio::any_io_executor& executor,
                                            const std::shared_ptr<ssl::context>& context,
                                            const std::string& host) {
    return std::make_unique<TlsStream>(executor, context, host);
}

}  // namespace executors
