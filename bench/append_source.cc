#include "bench/append_source.h"

#include "bench/null_journal.h"
#include "bench/trading_day.h"
#include "tools/system_ports.h"

namespace bench {

using namespace ledger;

Result<std::vector<Event>> sample_events() {
    constexpr std::size_t followers = 30;
    constexpr std::size_t orders = 8;  // one of each life
    NullJournal journal;
    const tools::SystemClock clock;
    Sequencer sequencer{journal, clock, {}, {}};
    TradingDay day{sequencer};
    std::vector<Event> samples;
    BOOST_OUTCOME_TRYV(day.open_accounts(followers));
    sequencer.observe([&](const Sequencer::EventBatch& batch) {
        samples.insert(samples.end(), batch->begin(), batch->end());
    });
    for (std::size_t i = 0; i < orders; ++i) {
        BOOST_OUTCOME_TRYV(day.live_one_order());
    }
    return samples;
}

void AppendSource::fill(Append& append) {
    Event& event = samples_[made_ % samples_.size()];
    ++made_;
    event.sequence = made_;
    event.id = NaturalKey{"bench"}.add(made_).id();
    append.record = encoder_.encode(event);
    append.ids = {event.id};
    append.entities = log::entity_keys_of(event);
}

double AppendSource::record_bytes() {
    std::size_t bytes = 0;
    for (const Event& event : samples_) bytes += encoder_.encode(event).size();
    return static_cast<double>(bytes) / static_cast<double>(samples_.size());
}

}  // namespace bench
