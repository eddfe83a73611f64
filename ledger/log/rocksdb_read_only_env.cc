#include "ledger/log/rocksdb_read_only_env.h"

#include <string>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace ledger::log {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSRandomRWFile;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

IOStatus refused() {
    return IOStatus::NotSupported("opened for reading only");
}

class ReadOnlyFileSystem final : public rocksdb::FileSystemWrapper {
  public:
    explicit ReadOnlyFileSystem(const std::shared_ptr<rocksdb::FileSystem>& below)
        : FileSystemWrapper(below) {}

    [[nodiscard]] const char* Name() const override { return "ReadOnlyFileSystem"; }

    IOStatus NewWritableFile(const std::string&, const FileOptions&,
                             std::unique_ptr<FSWritableFile>*, IODebugContext*) override {
        return refused();
    }

    IOStatus ReopenWritableFile(const std::string&, const FileOptions&,
                                std::unique_ptr<FSWritableFile>*, IODebugContext*) override {
        return refused();
    }

    IOStatus ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                               std::unique_ptr<FSWritableFile>*, IODebugContext*) override {
        return refused();
    }

    IOStatus NewRandomRWFile(const std::string&, const FileOptions&,
                             std::unique_ptr<FSRandomRWFile>*, IODebugContext*) override {
        return refused();
    }

    IOStatus DeleteFile(const std::string&, const IOOptions&, IODebugContext*) override {
        return refused();
    }

    IOStatus Truncate(const std::string&, size_t, const IOOptions&, IODebugContext*) override {
        return refused();
    }

    IOStatus CreateDir(const std::string&, const IOOptions&, IODebugContext*) override {
        return refused();
    }

    IOStatus CreateDirIfMissing(const std::string&, const IOOptions&, IODebugContext*) override {
        return refused();
    }

    IOStatus DeleteDir(const std::string&, const IOOptions&, IODebugContext*) override {
        return refused();
    }

    IOStatus RenameFile(const std::string&, const std::string&, const IOOptions&,
                        IODebugContext*) override {
        return refused();
    }

    IOStatus LinkFile(const std::string&, const std::string&, const IOOptions&,
                      IODebugContext*) override {
        return refused();
    }

    IOStatus LockFile(const std::string&, const IOOptions&, rocksdb::FileLock**,
                      IODebugContext*) override {
        return refused();
    }
};

}  // namespace

std::shared_ptr<rocksdb::Env> make_read_only_env(rocksdb::Env* below) {
    return rocksdb::NewCompositeEnv(std::make_shared<ReadOnlyFileSystem>(
        below != nullptr ? below->GetFileSystem() : rocksdb::FileSystem::Default()));
}

}  // namespace ledger::log
