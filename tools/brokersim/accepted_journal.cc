#include "tools/brokersim/accepted_journal.h"

#include "tools/brokersim/event_text.h"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tools::brokersim {

namespace asio = boost::asio;

AcceptedJournal::AcceptedJournal(asio::any_io_executor executor, std::optional<JournalFile> file,
                                 bool sync, OnFailure on_failure)
    : executor_(std::move(executor)),
      file_(std::move(file)),
      sync_(sync),
      on_failure_(std::move(on_failure)),
      flushed_(executor_, asio::steady_timer::time_point::max()) {}

void AcceptedJournal::append(const OrderEvent& event) {
    if (!file_) return;
    append_event(pending_, event);
    if (std::exchange(flush_is_posted_, true)) return;
    // Requests that are ready already run before this, and join the batch.
    asio::post(executor_, [this] { flush(); });
}

asio::awaitable<bool> AcceptedJournal::durable() {
    if (flush_is_posted_) co_await flushed_.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return !has_failed_;
}

void AcceptedJournal::flush() {
    flush_is_posted_ = false;
    if (!has_failed_) {
        const ledger::Result<void> appended = file_->append(pending_, sync_);
        pending_.clear();
        ++flushes_;
        if (!appended) {
            has_failed_ = true;
            on_failure_(appended.error());
        }
    }
    flushed_.cancel();
}

}  // namespace tools::brokersim
