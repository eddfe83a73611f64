#include "tools/open_log.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/checkpoint.h"
#include "tools/archive/attached_archive.h"
#include "tools/data_directory.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace tools {

using ledger::RecordsArchived;
using ledger::Result;
using ledger::log::ArchivedRecords;
using ledger::log::RocksdbJournal;

namespace {

std::vector<std::string> files_in(const std::string& directory) {
    std::vector<std::string> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at{directory, error}, end; !error && at != end;
         at.increment(error)) {
        if (!at->path().string().ends_with(unfinished_suffix)) files.push_back(at->path().string());
    }
    std::ranges::sort(files);
    return files;
}

// One that was attached for an earlier beginning may lie there still.
Result<std::shared_ptr<const ArchivedRecords>> find_attached(const std::string& directory,
                                                             const RecordsArchived& archived) {
    for (const std::string& file : files_in(directory)) {
        BOOST_OUTCOME_TRY(std::shared_ptr<const AttachedArchive> archive,
                          AttachedArchive::open(file));
        if (is_archive_of(archive->header().checkpoint, archived)) return archive;
    }
    return nullptr;
}

Result<std::unique_ptr<RocksdbJournal>> open(const std::string& data, bool read_only, bool sync) {
    return RocksdbJournal::open(
        {.directory = data,
         .read_only = read_only,
         .sync = sync,
         .find_archive = [directory = DataPaths{data}.archives()](const auto& archived) {
             return find_attached(directory, archived);
         }});
}

}  // namespace

Result<std::unique_ptr<RocksdbJournal>> open_log_to_read(const std::string& data) {
    return open(data, true, true);
}

Result<std::unique_ptr<RocksdbJournal>> open_log_to_write(const std::string& data, bool sync) {
    return open(data, false, sync);
}

bool is_archive_of(const std::string& checkpoint, const RecordsArchived& archived) {
    const auto read = ledger::proof::parse_checkpoint(checkpoint);
    if (!read) return false;
    const ledger::proof::TreeHead& tree = read.value().checkpoint.tree;
    return tree.size == archived.archive_records &&
           ledger::proof::to_base64(tree.root) == archived.archive_root;
}

}  // namespace tools
