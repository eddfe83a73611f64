#include "tests/tools/archive/signed_ledger.h"

#include "tools/checkpoint_keys.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/signed_log.h"
#include "tools/submit_now.h"

#include <catch2/catch.hpp>

namespace tools::test {

using ledger::Result;
using ledger::log::RocksdbJournal;

std::unique_ptr<RocksdbJournal> SignedLedger::reader() const {
    return open_log_to_read(data()).value();
}

void SignedLedger::run(int accounts) {
    const auto journal = open_log_to_write(data(), false).value();
    const auto log = SignedLog::open(*journal, {data()}, {}).value();
    const auto view = load_view(*journal, {data()}, journal->last_sequence()).value();
    const TickingClock clock;
    ledger::Sequencer sequencer{log->journal(), clock, view.state(), {}};
    REQUIRE(log->begin_signing(sequencer));
    for (int i = 0; i < accounts; ++i) {
        const std::string code = codes_ + std::to_string(++opened_);
        ledger::Command command;
        command.actor = "test";
        command.payload =
            ledger::OpenAccount{{ledger::AccountRole::master, "xts", code, "user" + code}, {}};
        REQUIRE(submit_now(sequencer, std::move(command)));
    }
    REQUIRE(log->notary().sign());
}

Result<ExitCode> SignedLedger::create(const std::string& name, const std::string& to) const {
    ArchiveOptions options;
    options.data = data();
    options.to = to;
    options.file = path(name);
    return run_archive_create(options);
}

std::vector<ledger::proof::VerifierKey> SignedLedger::keys() const {
    return read_verifiers(DataPaths{data()}.checkpoint_keys()).value();
}

}  // namespace tools::test
