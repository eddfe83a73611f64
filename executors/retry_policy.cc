#include "executors/retry_policy.h"

#include "ledger/base/assert.h"

namespace executors {

std::int64_t RetryPolicy::ceiling_ns(std::uint32_t failures) const {
    LEDGER_ASSERT(failures > 0);
    LEDGER_ASSERT(first_ns_max > 0 && first_ns_max <= ns_max);
    std::int64_t ceiling = first_ns_max;
    for (std::uint32_t n = 1; n < failures && ceiling < ns_max; ++n) {
        ceiling = ceiling > ns_max / 2 ? ns_max : ceiling * 2;
    }
    return ceiling;
}

std::int64_t RetryPolicy::delay_ns(std::uint32_t failures, ledger::Random& random) const {
    const auto ceiling = static_cast<std::uint64_t>(ceiling_ns(failures));
    return static_cast<std::int64_t>(random.next() % ceiling) + 1;
}

}  // namespace executors
