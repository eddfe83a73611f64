// The tokens of XTS accounts, in memory only: fetched once each, and shared by all who need one.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/brokers/xts/xts_wire.h"
#include "executors/http/http_client.h"
#include "executors/http/wait_queue.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace executors {

using XtsSessionPtr = std::shared_ptr<const xts::Session>;
// A session, or why nothing can be sent without one.
using XtsLogin = std::variant<XtsSessionPtr, Refused>;

struct XtsLoginOptions {
    std::string target;  // the path of the login
    std::chrono::milliseconds timeout{7000};
    std::size_t waiters_max = 1024;  // per account, while its login is under way
};

class XtsSessions {
  public:
    // `http` must outlive this.
    XtsSessions(boost::asio::any_io_executor executor, HttpClient& http, XtsLoginOptions options)
        : executor_(std::move(executor)), http_(http), options_(std::move(options)) {}

    // Logs in where there is no session yet. Who asks while a login is under way gets its result,
    // its failure too. Credentials other than the last ones make the session before them void.
    [[nodiscard]] boost::asio::awaitable<XtsLogin> get(const BrokerAccount& account);

    // After the broker refused the token; no effect where another has taken its place already.
    void drop(const BrokerAccount& account, const XtsSessionPtr& refused);

  private:
    // One account's; there are as many as the ledger has accounts.
    struct Desk {
        Desk(const boost::asio::any_io_executor& executor, std::size_t waiters_max)
            : waiters(executor, waiters_max) {}

        std::map<std::string, std::string> credentials;  // what `session` was given for
        XtsSessionPtr session;                           // null until there is one
        XtsLogin last_login;
        bool logging_in = false;
        WaitQueue waiters;
    };

    [[nodiscard]] Desk& desk_of(std::uint64_t account);
    [[nodiscard]] boost::asio::awaitable<XtsLogin> wait_for_login(Desk& desk);
    [[nodiscard]] boost::asio::awaitable<XtsLogin> log_in(const BrokerAccount& account);

    boost::asio::any_io_executor executor_;
    HttpClient& http_;
    XtsLoginOptions options_;
    std::map<std::uint64_t, std::unique_ptr<Desk>> desks_;
};

// What a broker says may quote what it was sent: without the account's secrets (I14).
[[nodiscard]] std::string without_secrets(std::string text, const BrokerAccount& account,
                                          const XtsSessionPtr& session);

}  // namespace executors
