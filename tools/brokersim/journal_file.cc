#include "tools/brokersim/journal_file.h"

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace tools::brokersim {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Error system_error(Errc code, const std::string& what) {
    return Error{code, what + ": " + std::generic_category().message(errno), {}};
}

// Lines of a file read in pieces; what follows the last newline stays.
class LineSplitter {
  public:
    LineSplitter(const std::string& path, const JournalFile::Visit& visit)
        : path_(path), visit_(visit) {}

    Result<void> add(std::string_view piece) {
        while (!piece.empty()) {
            const std::size_t newline = piece.find('\n');
            rest_ += piece.substr(0, newline);
            if (rest_.size() > journal_line_bytes_max) return corrupt("is too long");
            if (newline == std::string_view::npos) break;
            piece.remove_prefix(newline + 1);
            ++lines_;
            const Result<void> visited = visit_(rest_);
            if (!visited) return corrupt(visited.error().detail);
            whole_bytes_ += static_cast<off_t>(rest_.size()) + 1;
            rest_.clear();
        }
        return boost::outcome_v2::success();
    }

    [[nodiscard]] bool is_torn() const { return !rest_.empty(); }

    [[nodiscard]] off_t whole_bytes() const { return whole_bytes_; }

  private:
    [[nodiscard]] Error corrupt(const std::string& why) const {
        return Error{Errc::corrupt, path_ + " line " + std::to_string(lines_) + ": " + why, {}};
    }

    const std::string& path_;
    const JournalFile::Visit& visit_;
    std::string rest_;
    std::uint64_t lines_ = 0;
    off_t whole_bytes_ = 0;
};

}  // namespace

Result<JournalFile> JournalFile::open(const std::string& path, const Visit& visit) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0) return system_error(Errc::unavailable, "cannot open " + path);
    JournalFile file{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return system_error(Errc::unavailable, "another process holds " + path);
    BOOST_OUTCOME_TRYV(file.replay(path, visit));
    return file;
}

JournalFile::JournalFile(JournalFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

JournalFile::~JournalFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> JournalFile::append(std::string_view lines, bool sync) {
    while (!lines.empty()) {
        const ssize_t written = ::write(descriptor_, lines.data(), lines.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_error(Errc::storage_failed, "cannot write the journal");
        lines.remove_prefix(static_cast<std::size_t>(written));
    }
    if (sync && ::fdatasync(descriptor_) != 0)
        return system_error(Errc::storage_failed, "cannot sync the journal");
    return boost::outcome_v2::success();
}

Result<void> JournalFile::replay(const std::string& path, const Visit& visit) {
    LineSplitter lines{path, visit};
    std::array<char, 64 * ledger::kib> buffer{};
    for (;;) {
        const ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(Errc::unavailable, "cannot read " + path);
        if (got == 0) break;
        BOOST_OUTCOME_TRYV(lines.add({buffer.data(), static_cast<std::size_t>(got)}));
    }
    if (lines.is_torn() && ::ftruncate(descriptor_, lines.whole_bytes()) != 0)
        return system_error(Errc::unavailable, "cannot cut the torn last line of " + path);
    return boost::outcome_v2::success();
}

}  // namespace tools::brokersim
