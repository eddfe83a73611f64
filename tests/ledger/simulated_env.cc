// RocksDB's file system on a simulated disk.
#include "tests/ledger/simulated_storage.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace ledger::log::test {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSRandomRWFile;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// As RocksDB's own file system tells of EIO and ENOSPC.
IOStatus admitted(SimulatedDisk& disk, Operation operation) {
    switch (disk.admit(operation)) {
        case Verdict::done:
            return IOStatus::OK();
        case Verdict::io_error:
            return IOStatus::IOError("simulated: input/output error");
        case Verdict::no_space: {
            IOStatus status = IOStatus::NoSpace("simulated: no space left on device");
            status.SetRetryable(true);
            return status;
        }
    }
    return IOStatus::OK();
}

class SimulatedFile final : public rocksdb::FSWritableFileOwnerWrapper {
  public:
    SimulatedFile(SimulatedDisk& disk, SimulatedDisk::FileRef file,
                  std::unique_ptr<FSWritableFile> real)
        : FSWritableFileOwnerWrapper(std::move(real)), disk_(disk), file_(std::move(file)) {}

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::append);
        const Slice done(data.data(), status.ok() ? data.size() : data.size() / 2);
        const IOStatus real = target()->Append(done, options, debug);
        if (!real.ok()) return real;
        disk_.append(*file_, done.ToStringView());
        return status;
    }

    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
        return Append(data, options, debug);
    }

    IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::truncate);
        if (!status.ok()) return status;
        disk_.truncate(*file_, size);
        return target()->Truncate(size, options, debug);
    }

    IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::close);
        const IOStatus real = target()->Close(options, debug);
        return status.ok() ? real : status;
    }

    IOStatus Sync(const IOOptions&, IODebugContext*) override {
        const IOStatus status = admitted(disk_, Operation::sync);
        if (status.ok()) {
            disk_.sync(*file_);
        } else {
            disk_.fail_sync(*file_);
        }
        return status;
    }

    IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
        return Sync(options, debug);
    }

    // Starts writing; promises nothing.
    IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
        return admitted(disk_, Operation::range_sync);
    }

  private:
    SimulatedDisk& disk_;
    const SimulatedDisk::FileRef file_;
};

class SimulatedDirectory final : public FSDirectory {
  public:
    SimulatedDirectory(SimulatedDisk& disk, std::string path)
        : disk_(disk), path_(std::move(path)) {}

    IOStatus Fsync(const IOOptions&, IODebugContext*) override {
        const IOStatus status = admitted(disk_, Operation::sync_directory);
        if (status.ok()) disk_.sync_directory(path_);
        return status;
    }

    IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

  private:
    SimulatedDisk& disk_;
    const std::string path_;
};

class SimulatedFileSystem final : public rocksdb::FileSystemWrapper {
  public:
    explicit SimulatedFileSystem(SimulatedDisk& disk)
        : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}

    [[nodiscard]] const char* Name() const override { return "SimulatedFileSystem"; }

    IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* result,
                             IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::create);
        if (!status.ok()) return status;
        std::unique_ptr<FSWritableFile> real;
        const IOStatus made = target()->NewWritableFile(path, options, &real, debug);
        if (!made.ok()) return made;
        *result = std::make_unique<SimulatedFile>(disk_, disk_.create(path), std::move(real));
        return made;
    }

    IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                                std::unique_ptr<FSWritableFile>* result,
                                IODebugContext* debug) override {
        std::unique_ptr<FSWritableFile> real;
        const IOStatus opened = target()->ReopenWritableFile(path, options, &real, debug);
        if (!opened.ok()) return opened;
        *result = std::make_unique<SimulatedFile>(disk_, disk_.find(path), std::move(real));
        return opened;
    }

    IOStatus ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                               std::unique_ptr<FSWritableFile>*, IODebugContext*) override {
        return IOStatus::NotSupported("the log does not recycle its files");
    }

    IOStatus NewRandomRWFile(const std::string&, const FileOptions&,
                             std::unique_ptr<FSRandomRWFile>*, IODebugContext*) override {
        return IOStatus::NotSupported("the log writes no file twice");
    }

    IOStatus NewDirectory(const std::string& path, const IOOptions&,
                          std::unique_ptr<FSDirectory>* result, IODebugContext*) override {
        *result = std::make_unique<SimulatedDirectory>(disk_, path);
        return IOStatus::OK();
    }

    IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                        IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::remove);
        if (!status.ok()) return status;
        disk_.remove(path);
        return target()->DeleteFile(path, options, debug);
    }

    IOStatus Truncate(const std::string& path, size_t size, const IOOptions& options,
                      IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::truncate);
        if (!status.ok()) return status;
        disk_.truncate(*disk_.find(path), size);
        return target()->Truncate(path, size, options, debug);
    }

    IOStatus CreateDir(const std::string& path, const IOOptions& options,
                       IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::create_directory);
        if (!status.ok()) return status;
        disk_.create_directory(path);
        return target()->CreateDir(path, options, debug);
    }

    IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                                IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::create_directory);
        if (!status.ok()) return status;
        disk_.create_directory(path);
        return target()->CreateDirIfMissing(path, options, debug);
    }

    IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                        IODebugContext* debug) override {
        const IOStatus status = admitted(disk_, Operation::rename);
        if (!status.ok()) return status;
        disk_.rename(from, to);
        return target()->RenameFile(from, to, options, debug);
    }

    IOStatus LinkFile(const std::string&, const std::string&, const IOOptions&,
                      IODebugContext*) override {
        return IOStatus::NotSupported("the log links no files");
    }

  private:
    SimulatedDisk& disk_;
};

}  // namespace

std::shared_ptr<rocksdb::Env> make_simulated_env(SimulatedDisk& disk) {
    return rocksdb::NewCompositeEnv(std::make_shared<SimulatedFileSystem>(disk));
}

}  // namespace ledger::log::test
