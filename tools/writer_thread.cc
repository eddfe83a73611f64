#include "tools/writer_thread.h"

#include <chrono>
#include <utility>

namespace tools {

WriterThread::WriterThread(ledger::Sequencer& sequencer, ledger::log::RocksdbJournal& journal,
                           std::function<void(const ledger::Error&)> on_failure,
                           ledger::Notary* notary)
    : sequencer_(sequencer),
      journal_(journal),
      on_failure_(std::move(on_failure)),
      notary_(notary),
      thread_([this] { run(); }) {}

WriterThread::~WriterThread() {
    stop();
}

void WriterThread::stop() {
    sequencer_.stop();
    if (thread_.joinable()) thread_.join();
}

void WriterThread::run() {
    if (const auto written = write_until_stopped(); !written) on_failure_(written.error());
}

ledger::Result<void> WriterThread::write_until_stopped() {
    constexpr std::chrono::milliseconds idle_patience{250};
    constexpr std::chrono::seconds period{1};
    auto due = std::chrono::steady_clock::now() + period;
    while (true) {
        BOOST_OUTCOME_TRY(const bool more, sequencer_.run_once(idle_patience));
        if (!more) return boost::outcome_v2::success();
        const auto now = std::chrono::steady_clock::now();
        if (now < due) continue;
        due = now + period;
        BOOST_OUTCOME_TRYV(sign());
        BOOST_OUTCOME_TRYV(journal_.sync_head());
    }
}

ledger::Result<void> WriterThread::sign() {
    if (notary_ == nullptr) return boost::outcome_v2::success();
    return notary_->sign();
}

}  // namespace tools
