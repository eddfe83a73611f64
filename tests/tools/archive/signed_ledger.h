// A signed ledger of accounts in a directory of its own, for the tests of archives.
#pragma once

#include "ledger/log/rocksdb_journal.h"
#include "tests/tools/tool_fixture.h"
#include "tools/archive/archive_command.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tools::test {

class SignedLedger {
  public:
    // Accounts of other codes are another log.
    explicit SignedLedger(std::string codes = "M") : codes_(std::move(codes)) {}

    [[nodiscard]] std::string data() const { return directory_.path() + "/data"; }

    [[nodiscard]] std::string path(const std::string& name) const {
        return directory_.path() + '/' + name;
    }

    [[nodiscard]] std::unique_ptr<ledger::log::RocksdbJournal> reader() const;

    // One run of the server, in which so many accounts are opened; signed at its end.
    void run(int accounts);

    [[nodiscard]] ledger::Result<ExitCode> create(const std::string& name,
                                                  const std::string& to = {}) const;

    [[nodiscard]] std::vector<ledger::proof::VerifierKey> keys() const;

    [[nodiscard]] ledger::Result<VerifiedArchive> verify(const std::string& name) const {
        return verify_archive(path(name), keys());
    }

  private:
    TemporaryDirectory directory_;
    std::string codes_;
    int opened_ = 0;
};

}  // namespace tools::test
