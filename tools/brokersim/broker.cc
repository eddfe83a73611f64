#include "tools/brokersim/broker.h"

#include "tools/brokersim/event_text.h"
#include "tools/brokersim/xts_answers.h"

#include <chrono>
#include <limits>
#include <random>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tools::brokersim {

namespace asio = boost::asio;

namespace {

using ingest::http::Response;
using ledger::Result;

// What a gateway in front of the broker answers when it has lost the answer.
constexpr std::string_view bad_gateway_page =
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n";

Response no_answer() {
    Response response;
    response.withheld_bytes = std::numeric_limits<std::size_t>::max();
    return response;
}

Response refused(Behaviour behaviour) {
    if (behaviour == Behaviour::throttle)
        return xts_error(429, "e-apirl-0004", "Rate limit exceeded. Please try again later.");
    return xts_error(400, "e-orders-sim-rejected", "Order rejected by RMS");
}

}  // namespace

Result<std::unique_ptr<Broker>> Broker::open(const asio::any_io_executor& executor,
                                             const SimConfig& config,
                                             AcceptedJournal::OnFailure on_failure) {
    std::random_device device;
    const std::uint64_t token_seed = (std::uint64_t{device()} << 32) | device();
    auto broker = std::make_unique<Broker>(executor, config, token_seed);
    BOOST_OUTCOME_TRY(auto file, broker->read_journal());
    broker->journal_.emplace(executor, std::move(file), config.sync, std::move(on_failure));
    BOOST_OUTCOME_TRYV(broker->set_start_prices());
    return broker;
}

Broker::Broker(asio::any_io_executor executor, const SimConfig& config, std::uint64_t token_seed)
    : executor_(std::move(executor)),
      config_(config),
      store_(config.first_app_order_id, config.store),
      exchange_(store_, config.exchange,
                [this](const OrderEvent& event) { journal_->append(event); }),
      sessions_(config_.login, token_seed),
      misbehaviour_(config.faults) {}

asio::awaitable<Response> Broker::carry_out(Fate fate, Act act) {
    switch (fate.behaviour) {
        case Behaviour::reject:
        case Behaviour::throttle:
            co_await pause(fate.latency_ms);
            co_return refused(fate.behaviour);
        case Behaviour::drop_before_accept:
            co_return no_answer();
        case Behaviour::hang_before_accept:
            co_await pause(misbehaviour_.settings().hang_ms);
            co_return no_answer();
        case Behaviour::answer:
        case Behaviour::accept_then_drop:
        case Behaviour::accept_then_hang:
        case Behaviour::accept_then_502:
        case Behaviour::accept_then_truncate:
        case Behaviour::accept_then_reject:
            break;
    }
    Response response = act(fate);
    const bool durable = co_await journal_->durable();
    if (!durable || fate.behaviour == Behaviour::accept_then_drop) co_return no_answer();
    if (fate.behaviour == Behaviour::accept_then_hang) {
        co_await pause(misbehaviour_.settings().hang_ms);
        co_return no_answer();
    }
    co_await pause(fate.latency_ms);
    if (fate.behaviour == Behaviour::accept_then_502)
        co_return Response(502, "text/html", std::string{bad_gateway_page});
    if (fate.behaviour == Behaviour::accept_then_truncate)
        response.withheld_bytes = response.body.size() - response.body.size() / 2;
    co_return response;
}

std::int64_t Broker::now_ns() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
}

Result<std::optional<JournalFile>> Broker::read_journal() {
    if (config_.journal.empty()) return std::optional<JournalFile>{};
    const auto visit = [this](std::string_view line) -> Result<void> {
        BOOST_OUTCOME_TRY(const OrderEvent event, parse_event(line));
        return store_.apply(event);
    };
    BOOST_OUTCOME_TRY(JournalFile file, JournalFile::open(config_.journal, visit));
    return std::optional<JournalFile>{std::move(file)};
}

// Orders of an earlier run may fill at once.
Result<void> Broker::set_start_prices() {
    for (const StartPrice& start : config_.prices) {
        BOOST_OUTCOME_TRYV(exchange_.set_price(start.instrument, start.price, now_ns()));
    }
    return boost::outcome_v2::success();
}

asio::awaitable<void> Broker::pause(std::int64_t milliseconds) {
    if (milliseconds <= 0) co_return;
    asio::steady_timer timer{executor_, std::chrono::milliseconds{milliseconds}};
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace tools::brokersim
