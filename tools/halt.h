// The end that nobody asked for: a write failed, or the log is damaged. Nothing may be acknowledged
// any more, so nothing is waited for.
#pragma once

#include "ledger/base/result.h"

#include <mutex>
#include <optional>

#include <boost/asio/io_context.hpp>

namespace tools {

class Halt {
  public:
    // Which must outlive this.
    explicit Halt(boost::asio::io_context& context) : context_(context) {}

    // From any thread: says so, and ends the context's run. Answers under way go out before.
    void operator()(const ledger::Error& error);

    // The first that was told.
    [[nodiscard]] std::optional<ledger::Error> failure() const;

  private:
    boost::asio::io_context& context_;
    mutable std::mutex mutex_;
    std::optional<ledger::Error> failure_;
};

}  // namespace tools
