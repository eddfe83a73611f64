#include "tests/fuzz/memory_file.h"

#include "ledger/base/assert.h"

#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {

MemoryFile::MemoryFile(Input bytes) : fd_(::memfd_create("input", MFD_CLOEXEC)) {
    LEDGER_ASSERT(fd_.valid());
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
        LEDGER_ASSERT(written > 0);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(fd_.get());
}

}  // namespace fuzz
