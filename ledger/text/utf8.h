// Which bytes are UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace ledger::text {

// The length of the valid sequence of two to four bytes at `at`, 0 where there is none. Requires
// at < text.size().
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text, std::size_t at);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace ledger::text
