// libFuzzer's way into one target, which the build names.
#include "tests/fuzz/target.h"

#include <cstddef>
#include <cstdint>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's word.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::COPYLEDGER_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
