// XTS Interactive over HTTP: every order is sent once, and with a token that all requests share.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/brokers/xts/xts_sessions.h"
#include "executors/brokers/xts/xts_wire.h"
#include "executors/http/http_client.h"
#include "ledger/base/result.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace executors {

struct XtsOptions {
    std::string base_url;  // "http://host:port", with or without "/interactive" at its end
    std::chrono::milliseconds timeout{7000};  // of each HTTP request
    std::size_t connections_max = 64;
    std::string ca_file;  // trusted besides the system's authorities; empty for none
};

// What HttpClient says of threads and destruction holds here too.
class XtsGateway final : public BrokerGateway {
  public:
    // invalid_input for a base URL that is none; unavailable for an unreadable `ca_file`.
    [[nodiscard]] static ledger::Result<std::unique_ptr<XtsGateway>> make(
        const boost::asio::any_io_executor& executor, const XtsOptions& options);

    // `base_path` ends in "/interactive".
    XtsGateway(const boost::asio::any_io_executor& executor, std::unique_ptr<HttpClient> http,
               std::string base_path, std::chrono::milliseconds timeout);

    boost::asio::awaitable<Outcome> place(const BrokerAccount& account,
                                          const PlaceRequest& request) override;
    boost::asio::awaitable<Outcome> modify(const BrokerAccount& account,
                                           const ModifyRequest& request) override;
    boost::asio::awaitable<Outcome> cancel(const BrokerAccount& account,
                                           const CancelRequest& request) override;
    boost::asio::awaitable<Book> order_book(const BrokerAccount& account) override;

  private:
    [[nodiscard]] boost::asio::awaitable<Outcome> submit(const BrokerAccount& account,
                                                         HttpRequest request,
                                                         xts::Expected expected);
    [[nodiscard]] boost::asio::awaitable<xts::OrderAnswer> send_order(HttpRequest request,
                                                                      const xts::Session& session,
                                                                      xts::Expected expected);
    [[nodiscard]] boost::asio::awaitable<xts::BookAnswer> read_book(const BrokerAccount& account,
                                                                    const xts::Session& session);
    [[nodiscard]] HttpRequest request_to(HttpMethod method, std::string_view target,
                                         std::string json) const;

    std::unique_ptr<HttpClient> http_;
    std::string base_path_;
    std::chrono::milliseconds timeout_;
    XtsSessions sessions_;
};

}  // namespace executors
