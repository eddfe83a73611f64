// The independent witness: what the broker accepted is in the file before any answer says so.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/journal_file.h"
#include "tools/brokersim/sim_order.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tools::brokersim {

// One thread. Everything appended during one turn of the io_context goes into one write and one
// fdatasync, so the buffer is bounded by the requests under way.
class AcceptedJournal {
  public:
    using OnFailure = std::function<void(const ledger::Error&)>;

    // Without a file, orders live in memory only and everything counts as durable. `on_failure` is
    // called once, when the file could not be written: the process must stop.
    AcceptedJournal(boost::asio::any_io_executor executor, std::optional<JournalFile> file,
                    bool sync, OnFailure on_failure);

    void append(const OrderEvent& event);

    // Waits until everything appended so far is in the file (synced, where asked for). False: it
    // never will be, and no answer may leave. The journal must outlive the returned coroutine.
    [[nodiscard]] boost::asio::awaitable<bool> durable();

    [[nodiscard]] std::uint64_t flushes() const { return flushes_; }

  private:
    void flush();

    boost::asio::any_io_executor executor_;
    std::optional<JournalFile> file_;
    bool sync_;
    OnFailure on_failure_;
    std::string pending_;
    boost::asio::steady_timer flushed_;  // never expires; cancelled by each flush
    bool flush_is_posted_ = false;
    bool has_failed_ = false;
    std::uint64_t flushes_ = 0;
};

}  // namespace tools::brokersim
