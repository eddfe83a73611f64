#include "tools/writer_thread.h"

#include <chrono>
#include <utility>

namespace tools {

WriterThread::WriterThread(ledger::Sequencer& sequencer, ledger::log::RocksdbJournal& journal,
                           std::function<void(const ledger::Error&)> on_failure)
    : sequencer_(sequencer),
      journal_(journal),
      on_failure_(std::move(on_failure)),
      thread_([this] { run(); }) {}

WriterThread::~WriterThread() {
    stop();
}

void WriterThread::stop() {
    sequencer_.stop();
    if (thread_.joinable()) thread_.join();
}

void WriterThread::run() {
    constexpr std::chrono::milliseconds idle_patience{250};
    constexpr std::chrono::seconds head_sync_period{1};
    auto head_sync_due = std::chrono::steady_clock::now() + head_sync_period;
    while (true) {
        const auto more = sequencer_.run_once(idle_patience);
        if (!more) return on_failure_(more.error());
        if (!more.value()) return;
        const auto now = std::chrono::steady_clock::now();
        if (now < head_sync_due) continue;
        head_sync_due = now + head_sync_period;
        if (const auto synced = journal_.sync_head(); !synced) return on_failure_(synced.error());
    }
}

}  // namespace tools
