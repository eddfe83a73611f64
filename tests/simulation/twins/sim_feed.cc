#include "tests/simulation/twins/sim_feed.h"

#include <utility>

namespace simulation {

using ledger::MasterEventType;
using ledger::MasterOrderReported;
using ledger::SourceVersion;

namespace {

constexpr std::int64_t late_ns_max = 20 * ns_per_second;

MasterOrderReported report_of(const Story& story, MasterEventType type) {
    MasterOrderReported report;
    report.account = story.master;
    report.broker_order_id = story.broker_order_id;
    report.type = type;
    report.version = {story.versions, story.version};
    report.instrument = story.instrument;
    report.terms = story.terms;
    report.cum_qty = ledger::Quantity{story.cum_qty};
    if (story.cum_qty > 0) report.avg_px = ledger::Price{1'000'000};
    report.status = std::string{to_text(type)};
    report.channel = "simulation";
    return report;
}

}  // namespace

void SimFeed::tell(Story& story, MasterEventType type) {
    ++story.version;
    const MasterOrderReported truth = report_of(story, type);
    MasterOrderReported handed_in = truth;
    // A source without versions is only understood in its own order.
    const bool ordered = story.versions == SourceVersion::Kind::revision;
    std::int64_t delay_ns = dice_.between(1, 20) * ns_per_ms;
    if (!ordered && dice_.chance(faults_.late)) delay_ns = dice_.between(1, late_ns_max);
    if (ordered) handed_in.version.value = 0;
    if (bug_ == PlantedBug::feed_calls_everything_new) handed_in.type = MasterEventType::new_;
    if (bug_ == PlantedBug::feed_numbers_by_arrival) {
        handed_in.version.value = static_cast<std::uint64_t>(time_.now_ns() + delay_ns);
    }
    Request request;
    request.command.actor = "feed";
    request.command.payload = ledger::ReportMasterOrder{handed_in};
    request.what = "order " + story.broker_order_id + " " + std::string{to_text(type)} + " v" +
                   std::to_string(story.version);
    request.never_sent = !ordered && dice_.chance(faults_.lost);
    if (ordered && !story.chapters.empty()) request.after = story.chapters.back().request;
    const std::size_t number = clients_.ask(std::move(request), delay_ns);
    story.chapters.push_back({number, truth});
    if (ordered) return;
    for (int n = 0; n < 3 && dice_.chance(faults_.repeated); ++n) {
        clients_.ask_again(number, delay_ns + dice_.between(0, late_ns_max));
    }
}

}  // namespace simulation
