#include "executors/book_reader.h"

#include "executors/spawn.h"
#include "ledger/base/kill_point.h"

#include <algorithm>

namespace executors {

namespace asio = boost::asio;

namespace {

// The attempt that the event gives an outcome, or to a person.
const ledger::AttemptRef* attempt_settled(const ledger::Payload& payload) {
    if (const auto* e = std::get_if<ledger::AttemptAccepted>(&payload)) return &e->ref;
    if (const auto* e = std::get_if<ledger::AttemptRejected>(&payload)) return &e->ref;
    if (const auto* e = std::get_if<ledger::AttemptNotPlaced>(&payload)) return &e->ref;
    if (const auto* e = std::get_if<ledger::IntentParked>(&payload)) return &e->ref;
    if (const auto* e = std::get_if<ledger::IntentResolved>(&payload)) return &e->ref;
    return nullptr;
}

}  // namespace

BookReader::BookReader(asio::any_io_executor executor, BookReaderPorts ports,
                       BookReaderSettings settings)
    : executor_(std::move(executor)),
      ports_(ports),
      reads_max_(settings.reads_max),
      reconciler_(settings.reconcile),
      poller_(settings.poll) {}

void BookReader::apply(const ledger::Event& event, std::int64_t now_ns) {
    poller_.apply(event, now_ns);
    if (const auto* ref = attempt_settled(event.payload)) reconciler_.drop(*ref);
}

std::optional<std::int64_t> BookReader::next_due_ns() const {
    if (reading_.size() >= reads_max_) return std::nullopt;
    const auto doubt_ns = reconciler_.next_due_ns();
    const auto poll_ns = poller_.next_due_ns();
    if (!doubt_ns || !poll_ns) return doubt_ns ? doubt_ns : poll_ns;
    return std::min(*doubt_ns, *poll_ns);
}

// Doubts first: they hold up orders.
std::optional<ledger::AccountNumber> BookReader::take_due(std::int64_t now_ns) {
    const auto doubted = reconciler_.take_due(now_ns);
    return doubted ? doubted : poller_.take_due(now_ns);
}

void BookReader::start_due(std::int64_t now_ns) {
    while (reading_.size() < reads_max_) {
        const auto account = take_due(now_ns);
        if (!account) return;
        // The read that is under way will serve.
        if (!reading_.insert(*account).second) continue;
        spawn(executor_, read(*account));
    }
}

asio::awaitable<void> BookReader::read(ledger::AccountNumber account) {
    const std::int64_t started_ns = ports_.scheduler.now_ns();
    Book book = BookUnread{};
    LookUp look_up;
    if (const auto reach = ports_.desks.reach(account)) {
        const Reach& there = reach.value();
        look_up = there.desk->look_up;
        book = co_await there.desk->gateway.order_book(there.access->account);
    }
    ledger::reached(ledger::KillPoint::book_read);
    const BookLook look{book, look_up, started_ns, ports_.scheduler.now_ns()};
    reading_.erase(account);
    for (Verdict& verdict : reconciler_.on_book(account, look)) {
        spawn(executor_, conclude(std::move(verdict)));
    }
    std::vector<ledger::CommandPayload> news;
    for (auto& report : poller_.on_book(account, look)) news.emplace_back(std::move(report));
    read_done_();
    co_await ports_.recorder.record_all(news);
}

asio::awaitable<void> BookReader::conclude(Verdict verdict) {
    co_await ports_.recorder.record_all(verdict.commands);
    concluded_(verdict.ref);
}

}  // namespace executors
