// The thread on which the sequencer runs. It alone writes the log.
#pragma once

#include "ledger/log/rocksdb_journal.h"
#include "ledger/notary.h"
#include "ledger/sequencer.h"

#include <atomic>
#include <functional>
#include <thread>

namespace tools {

class WriterThread {
  public:
    // `on_failure` is called once, on this thread, when a write or sync failed or the log was found
    // damaged: nothing more will be acknowledged and the process must end with a failure (I15).
    // With a notary the log is signed once a second; its end is for the caller to sign. All must
    // outlive this.
    WriterThread(ledger::Sequencer& sequencer, ledger::log::RocksdbJournal& journal,
                 std::function<void(const ledger::Error&)> on_failure,
                 ledger::Notary* notary = nullptr);
    ~WriterThread();  // stops the sequencer and waits for what it has queued
    WriterThread(const WriterThread&) = delete;
    WriterThread& operator=(const WriterThread&) = delete;

    // Waits until everything queued is durable. Called again, it does nothing.
    void stop();

  private:
    void run();
    ledger::Result<void> write_until_stopped();
    ledger::Result<void> sign();

    ledger::Sequencer& sequencer_;
    ledger::log::RocksdbJournal& journal_;
    const std::function<void(const ledger::Error&)> on_failure_;
    ledger::Notary* const notary_;
    std::thread thread_;
};

}  // namespace tools
