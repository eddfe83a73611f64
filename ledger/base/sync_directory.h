// A new file is durable only when the directory that names it is.
#pragma once

#include "ledger/base/result.h"

#include <string>

namespace ledger {

// Makes the entry of `path` in its directory survive the machine.
[[nodiscard]] Result<void> sync_parent_directory(const std::string& path);

}  // namespace ledger
