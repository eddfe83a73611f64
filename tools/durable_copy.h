// Files copied so that the copy survives the machine.
#pragma once

#include "ledger/base/result.h"

#include <string>

namespace tools {

// What is at `path`, a file or a directory's list of names, is on the disk when this returns.
// storage_failed otherwise.
[[nodiscard]] ledger::Result<void> make_durable(const std::string& path);

// With its permissions; the name is durable only once its directory is. storage_failed where
// something is at `to` already.
[[nodiscard]] ledger::Result<void> copy_durably(const std::string& from, const std::string& to);

}  // namespace tools
