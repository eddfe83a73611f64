#include "executors/outcome_recorder.h"

#include "ledger/base/kill_point.h"
#include "ledger/submit.h"

#include <utility>

// g++ 12 at -O2 takes a coroutine frame of Asio's for one that is not freed as it was allocated.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace executors {

namespace asio = boost::asio;
using ledger::Receipt;
using ledger::Result;

ledger::Command to_command(ledger::CommandPayload payload) {
    ledger::Command command;
    command.actor = "executor";
    command.payload = std::move(payload);
    return command;
}

asio::awaitable<Result<Receipt>> OutcomeRecorder::record(const ledger::CommandPayload& payload) {
    ++recording_;
    for (std::uint32_t failures = 1;; ++failures) {
        auto command = to_command(payload);
        auto result = co_await ledger::submit(sequencer_, std::move(command));
        const bool again = !result && result.error().code == ledger::Errc::overloaded;
        if (!again || given_up_) {
            --recording_;
            co_return result;
        }
        co_await scheduler_.sleep_for(retry_.delay_ns(failures, random_));
    }
}

asio::awaitable<void> OutcomeRecorder::record_all(
    const std::vector<ledger::CommandPayload>& payloads) {
    for (const auto& payload : payloads) {
        static_cast<void>(co_await record(payload));
        ledger::reached(ledger::KillPoint::between_records);
    }
}

}  // namespace executors
