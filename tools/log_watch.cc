#include "tools/log_watch.h"

#include "ledger/log/index_check.h"
#include "ledger/log_verifier.h"
#include "tools/logging.h"

#include <chrono>
#include <string_view>
#include <utility>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tools {

using ledger::Errc;
using ledger::Result;

namespace {

// Of this thread alone: Linux has both by thread. Where it cannot be had, the reading goes on.
void take_lowest_priority() {
    constexpr int nicest = 19;
    constexpr int ioprio_who_process = 1;
    constexpr int ioprio_idle = 3 << 13;
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    if (::setpriority(PRIO_PROCESS, thread, nicest) != 0 ||
        ::syscall(SYS_ioprio_set, ioprio_who_process, 0, ioprio_idle) != 0) {
        log_info("the log is verified at the usual priority");
    }
}

}  // namespace

LogWatch::LogWatch(const ledger::log::Journal& journal, const ledger::log::TreeSource& tree,
                   std::vector<ledger::proof::VerifierKey> keys,
                   std::function<void(const ledger::Error&)> on_damage)
    : journal_(journal),
      tree_(tree),
      keys_(std::move(keys)),
      on_damage_(std::move(on_damage)),
      thread_([this] { run(); }) {}

LogWatch::~LogWatch() {
    stopping_ = true;
    thread_.join();
}

void LogWatch::run() {
    take_lowest_priority();
    const auto read = read_all();
    if (read || stopping_) return;
    if (read.error().code == Errc::corrupt) return on_damage_(read.error());
    log_warning("the log was not verified: {}", read.error().detail);
}

Result<void> LogWatch::read_all() {
    BOOST_OUTCOME_TRY(auto before, ledger::log::tree_before_journal(journal_, tree_.tiles()));
    ledger::LogVerifier verifier{keys_};
    verifier.begin_after(std::move(before));
    Result<void> outcome = boost::outcome_v2::success();
    const auto last = journal_.last_sequence();
    BOOST_OUTCOME_TRYV(journal_.scan(
        journal_.first_sequence(), last, [&](std::uint64_t sequence, std::string_view record) {
            const auto event = verifier.add(sequence, record);
            if (event) {
                outcome = ledger::log::check_index(journal_, event.value());
            } else {
                outcome = event.error();
            }
            return outcome.has_value() && !stopping_;
        }));
    if (outcome && !stopping_) {
        log_info("the log is whole: {} records, {} checkpoints", last, verifier.checkpoints());
    }
    return outcome;
}

}  // namespace tools
