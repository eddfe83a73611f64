#include "tools/submit_now.h"

#include "ledger/base/assert.h"

#include <chrono>
#include <optional>
#include <utility>

namespace tools {

using ledger::Receipt;
using ledger::Result;

Result<Receipt> submit_now(ledger::Sequencer& sequencer, ledger::Command command) {
    constexpr std::chrono::milliseconds at_once{0};
    std::optional<Result<Receipt>> receipt;
    const bool taken =
        sequencer.submit(std::move(command), [&receipt](const auto& result) { receipt = result; });
    LEDGER_ASSERT(taken);
    BOOST_OUTCOME_TRY(sequencer.run_once(at_once));
    LEDGER_ASSERT(receipt.has_value());
    return *std::move(receipt);
}

}  // namespace tools
