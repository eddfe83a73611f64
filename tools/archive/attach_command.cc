// `archive attach`: an archive put where the log finds it, in place of the records it has dropped.
#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "tools/archive/archive_command.h"
#include "tools/archive/archive_reader.h"
#include "tools/data_directory.h"
#include "tools/durable_copy.h"
#include "tools/open_log.h"

#include <cstdio>
#include <filesystem>
#include <system_error>

#include <unistd.h>

namespace tools {

namespace fs = std::filesystem;

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::RecordsArchived;
using ledger::Result;

namespace {

Result<void> check_wanted(const std::string& file, const RecordsArchived& archived) {
    if (archived.through == 0) {
        return Error{Errc::not_allowed, "nothing was dropped from this log", "FILE"};
    }
    BOOST_OUTCOME_TRY(const auto reader, ArchiveReader::open(file));
    if (is_archive_of(reader.header().checkpoint, archived)) return success();
    return Error{Errc::not_allowed,
                 "is not the one that the log needs, of " +
                     std::to_string(archived.archive_records) + " records with the root " +
                     archived.archive_root,
                 "FILE"};
}

// Another name of the same file where it lies on the same disk, a copy otherwise.
Result<void> put_into(const std::string& directory, const std::string& file) {
    const std::string path = directory + '/' + fs::path{file}.filename().string();
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        return ledger::invalid_field("FILE", path + " is there already");
    }
    BOOST_OUTCOME_TRYV(ledger::make_directory(directory));
    if (::link(file.c_str(), path.c_str()) != 0) {
        const std::string work = path + std::string{unfinished_suffix};
        fs::remove(work, ignored);  // of a copy that was interrupted
        BOOST_OUTCOME_TRYV(copy_durably(file, work));
        if (std::rename(work.c_str(), path.c_str()) != 0) {
            return ledger::os_error(Errc::storage_failed, "cannot rename", work);
        }
    }
    return ledger::sync_parent_directory(path);
}

}  // namespace

Result<ExitCode> run_archive_attach(const ArchiveOptions& options) {
    {
        BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
        BOOST_OUTCOME_TRYV(check_wanted(options.file, journal->archived()));
    }
    BOOST_OUTCOME_TRY(auto keys, believed_keys_of(options));
    BOOST_OUTCOME_TRY(const auto archive, verify_archive(options.file, std::move(keys)));
    BOOST_OUTCOME_TRYV(put_into(DataPaths{options.data}.archives(), options.file));
    print_archive(options, archive);
    return ExitCode::done;
}

}  // namespace tools
