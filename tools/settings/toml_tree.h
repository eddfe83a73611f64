// A TOML file as the tree that JSON bodies are read from, so that both are checked by one reader.
#pragma once

#include "ledger/base/result.h"
#include "ledger/text/json_value.h"

#include <string>

namespace tools::settings {

// unavailable where the file cannot be read; invalid_input, naming the line, where it is not TOML
// or holds a date, an infinity or a NaN.
[[nodiscard]] ledger::Result<ledger::text::JsonValue> read_toml_file(const std::string& path);

}  // namespace tools::settings
