// An instrument master as the configuration names it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tools {

struct InstrumentFile {
    std::string path;                 // may be gzip-compressed
    std::optional<std::int32_t> day;  // of the exchange, in days since 1970; else the name tells

    friend bool operator==(const InstrumentFile&, const InstrumentFile&) = default;
};

}  // namespace tools
