#include "tools/kill_setting.h"

#include "ledger/base/kill_point.h"
#include "tools/logging.h"

#include <cstdlib>

namespace tools {

ledger::Result<void> heed_kill_setting() {
    // Before there are other threads.
    const char* setting = std::getenv("COPYLEDGER_KILL_AT");
    if (setting == nullptr) return boost::outcome_v2::success();
    BOOST_OUTCOME_TRYV(ledger::arm_kill_point(setting));
    log_warning("COPYLEDGER_KILL_AT={}: this process is to die", setting);
    return boost::outcome_v2::success();
}

}  // namespace tools
