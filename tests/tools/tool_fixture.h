// What the tests of the tools share: a directory, files in it, and a small ledger to read.
#pragma once

#include "ledger/clock.h"
#include "ledger/log/journal.h"
#include "ledger/model/command.h"
#include "ledger/sequencer.h"
#include "ledger/text/json_value.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tools::test {

// A new directory, gone with its object.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    [[nodiscard]] const std::string& path() const { return path_; }

    // The path of a file in it that holds these bytes.
    [[nodiscard]] std::string file(const std::string& name, std::string_view bytes) const;
    [[nodiscard]] std::string gzip_file(const std::string& name, std::string_view bytes) const;

  private:
    std::string path_;
};

// The bytes of a file that must be there, and a file of these bytes.
[[nodiscard]] std::string bytes_of(const std::string& path);
void write_bytes(const std::string& path, std::string_view bytes);

// One second later at each look, from 2026-11-21T09:15:00Z.
class TickingClock final : public ledger::Clock {
  public:
    static constexpr std::int64_t start_ns = 1'795'252'500'000'000'000;
    static constexpr std::int64_t second_ns = 1'000'000'000;

    [[nodiscard]] std::int64_t now_ns() const override { return now_ns_ += second_ns; }

  private:
    mutable std::int64_t now_ns_ = start_ns;
};

// A master, account 1 and code "M1", whom account 2, "F1", copies one to one; each order is told by
// its sequence at the master's broker.
class SampleLedger {
  public:
    explicit SampleLedger(ledger::log::Journal& journal);

    // What must be taken.
    ledger::Receipt tell(ledger::CommandPayload payload);
    // Likewise, of something that happened then by its source's clock.
    ledger::Receipt tell_at(ledger::CommandPayload payload, std::int64_t occurred_at_ns);
    // A new order for 10 at 101.5, as its broker reports it.
    static ledger::MasterOrderReported order(const std::string& broker_order_id,
                                             std::uint64_t version);
    // Such an order: recorded, and intended for the follower.
    ledger::Receipt tell_order(const std::string& broker_order_id);
    // Starts an attempt to place the follower's copy of the event, and has it accepted.
    void tell_accepted(const ledger::EventId& intent, const std::string& broker_order_id);

    static constexpr ledger::AccountNumber master{1};
    static constexpr ledger::AccountNumber follower{2};

  private:
    TickingClock clock_;
    ledger::Sequencer sequencer_;
    std::uint64_t told_ = 0;
};

// The fold of everything that the journal holds.
[[nodiscard]] projections::LedgerView view_of(const ledger::log::Journal& journal);

// The text of a member of a JSON object; nothing where it is absent or has no text.
[[nodiscard]] std::optional<std::string> member(const std::string& json, std::string_view name);

}  // namespace tools::test
