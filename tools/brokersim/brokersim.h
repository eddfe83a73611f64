// `copyledger brokersim`: a broker that speaks XTS Interactive over HTTP and can be told to
// misbehave. See docs/brokersim.md.
#pragma once

#include "ingest/http/server.h"
#include "ledger/base/result.h"
#include "tools/brokersim/broker.h"
#include "tools/brokersim/sim_config.h"

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

namespace tools::brokersim {

struct BrokersimOptions {
    std::string config_path;  // empty: every default
    std::string listen;       // HOST:PORT, port 0 picks one; empty: what the configuration says
};

// Serves until SIGTERM or SIGINT and gives 0. Prints "listening on http://HOST:PORT" when ready.
[[nodiscard]] ledger::Result<int> run_brokersim(const BrokersimOptions& options);

// The listening simulator, for a composition root with an io_context of its own: one thread, which
// must be destroyed after the simulator and have stopped running before it.
class Brokersim {
  public:
    // `on_failure` is called when the journal could not be written: no answer leaves any more.
    [[nodiscard]] static ledger::Result<std::unique_ptr<Brokersim>> start(
        boost::asio::io_context& context, const SimConfig& config,
        AcceptedJournal::OnFailure on_failure);

    Brokersim(std::unique_ptr<Broker> broker, std::unique_ptr<ingest::http::Server> server);

    [[nodiscard]] std::string url() const;

    // No more connections; requests under way may finish.
    void stop() { server_->stop(); }

    [[nodiscard]] bool stopped() const { return server_->stopped(); }

  private:
    std::unique_ptr<Broker> broker_;
    std::unique_ptr<ingest::http::Server> server_;
};

}  // namespace tools::brokersim
