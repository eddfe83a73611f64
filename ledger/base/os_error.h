// What the operating system refused, as an Error.
#pragma once

#include "ledger/base/result.h"

#include <string>
#include <string_view>

namespace ledger {

// "<what> <path>: <why>", where errno says why: to be called right after the call that failed.
[[nodiscard]] Error os_error(Errc code, std::string_view what, const std::string& path);

}  // namespace ledger
