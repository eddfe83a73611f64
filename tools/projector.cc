#include "tools/projector.h"

#include "ledger/base/overloaded.h"
#include "projections/snapshot.h"
#include "tools/logging.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

namespace tools {

namespace {

constexpr std::size_t queued_max = 4096;
constexpr std::size_t taken_max = 64;
constexpr std::chrono::seconds digests_period_min{5};
constexpr int digests_share = 1000;  // they take this part of the thread's time at most

}  // namespace

Projector::Projector(projections::LedgerView view, ProjectorOptions options)
    : view_(std::move(view)),
      options_(std::move(options)),
      snapshot_at_(view_.sequence()),
      digests_at_(view_.sequence()),
      queue_(queued_max),
      thread_([this] { run(); }) {}

Projector::~Projector() {
    queue_.close();
    thread_.join();
}

void Projector::on_committed(const ledger::Sequencer::EventBatch& batch) {
    // Closed only when the writer has stopped.
    static_cast<void>(queue_.push(Item{batch}));
}

bool Projector::ask(Question question) {
    return queue_.try_push(Item{std::move(question)});
}

std::vector<projections::Digest> Projector::digests() {
    std::promise<std::vector<projections::Digest>> promise;
    // Open as long as this object is: the question is always taken.
    static_cast<void>(
        queue_.push(Item{Question{[&](const auto& view) { promise.set_value(view.digests()); }}}));
    return promise.get_future().get();
}

void Projector::run() {
    constexpr std::chrono::milliseconds patience{1000};
    std::vector<Item> items;
    while (queue_.pop_some(items, taken_max, patience)) {
        for (const Item& item : items) {
            std::visit(ledger::Overloaded{
                           [this](const ledger::Sequencer::EventBatch& batch) {
                               for (const ledger::Event& event : *batch) view_.apply(event);
                           },
                           [this](const Question& question) { question(view_); },
                       },
                       item);
        }
        items.clear();
        const std::uint64_t due =
            projections::snapshot_distance(view_.sequence(), options_.snapshot_every_events);
        if (view_.sequence() - snapshot_at_ >= due) take_snapshot();
        report_digests();
    }
    if (view_.sequence() > snapshot_at_) take_snapshot();
}

void Projector::report_digests() {
    if (!options_.on_digests || view_.sequence() == digests_at_) return;
    const auto begin = std::chrono::steady_clock::now();
    if (begin < digests_due_) return;
    digests_at_ = view_.sequence();
    options_.on_digests(digests_at_, view_.digests());
    const auto end = std::chrono::steady_clock::now();
    digests_due_ = end + std::max<std::chrono::steady_clock::duration>(
                             digests_period_min, digests_share * (end - begin));
}

void Projector::take_snapshot() {
    snapshot_at_ = view_.sequence();
    if (options_.snapshot_directory.empty()) return;
    const auto written = projections::write_snapshot(view_, options_.snapshot_directory);
    if (!written) {
        log_warning("no snapshot at sequence {}: {}", snapshot_at_, written.error().detail);
    }
}

}  // namespace tools
