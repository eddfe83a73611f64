#include "tools/event_query.h"

#include <algorithm>
#include <array>

#include "ledger/log/entity_keys.h"
#include "ledger/log/record_codec.h"
#include "ledger/text/decimal.h"

namespace tools {

using namespace ledger;
using projections::LedgerView;

namespace {

Result<std::uint64_t> parse_sequence(const std::string& name, const std::string& text) {
    const auto parsed = text::parse_integer(text);
    if (!parsed || parsed.value() < 0) return invalid_field(name, "is not a sequence number");
    return static_cast<std::uint64_t>(parsed.value());
}

std::optional<log::EntityKey> find_account(const LedgerView& view, const std::string& name) {
    for (const auto& account : view.state().accounts) {
        if (name == std::to_string(account.number.value()) || name == account.identity.username ||
            name == account.identity.broker_account) {
            return log::entity_of(account.number);
        }
    }
    return std::nullopt;
}

std::optional<log::EntityKey> find_order(const LedgerView& view, const std::string& name) {
    if (const auto cl_ord_id = parse_cl_ord_id(name)) {
        const auto* order = view.state().follower_orders.find(cl_ord_id.value());
        if (order != nullptr) return log::entity_of_order(order->id);
    }
    for (const auto& order : view.state().master_orders) {
        if (name == order.broker_order_id || name == to_text(order.id)) {
            return log::entity_of_order(
                log::master_order_entity(order.account, order.broker_order_id));
        }
    }
    for (const auto& order : view.state().follower_orders) {
        if (name == order.broker_order_id || name == to_text(order.id)) {
            return log::entity_of_order(order.id);
        }
    }
    return std::nullopt;
}

// The entity whose trail is asked for; not_found where there is none of that name.
Result<std::optional<log::EntityKey>> entity_of_query(const LedgerView& view,
                                                      const EventQuery& query) {
    if (!query.order.empty()) {
        const auto found = find_order(view, query.order);
        if (!found) return Error{Errc::not_found, "there is no order " + query.order, "order"};
        return found;
    }
    if (!query.account.empty()) {
        const auto found = find_account(view, query.account);
        if (!found) {
            return Error{Errc::not_found, "there is no account " + query.account, "account"};
        }
        return found;
    }
    return std::optional<log::EntityKey>{};
}

// Takes records one by one until the page is full.
class Page {
  public:
    Page(const EventQuery& query, const EventSink& visit) : query_(query), visit_(visit) {}

    // False when no more are wanted.
    bool take(std::uint64_t sequence, std::string_view record) {
        if (rows_ == query_.rows_max) {
            next_ = sequence;
            return false;
        }
        const auto event = log::decode_record(record);
        if (!event) {
            outcome_ = event.error();
            return false;
        }
        if (query_.kind.empty() || kind_of(event.value().payload) == query_.kind) {
            visit_(event.value());
            ++rows_;
        }
        return true;
    }

    [[nodiscard]] Result<std::optional<std::uint64_t>> result() const {
        if (!outcome_) return outcome_.error();
        return next_;
    }

  private:
    const EventQuery& query_;
    const EventSink& visit_;
    std::uint64_t rows_ = 0;
    std::optional<std::uint64_t> next_;
    Result<void> outcome_ = boost::outcome_v2::success();
};

Result<std::optional<std::uint64_t>> visit_trail(const log::Journal& journal,
                                                 log::EntityKey entity, const EventQuery& query,
                                                 Page& page) {
    constexpr std::size_t sequences_max = 1024;
    std::uint64_t from = query.from;
    while (true) {
        BOOST_OUTCOME_TRY(const auto sequences,
                          journal.entity_sequences(entity, from, sequences_max));
        for (const std::uint64_t sequence : sequences) {
            if (sequence > query.to) return page.result();
            BOOST_OUTCOME_TRY(const std::string record, journal.read(sequence));
            if (!page.take(sequence, record)) return page.result();
        }
        if (sequences.size() < sequences_max) return page.result();
        from = sequences.back() + 1;
    }
}

}  // namespace

Result<EventQuery> parse_event_query(
    const std::vector<std::pair<std::string, std::string>>& filters) {
    EventQuery query;
    for (const auto& [name, value] : filters) {
        if (name == "kind") {
            query.kind = value;
        } else if (name == "account") {
            query.account = value;
        } else if (name == "order") {
            query.order = value;
        } else if (name == "from") {
            BOOST_OUTCOME_TRY(query.from, parse_sequence(name, value));
        } else if (name == "to") {
            BOOST_OUTCOME_TRY(query.to, parse_sequence(name, value));
        } else {
            return invalid_field(name, "is no filter of events");
        }
    }
    query.from = std::max<std::uint64_t>(query.from, 1);
    return query;
}

Result<std::optional<std::uint64_t>> visit_events(const log::Journal& journal,
                                                  const LedgerView& view, const EventQuery& query,
                                                  const EventSink& visit) {
    Page page{query, visit};
    BOOST_OUTCOME_TRY(const auto entity, entity_of_query(view, query));
    if (entity) return visit_trail(journal, *entity, query, page);
    const std::uint64_t last = std::min(query.to, journal.last_sequence());
    if (query.from > last) return std::optional<std::uint64_t>{};
    BOOST_OUTCOME_TRY(journal.scan(query.from, last, [&](std::uint64_t sequence, auto record) {
        return page.take(sequence, record);
    }));
    return page.result();
}

Result<std::optional<Event>> find_event(const log::Journal& journal, const LedgerView& view,
                                        const std::string& name) {
    std::optional<std::uint64_t> sequence;
    if (const auto id = parse_event_id(name)) {
        BOOST_OUTCOME_TRY(sequence, journal.find(id.value()));
    } else if (const auto cl_ord_id = parse_cl_ord_id(name)) {
        const auto* order = view.state().follower_orders.find(cl_ord_id.value());
        if (order == nullptr) return std::optional<Event>{};
        BOOST_OUTCOME_TRY(sequence, journal.find(order->id));
    } else if (const auto number = text::parse_integer(name); number && number.value() > 0) {
        sequence = static_cast<std::uint64_t>(number.value());
    }
    if (!sequence || *sequence > journal.last_sequence()) return std::optional<Event>{};
    BOOST_OUTCOME_TRY(const std::string record, journal.read(*sequence));
    BOOST_OUTCOME_TRY(Event event, log::decode_record(record));
    return std::optional{std::move(event)};
}

}  // namespace tools
