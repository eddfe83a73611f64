#include "bench/http_load.h"

#include "bench/process_use.h"
#include "bench/webhook_client.h"
#include "ledger/base/unique_fd.h"

#include <array>
#include <vector>

#include <sys/epoll.h>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

constexpr int events_max = 256;
constexpr int patience_ms = 10'000;

// All connections of one row and what came of them.
class Load {
  public:
    explicit Load(const LoadPlan& plan)
        : count_from_ns_(now_ns() + plan.row_ns / 10),
          until_ns_(count_from_ns_ + plan.row_ns),
          next_order_(plan.first_order),
          epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

    Result<void> connect(const LoadPlan& plan) {
        clients_.reserve(plan.connections);
        for (std::size_t i = 0; i < plan.connections; ++i) {
            BOOST_OUTCOME_TRY(auto client,
                              WebhookClient::connect(plan.port, plan.token, plan.account_id));
            clients_.push_back(std::move(client));
            epoll_event interest{};
            interest.events = EPOLLIN;
            interest.data.u64 = i;
            ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, clients_.back().socket(), &interest);
        }
        return boost::outcome_v2::success();
    }

    Result<void> run() {
        for (WebhookClient& client : clients_) {
            BOOST_OUTCOME_TRYV(send(client));
        }
        while (outstanding_ > 0) {
            std::array<epoll_event, events_max> ready{};
            const int count = ::epoll_wait(epoll_.get(), ready.data(), events_max, patience_ms);
            if (count == 0) return Error{Errc::unavailable, "the server does not answer", {}};
            for (int i = 0; i < count; ++i) {
                const auto at =
                    static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64);
                BOOST_OUTCOME_TRYV(receive(clients_[at]));
            }
        }
        return boost::outcome_v2::success();
    }

    [[nodiscard]] LoadOutcome outcome() const {
        const Spread spread = latencies_.spread();
        const auto counted = static_cast<double>(spread.count);
        return {.latency = spread,
                .per_second = counted / to_seconds(until_ns_ - count_from_ns_),
                .generator_cpu_seconds = 0,
                .orders = sent_};
    }

  private:
    Result<void> send(WebhookClient& client) {
        BOOST_OUTCOME_TRYV(client.send(next_order_++));
        ++outstanding_;
        ++sent_;
        return boost::outcome_v2::success();
    }

    Result<void> receive(WebhookClient& client) {
        BOOST_OUTCOME_TRY(const bool whole, client.receive());
        if (!whole) return boost::outcome_v2::success();
        --outstanding_;
        const std::int64_t now = now_ns();
        if (now >= until_ns_) return boost::outcome_v2::success();
        if (now >= count_from_ns_) latencies_.add(now - client.sent_ns());
        return send(client);
    }

    std::int64_t count_from_ns_;
    std::int64_t until_ns_;
    std::uint64_t next_order_;
    ledger::UniqueFd epoll_;
    std::vector<WebhookClient> clients_;
    std::size_t outstanding_ = 0;
    std::uint64_t sent_ = 0;
    Latencies latencies_;
};

}  // namespace

Result<LoadOutcome> run_load(const LoadPlan& plan) {
    const double cpu_before = cpu_seconds();
    Load load{plan};
    BOOST_OUTCOME_TRYV(load.connect(plan));
    BOOST_OUTCOME_TRYV(load.run());
    LoadOutcome outcome = load.outcome();
    outcome.generator_cpu_seconds = cpu_seconds() - cpu_before;
    return outcome;
}

}  // namespace bench
