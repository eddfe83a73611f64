// A log in memory that is signed, as the tests of its audit want it.
#pragma once

#include "ledger/log/memory_journal.h"
#include "ledger/log/tree_journal.h"
#include "ledger/notary.h"
#include "tests/ledger/sequencer_fixture.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ledger::test {

[[nodiscard]] proof::SignerKey key_of(std::uint8_t number);

class SignedLog {
  public:
    SignedLog();

    [[nodiscard]] log::TreeJournal& journal() { return *tree_; }

    [[nodiscard]] Writer& writer() { return writer_; }

    [[nodiscard]] Notary& notary() { return notary_; }

    // Records so many further events, of no importance.
    void grow(std::uint64_t events);
    void sign();

    // The note of each checkpoint, as its copies had it.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

    // The bytes of every record.
    [[nodiscard]] std::vector<std::string> records() const;

    [[nodiscard]] std::vector<proof::VerifierKey> keys() const { return {key_of(1).verifier()}; }

  private:
    log::test::ScratchDirectory scratch_;
    HandClock clock_;
    log::MemoryJournal below_;
    std::unique_ptr<log::TreeJournal> tree_;
    Writer writer_;
    std::vector<std::string> notes_;
    Notary notary_;
};

}  // namespace ledger::test
