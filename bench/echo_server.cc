#include "bench/echo_server.h"

#include "ingest/http/server.h"

#include <csignal>
#include <cstdio>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

namespace bench {

namespace asio = boost::asio;
namespace http = ingest::http;

ledger::Result<void> run_echo_server() {
    constexpr auto answer = R"({"event_id":"00112233445566778899aabbccddeeff","sequence":1000000,)"
                            R"("duplicate":false,"followers":0,"intended":0,"skipped":0})";
    asio::io_context context{1};
    http::Router router;
    router.add("POST", "/api/webhooks/blaze/order",
               [](http::Request&) -> asio::awaitable<http::Response> {
                   co_return http::json_response(200, answer);
               });
    BOOST_OUTCOME_TRY(const auto server,
                      http::Server::listen(context.get_executor(), {}, std::move(router)));
    asio::signal_set signals{context, SIGTERM, SIGINT};
    signals.async_wait([&](const auto&, int) { context.stop(); });
    const auto endpoint = server->local_endpoint();
    fmt::print("listening on http://{}:{}\n", endpoint.address, endpoint.port);
    std::fflush(stdout);
    context.run();
    return boost::outcome_v2::success();
}

ledger::Result<ChildProcess> start_echo_server(const Setting& setting) {
    BOOST_OUTCOME_TRY(const std::string directory, setting.work.make_directory("echo"));
    const Launch launch{setting.self, {"--echo-server"}, directory};
    return ChildProcess::start(launch);
}

}  // namespace bench
