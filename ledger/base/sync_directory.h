// A new file is durable only when the directory that names it is, and so is a new directory.
#pragma once

#include "ledger/base/result.h"

#include <string>

namespace ledger {

// Makes the entry of `path` in its directory survive the machine.
[[nodiscard]] Result<void> sync_parent_directory(const std::string& path);

// For this user alone, and its name survives the machine; nothing where it is there already.
// unavailable where it cannot be made.
[[nodiscard]] Result<void> make_directory(const std::string& path);

}  // namespace ledger
