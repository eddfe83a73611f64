#include "tests/simulation/twins/sim_feed.h"

#include "ledger/base/assert.h"
#include "tests/simulation/twins/node_time.h"

#include <algorithm>
#include <utility>

namespace simulation {

using ledger::MasterEventType;
using ledger::MasterOrderReported;
using ledger::SourceVersion;

namespace {

constexpr std::int64_t late_ns_max = 20 * ns_per_second;
constexpr std::int64_t cut_ns_max = 30 * ns_per_second;

MasterOrderReported report_of(const Story& story, MasterEventType type) {
    MasterOrderReported report;
    report.account = story.master;
    report.broker_order_id = story.broker_order_id;
    report.type = type;
    report.version = {story.versions, story.version};
    report.instrument = story.instrument;
    report.terms = story.terms;
    report.cum_qty = ledger::Quantity{story.cum_qty};
    if (story.cum_qty > 0) report.avg_px = ledger::Price{average_price};
    report.status = std::string{to_text(type)};
    report.channel = "simulation";
    return report;
}

}  // namespace

// The feed is cut now and then; what it tells meanwhile comes when it is back.
std::int64_t SimFeed::delay_ns(bool ordered) {
    const std::int64_t now_ns = time_.now_ns();
    if (dice_.chance(faults_.disconnects)) {
        cut_until_ns_ = now_ns + dice_.between(1, cut_ns_max);
    }
    const std::int64_t cut_ns = std::max<std::int64_t>(cut_until_ns_ - now_ns, 0);
    const bool late = !ordered && dice_.chance(faults_.late);
    return cut_ns + (late ? dice_.between(1, late_ns_max) : dice_.between(1, 20) * ns_per_ms);
}

SimFeed::Delivery SimFeed::deliver(Story& story, const MasterOrderReported& truth) {
    Delivery delivery;
    // A source without versions is only understood in its own order.
    delivery.ordered = story.versions == SourceVersion::Kind::revision;
    delivery.delay_ns = delay_ns(delivery.ordered);
    MasterOrderReported handed_in = truth;
    if (delivery.ordered) handed_in.version.value = 0;
    if (bug_ == PlantedBug::feed_calls_everything_new) handed_in.type = MasterEventType::new_;
    if (bug_ == PlantedBug::feed_numbers_by_arrival) {
        handed_in.version.value = static_cast<std::uint64_t>(time_.now_ns() + delivery.delay_ns);
    }
    Request& request = delivery.request;
    request.command.actor = "feed";
    request.command.occurred_at_ns = WallClock::epoch_ns + time_.now_ns();
    request.command.payload = ledger::ReportMasterOrder{std::move(handed_in)};
    request.what = "order " + story.broker_order_id + " " + std::string{to_text(truth.type)} +
                   " v" + std::to_string(story.version);
    request.never_sent = !delivery.ordered && dice_.chance(faults_.lost);
    return delivery;
}

void SimFeed::hand_in(Story& story, const MasterOrderReported& truth, Delivery delivery) {
    if (delivery.ordered && !story.chapters.empty()) {
        delivery.request.after = story.chapters.back().request;
    }
    const std::size_t number = clients_.ask(std::move(delivery.request), delivery.delay_ns);
    story.chapters.push_back({number, truth});
    if (delivery.ordered) return;
    for (int n = 0; n < 3 && dice_.chance(faults_.repeated); ++n) {
        clients_.ask_again(number, delivery.delay_ns + dice_.between(0, late_ns_max));
    }
}

void SimFeed::tell(Story& story, MasterEventType type) {
    ++story.version;
    const MasterOrderReported truth = report_of(story, type);
    hand_in(story, truth, deliver(story, truth));
}

void SimFeed::tell_by_hand(Story& story, MasterEventType type) {
    LEDGER_ASSERT(story.versions == SourceVersion::Kind::revision);
    ++story.version;
    const MasterOrderReported truth = report_of(story, type);
    Delivery delivery = deliver(story, truth);
    delivery.request.command.actor = "operator";
    delivery.request.command.idempotency_key = ledger::NaturalKey{"by-hand"}.add(++keys_).id();
    delivery.request.command.request_digest = keys_;
    hand_in(story, truth, std::move(delivery));
}

void SimFeed::contradict(const Story& story, const Story::Chapter& chapter) {
    LEDGER_ASSERT(story.versions != SourceVersion::Kind::revision);
    MasterOrderReported lie = chapter.truth;
    if (dice_.chance(500)) {
        lie.terms.quantity = lie.terms.quantity + ledger::Quantity{1};
    } else {
        lie.cum_qty = lie.cum_qty + ledger::Quantity{1};
    }
    Request request;
    request.command.actor = "feed";
    request.command.request_digest = ++lies_;
    request.command.payload = ledger::ReportMasterOrder{std::move(lie)};
    request.what = "order " + story.broker_order_id + " contradicts itself";
    request.wrong = Request::Wrong::contradicts;
    clients_.ask(std::move(request), dice_.between(1, late_ns_max));
}

}  // namespace simulation
