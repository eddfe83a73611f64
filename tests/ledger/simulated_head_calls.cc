// The head file on a simulated disk.
#include "ledger/log/head_calls.h"
#include "tests/ledger/simulated_storage.h"

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <map>

#include <fcntl.h>

namespace ledger::log::test {
namespace {

class SimulatedHeadCalls final : public HeadCalls {
  public:
    explicit SimulatedHeadCalls(SimulatedDisk& disk) : disk_(disk) {}

    int open(const std::string& path, int flags) const override {
        const bool creates = (flags & O_CREAT) != 0;
        if (creates && refused(Operation::create)) return -1;
        const int fd = HeadCalls::open(path, flags);
        if (fd >= 0) files_[fd] = creates ? disk_.create(path) : disk_.find(path);
        return fd;
    }

    int ftruncate(int fd, off_t size) const override {
        if (refused(Operation::truncate)) return -1;
        disk_.truncate(*files_.at(fd), static_cast<std::size_t>(size));
        return HeadCalls::ftruncate(fd, size);
    }

    ssize_t pwrite(int fd, std::string_view bytes, off_t offset) const override {
        const bool fails = refused(Operation::overwrite);
        if (fails) bytes = bytes.substr(0, bytes.size() / 2);
        disk_.overwrite(*files_.at(fd), static_cast<std::size_t>(offset), bytes);
        const ssize_t count = HeadCalls::pwrite(fd, bytes, offset);
        if (!fails) return count;
        errno = EIO;
        return -1;
    }

    int fdatasync(int fd) const override {
        if (refused(Operation::sync)) {
            disk_.fail_sync(*files_.at(fd));
            errno = EIO;
            return -1;
        }
        disk_.sync(*files_.at(fd));
        return 0;
    }

    int rename(const std::string& from, const std::string& to) const override {
        if (refused(Operation::rename)) return -1;
        disk_.rename(from, to);
        return HeadCalls::rename(from, to);
    }

    Result<void> sync_parent(const std::string& path) const override {
        if (refused(Operation::sync_directory)) {
            return Error{Errc::storage_failed, "simulated: cannot sync the directory", {}};
        }
        disk_.sync_directory(std::filesystem::path(path).parent_path());
        return boost::outcome_v2::success();
    }

  private:
    [[nodiscard]] bool refused(Operation operation) const {
        const Verdict verdict = disk_.admit(operation);
        errno = verdict == Verdict::no_space ? ENOSPC : EIO;
        return verdict != Verdict::done;
    }

    SimulatedDisk& disk_;
    mutable std::map<int, SimulatedDisk::FileRef> files_;
};

}  // namespace

std::shared_ptr<const HeadCalls> make_simulated_head_calls(SimulatedDisk& disk) {
    return std::make_shared<SimulatedHeadCalls>(disk);
}

}  // namespace ledger::log::test
