#include "tools/durable_copy.h"

#include "ledger/base/os_error.h"
#include "ledger/base/unique_fd.h"

#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<void> make_durable(const std::string& path) {
    const ledger::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd.valid() || ::fsync(fd.get()) != 0) {
        return ledger::os_error(Errc::storage_failed, "cannot sync", path);
    }
    return boost::outcome_v2::success();
}

Result<void> copy_durably(const std::string& from, const std::string& to) {
    std::error_code error;
    std::filesystem::copy_file(from, to, error);
    if (error) {
        return Error{Errc::storage_failed, "cannot write " + to + ": " + error.message(), {}};
    }
    return make_durable(to);
}

}  // namespace tools
