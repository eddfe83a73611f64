#include "bench/plain_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

Error write_failed() {
    return Error{Errc::storage_failed, std::generic_category().message(errno), {}};
}

}  // namespace

Result<PlainFile> PlainFile::create(const std::string& path) {
    constexpr int mode = 0600;
    ledger::UniqueFd file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (!file.valid()) return Error{Errc::unavailable, path + " cannot be made", {}};
    return PlainFile{std::move(file)};
}

Result<void> PlainFile::commit() {
    std::string_view left{waiting_};
    while (!left.empty()) {
        const auto written = ::write(file_.get(), left.data(), left.size());
        if (written <= 0) return write_failed();
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    waiting_.clear();
    if (::fdatasync(file_.get()) == 0) return boost::outcome_v2::success();
    return write_failed();
}

}  // namespace bench
