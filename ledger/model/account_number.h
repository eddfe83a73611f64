// The ledger's own number of an account.
#pragma once

#include "ledger/base/strong_int.h"

#include <cstdint>

namespace ledger {

// Given in the order of creation, from 1; stands in HTTP paths.
using AccountNumber = StrongInt<struct AccountNumberTag, std::uint32_t>;

}  // namespace ledger
