#include "tools/archive/archive_writer.h"

#include "ledger/base/os_error.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace tools {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Result;

Result<ArchiveWriter> ArchiveWriter::create(const std::string& path, const ArchiveHeader& header) {
    ledger::UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd.valid() && errno == EEXIST) {
        return ledger::invalid_field("out", path + " is in the way: it is there already");
    }
    if (!fd.valid()) return ledger::os_error(Errc::unavailable, "cannot create", path);
    ArchiveWriter writer{path, std::move(fd)};
    BOOST_OUTCOME_TRYV(writer.put(to_text(header) + '\n'));
    return writer;
}

Result<void> ArchiveWriter::add(std::string_view record) {
    add_to_block(block_, record);
    ++added_;
    return block_.records.size() < archive_block_bytes ? success() : end_block();
}

Result<void> ArchiveWriter::finish() {
    if (!block_.records.empty()) {
        BOOST_OUTCOME_TRYV(end_block());
    }
    BOOST_OUTCOME_TRYV(put(std::string(ArchiveBlockHead::bytes, '\0')));
    const ledger::log::Checksum whole = checksum_.value();
    BOOST_OUTCOME_TRYV(put({whole.data(), whole.size()}));
    if (::fsync(fd_.get()) != 0) {
        return ledger::os_error(Errc::storage_failed, "cannot sync", path_);
    }
    return success();
}

Result<void> ArchiveWriter::end_block() {
    BOOST_OUTCOME_TRYV(put(pack_block(block_)));
    block_.first = added_ + 1;
    block_.records.clear();
    return success();
}

Result<void> ArchiveWriter::put(std::string_view bytes) {
    checksum_.add(bytes);
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return ledger::os_error(Errc::storage_failed, "cannot write", path_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return success();
}

}  // namespace tools
