#include "executors/dispatcher.h"

#include "executors/spawn.h"
#include "ledger/base/kill_point.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>

namespace executors {

namespace asio = boost::asio;
using ledger::AttemptRef;
using ledger::Receipt;
using ledger::Result;

namespace {

// A wait is rounded up to the one and cut to the other, so that few sleepers are about at a time.
constexpr std::int64_t wake_ns_min = 1'000'000;
constexpr std::int64_t wake_ns_max = 1'000'000'000;
// Before a claim that found the ledger's queue full is tried again.
constexpr std::int64_t claim_again_ns = 10'000'000;
constexpr std::int64_t stop_look_ns = 5'000'000;

Outcome not_sent(const ledger::Error& why) {
    return Refused{.code = std::string{not_sent_code}, .text = why.detail, .retryable = true};
}

// Requires that the outcome is known.
ledger::CommandPayload to_payload(const AttemptRef& ref, const Outcome& outcome) {
    if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
        return ledger::RecordAccepted{ref, accepted->broker_order_id, false};
    }
    const auto& refused = std::get<Refused>(outcome);
    return ledger::RecordRejected{ref, refused.code, refused.text, refused.retryable};
}

}  // namespace

Dispatcher::Dispatcher(asio::any_io_executor executor, DispatcherPorts ports,
                       const std::vector<Broker>& brokers, DispatcherSettings settings)
    : executor_(std::move(executor)),
      ports_(ports),
      settings_(settings),
      desks_(ports.directory, brokers, settings.breaker),
      recorder_(ports.sequencer, ports.scheduler, ports.random),
      books_(executor_, {desks_, recorder_, ports.scheduler}, settings.books),
      outbox_(settings.retry, ports.random) {
    // Where the verdict was refused, the doubt goes on.
    books_.on_concluded([this](const AttemptRef& ref) { doubt(ref); });
    books_.on_read_done([this] { pump(); });
}

void Dispatcher::start(const ledger::replication::State& state) {
    LEDGER_ASSERT(!started_);
    started_ = true;
    sequence_ = state.sequence;
    const std::int64_t now_ns = ports_.scheduler.now_ns();
    outbox_.restore(state, now_ns);
    books_.restore(state, now_ns);
    for (const AttemptRef& ref : open_attempts(state)) {
        spawn(executor_, record_unknown(ref, "restart"));
    }
    pump();
}

void Dispatcher::on_committed(const ledger::Sequencer::EventBatch& batch) {
    LEDGER_ASSERT(started_);
    const std::int64_t now_ns = ports_.scheduler.now_ns();
    for (const ledger::Event& event : *batch) {
        LEDGER_ASSERT(event.sequence == sequence_ + 1);
        sequence_ = event.sequence;
        count(event, counters_);
        books_.apply(event, now_ns);
        if (auto send = outbox_.apply(event, now_ns)) spawn(executor_, carry_out(std::move(*send)));
    }
    pump();
}

void Dispatcher::pump() {
    if (stopping_) return;
    const std::int64_t now_ns = ports_.scheduler.now_ns();
    claim_ready(now_ns);
    books_.start_due(now_ns);
    wake_in_time(now_ns);
}

void Dispatcher::claim_ready(std::int64_t now_ns) {
    while (requests_ < settings_.requests_max) {
        const auto account = outbox_.take_ready(now_ns);
        if (!account) return;
        // An account that cannot be reached is refused behind the claim, so that it is recorded.
        if (const auto reach = desks_.reach(*account)) {
            BrokerDesk& desk = *reach.value().desk;
            const std::int64_t wait_ns = desk.wait_ns(*account, now_ns);
            if (wait_ns > 0) {
                outbox_.delay(*account, now_ns + wait_ns);
                continue;
            }
            desk.start(*account, now_ns);
        }
        submit_claim(outbox_.claim(*account), now_ns);
    }
}

// Claims that are submitted together share a commit. A granted one comes back as an event.
void Dispatcher::submit_claim(const Claim& claim, std::int64_t now_ns) {
    auto answered = [this, claim](const Result<Receipt>& answer) {
        if (answer && answer.value().attempt.attempt > 0) return;
        asio::post(executor_, [this, claim, answer] { take_refusal(claim, answer); });
    };
    auto command = to_command(ledger::StartAttempt{claim.order, claim.intent});
    if (ports_.sequencer.submit(std::move(command), std::move(answered))) {
        ++requests_;
    } else {
        outbox_.claim_failed(claim, now_ns + claim_again_ns);
    }
}

void Dispatcher::take_refusal(const Claim& claim, const Result<Receipt>& answer) {
    --requests_;
    const std::int64_t now_ns = ports_.scheduler.now_ns();
    const bool storage = !answer && answer.error().code == ledger::Errc::storage_failed;
    if (storage) {
        outbox_.claim_failed(claim, now_ns + claim_again_ns);
    } else {
        outbox_.claim_refused(claim, now_ns);
    }
    pump();
}

asio::awaitable<void> Dispatcher::carry_out(Send send) {
    ++counters_.sent;
    counters_.intended_to_sent.add(ports_.clock.now_ns() - send.intended_at_ns);
    ledger::reached(ledger::KillPoint::before_send);
    const Outcome outcome = co_await ask_broker(send);
    if (const auto* unknown = std::get_if<Unknown>(&outcome)) {
        co_await record_unknown(send.ref, unknown->cause);
    } else {
        ledger::reached(ledger::KillPoint::before_outcome);
        const auto payload = to_payload(send.ref, outcome);
        const auto recorded = co_await recorder_.record(payload);
        ledger::reached(ledger::KillPoint::after_outcome);
        if (recorded && std::holds_alternative<Accepted>(outcome)) {
            counters_.intended_to_acknowledged.add(ports_.clock.now_ns() - send.intended_at_ns);
        }
        outbox_.release(send.ref, ports_.scheduler.now_ns());
    }
    --requests_;
    pump();
}

asio::awaitable<Outcome> Dispatcher::ask_broker(const Send& send) {
    const auto reach = desks_.reach(send.ref.follower);
    if (!reach) co_return not_sent(reach.error());
    const BrokerAccount& account = reach.value().access->account;
    BrokerDesk& desk = *reach.value().desk;
    Outcome outcome;
    if (const auto* place = std::get_if<PlaceRequest>(&send.request)) {
        outcome = co_await desk.gateway.place(account, *place);
    } else if (const auto* modify = std::get_if<ModifyRequest>(&send.request)) {
        outcome = co_await desk.gateway.modify(account, *modify);
    } else {
        outcome = co_await desk.gateway.cancel(account, std::get<CancelRequest>(send.request));
    }
    desk.take_outcome(outcome, ports_.scheduler.now_ns());
    co_return outcome;
}

asio::awaitable<void> Dispatcher::record_unknown(AttemptRef ref, std::string cause) {
    const ledger::CommandPayload unknown = ledger::RecordUnknown{ref, std::move(cause)};
    ledger::reached(ledger::KillPoint::before_doubt);
    const auto recorded = co_await recorder_.record(unknown);
    ledger::reached(ledger::KillPoint::after_doubt);
    outbox_.release(ref, ports_.scheduler.now_ns());
    // A refusal says that the attempt has its outcome.
    if (recorded) doubt(ref);
}

void Dispatcher::doubt(const AttemptRef& ref) {
    if (auto in_doubt = outbox_.doubt_of(ref)) {
        books_.add(std::move(*in_doubt), ports_.scheduler.now_ns());
    }
    pump();
}

void Dispatcher::wake_in_time(std::int64_t now_ns) {
    auto at_ns = books_.next_due_ns();
    if (requests_ < settings_.requests_max) {
        const auto ready_ns = outbox_.next_ready_ns();
        if (ready_ns && (!at_ns || *ready_ns < *at_ns)) at_ns = ready_ns;
    }
    if (!at_ns) return;
    const std::int64_t wake_ns = std::clamp(*at_ns, now_ns + wake_ns_min, now_ns + wake_ns_max);
    if (wake_at_ns_ != 0 && wake_at_ns_ <= wake_ns) return;
    wake_at_ns_ = wake_ns;
    spawn(executor_, wake(wake_ns));
}

asio::awaitable<void> Dispatcher::wake(std::int64_t at_ns) {
    const std::int64_t left_ns = at_ns - ports_.scheduler.now_ns();
    if (left_ns > 0) co_await ports_.scheduler.sleep_for(left_ns);
    if (wake_at_ns_ == at_ns) wake_at_ns_ = 0;
    pump();
}

asio::awaitable<void> Dispatcher::stop() {
    stopping_ = true;
    const std::int64_t end_ns = ports_.scheduler.now_ns() + settings_.stop_patience_ns;
    while (requests_ + recorder_.recording() > 0 && ports_.scheduler.now_ns() < end_ns) {
        co_await ports_.scheduler.sleep_for(stop_look_ns);
    }
    recorder_.give_up();
}

DispatchCounters Dispatcher::counters() const {
    DispatchCounters now = counters_;
    now.queued = outbox_.queued();
    now.in_flight = requests_;
    now.in_doubt = books_.doubts();
    now.watched = books_.watched();
    now.reading = books_.reading();
    return now;
}

}  // namespace executors
