#include "tools/why_gather.h"

#include "ledger/log/entity_keys.h"
#include "tools/data_directory.h"
#include "tools/event_query.h"

#include <map>
#include <utility>
#include <vector>

namespace tools {

using namespace ledger;

namespace {

constexpr std::size_t sequences_max = 1024;  // at a time

class Gathering {
  public:
    explicit Gathering(const log::Journal& journal) : journal_(journal) {}

    // False where no more are taken.
    bool add(Event event) {
        if (events_.size() >= why_events_max) {
            full_ = true;
            return false;
        }
        const std::uint64_t sequence = event.sequence;
        events_.emplace(sequence, std::move(event));
        return true;
    }

    // Everything that stands under the entity and that `wanted` takes.
    Result<void> add_trail(log::EntityKey entity, const std::function<bool(const Event&)>& wanted) {
        for (std::uint64_t from = 1; !full_;) {
            BOOST_OUTCOME_TRY(const auto sequences,
                              journal_.entity_sequences(entity, from, sequences_max));
            for (const std::uint64_t sequence : sequences) {
                BOOST_OUTCOME_TRY(Event event, read_event(journal_, sequence));
                if (wanted(event) && !add(std::move(event))) break;
            }
            if (sequences.size() < sequences_max) break;
            from = sequences.back() + 1;
        }
        return boost::outcome_v2::success();
    }

    Result<void> add_order(const EventId& order) {
        return add_trail(log::entity_of_order(order), [&](const Event& event) {
            return projections::follower_order_of(event) == order;
        });
    }

    // What was decided with the event, in the same commit behind it, and the orders of that.
    Result<void> add_consequences(const Event& cause) {
        std::vector<EventId> orders;
        for (std::uint64_t at = cause.sequence + 1; at <= journal_.last_sequence(); ++at) {
            BOOST_OUTCOME_TRY(Event event, read_event(journal_, at));
            if (event.causation != cause.id) break;
            if (const auto order = projections::follower_order_of(event)) orders.push_back(*order);
            if (!add(std::move(event))) break;
        }
        for (const EventId& order : orders) {
            if (full_) break;
            BOOST_OUTCOME_TRY(add_order(order));
        }
        return boost::outcome_v2::success();
    }

    // What the events gathered so far follow from.
    Result<void> add_causes() {
        std::vector<EventId> left;
        for (const auto& [sequence, event] : events_) left.push_back(event.causation);
        while (!left.empty()) {
            const EventId id = left.back();
            left.pop_back();
            if (id.is_zero()) continue;
            BOOST_OUTCOME_TRY(const auto sequence, journal_.find(id));
            if (!sequence || events_.contains(*sequence)) continue;
            BOOST_OUTCOME_TRY(Event event, read_event(journal_, *sequence));
            left.push_back(event.causation);
            if (!add(std::move(event))) break;
        }
        return boost::outcome_v2::success();
    }

    [[nodiscard]] bool full() const { return full_; }

    // In the order of the log.
    [[nodiscard]] std::vector<Event> events() const {
        std::vector<Event> all;
        for (const auto& [sequence, event] : events_) all.push_back(event);
        return all;
    }

  private:
    const log::Journal& journal_;
    std::map<std::uint64_t, Event> events_;
    bool full_ = false;
};

Result<Why> finish(const Gathering& gathering, const std::optional<EventId>& asked) {
    return Why{projections::make_why_tree(gathering.events()), asked, gathering.full()};
}

Result<Why> why_of_order(const log::Journal& journal, const EventId& order,
                         const std::optional<EventId>& asked) {
    Gathering gathering{journal};
    BOOST_OUTCOME_TRY(gathering.add_order(order));
    BOOST_OUTCOME_TRY(gathering.add_causes());
    return finish(gathering, asked);
}

Result<Why> why_of_event(const log::Journal& journal, const Event& event) {
    if (const auto order = projections::follower_order_of(event)) {
        return why_of_order(journal, *order, event.id);
    }
    Gathering gathering{journal};
    static_cast<void>(gathering.add(event));
    BOOST_OUTCOME_TRY(gathering.add_consequences(event));
    BOOST_OUTCOME_TRY(gathering.add_causes());
    const auto tree = projections::make_why_tree(gathering.events());
    return Why{projections::make_why_tree(projections::on_the_way(tree, event.id)), event.id,
               gathering.full()};
}

Result<Why> why_of_master_order(const log::Journal& journal, const log::EntityKey& reports,
                                const EventId& order) {
    Gathering gathering{journal};
    const auto any = [](const Event& event) {
        return std::holds_alternative<MasterOrderReported>(event.payload) ||
               std::holds_alternative<ExitRequested>(event.payload);
    };
    BOOST_OUTCOME_TRY(gathering.add_trail(reports, any));
    BOOST_OUTCOME_TRY(gathering.add_trail(log::entity_of_order(order), any));
    for (const Event& event : gathering.events()) {
        BOOST_OUTCOME_TRY(gathering.add_consequences(event));
    }
    BOOST_OUTCOME_TRY(gathering.add_causes());
    return finish(gathering, std::nullopt);
}

Result<Why> why_of_named_order(const log::Journal& journal, const std::string& name,
                               const projections::LedgerView& view) {
    const auto order = find_order_named(view, name);
    if (!order) return Error{Errc::not_found, "nothing is called " + name, {}};
    if (!order->reports) return why_of_order(journal, order->id, order->id);
    return why_of_master_order(journal, *order->reports, order->id);
}

}  // namespace

Result<Why> gather_why(const log::Journal& journal, const std::string& name,
                       const ViewSource& view) {
    // An id and a sequence stand for themselves.
    BOOST_OUTCOME_TRY(const auto plain, find_event(journal, projections::LedgerView{}, name));
    if (plain) return why_of_event(journal, *plain);
    BOOST_OUTCOME_TRY(const projections::LedgerView* known, view());
    BOOST_OUTCOME_TRY(const auto event, find_event(journal, *known, name));
    if (event) return why_of_event(journal, *event);
    return why_of_named_order(journal, name, *known);
}

}  // namespace tools
