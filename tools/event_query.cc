#include "tools/event_query.h"

#include "ledger/log/entity_keys.h"
#include "ledger/log/record_at.h"
#include "ledger/text/decimal.h"
#include "ledger/text/words.h"
#include "projections/hindsight.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tools {

using namespace ledger;
using projections::LedgerView;

namespace {

Result<std::uint64_t> parse_sequence(const std::string& name, const std::string& text) {
    const auto parsed = text::parse_integer(text);
    if (!parsed || parsed.value() < 0) return invalid_field(name, "is not a sequence number");
    return static_cast<std::uint64_t>(parsed.value());
}

// The names of all kinds, from the payload's alternatives.
template <std::size_t... I>
std::array<std::string_view, sizeof...(I)> names_of_kinds(std::index_sequence<I...>) {
    return {kind_of(Payload{std::in_place_index<I>})...};
}

// As it is spelled; nothing where there is no such kind.
std::optional<std::string_view> kind_named(std::string_view name) {
    const auto names = names_of_kinds(std::make_index_sequence<Payload::kinds>{});
    const auto found = std::ranges::find_if(
        names, [&](std::string_view kind) { return same_in_any_case(kind, name); });
    return found == names.end() ? std::nullopt : std::optional{*found};
}

// An account's number goes before a code that happens to look like one, and a code before one that
// is written in other letters.
std::optional<log::EntityKey> find_account(const LedgerView& view, const std::string& name) {
    std::optional<log::EntityKey> by_code;
    std::optional<log::EntityKey> in_other_letters;
    for (const auto& account : view.state().accounts) {
        const auto& identity = account.identity;
        const auto entity = log::entity_of(account.number);
        if (name == std::to_string(account.number.value())) return entity;
        const bool named = name == identity.username || name == identity.broker_account;
        const bool alike = same_in_any_case(name, identity.username) ||
                           same_in_any_case(name, identity.broker_account);
        if (named && !by_code) by_code = entity;
        if (alike && !in_other_letters) in_other_letters = entity;
    }
    return by_code ? by_code : in_other_letters;
}

// Takes records one by one until the page is full.
class Page {
  public:
    // Only events that stand under the entities.
    Page(const EventQuery& query, const QueryEntities& entities, const EventSink& visit)
        : query_(query), entities_(entities), visit_(visit) {}

    // False when no more are wanted.
    bool take(std::uint64_t sequence, std::string_view record) {
        if (rows_ == query_.rows_max) {
            next_ = sequence;
            return false;
        }
        const auto event = log::decode_record_at(sequence, record);
        if (!event) {
            outcome_ = event.error();
            return false;
        }
        if (is_wanted(event.value())) {
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
    [[nodiscard]] bool is_wanted(const Event& event) const {
        if (!query_.kind.empty() && kind_of(event.payload) != query_.kind) return false;
        const bool too_late =
            query_.happened_by_ns && projections::happened_at_ns(event) > *query_.happened_by_ns;
        if (too_late) return false;
        return entities_.hold(event);
    }

    const EventQuery& query_;
    const QueryEntities entities_;
    const EventSink& visit_;
    std::uint64_t rows_ = 0;
    std::optional<std::uint64_t> next_;
    Result<void> outcome_ = boost::outcome_v2::success();
};

Result<std::optional<std::uint64_t>> visit_trail(const log::Journal& journal, log::EntityKey entity,
                                                 const EventQuery& query, Page& page) {
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

// Ids are hex digits and base32, in either case; a broker's id is what it wrote.
std::optional<NamedOrder> find_order_named(const LedgerView& view, const std::string& name) {
    if (const auto cl_ord_id = parse_cl_ord_id(name)) {
        const auto* order = view.state().follower_orders.find(cl_ord_id.value());
        if (order != nullptr) return NamedOrder{order->id, {}};
    }
    for (const auto& order : view.state().master_orders) {
        if (name != order.broker_order_id && !same_in_any_case(name, to_text(order.id))) continue;
        return NamedOrder{order.id, log::entity_of_order(log::master_order_entity(
                                        order.account, order.broker_order_id))};
    }
    for (const auto& order : view.state().follower_orders) {
        const bool named = name == order.broker_order_id ||
                           same_in_any_case(name, to_text(order.id)) ||
                           same_in_any_case(name, cl_ord_id_of(order.id).view());
        if (named) return NamedOrder{order.id, {}};
    }
    return std::nullopt;
}

Result<QueryEntities> find_entities(const LedgerView& view, const EventQuery& query) {
    QueryEntities entities;
    if (!query.order.empty()) {
        const auto order = find_order_named(view, query.order);
        if (!order) return Error{Errc::not_found, "there is no order " + query.order, "order"};
        entities.order = order->reports ? *order->reports : log::entity_of_order(order->id);
    }
    if (!query.account.empty()) {
        entities.account = find_account(view, query.account);
        if (!entities.account) {
            return Error{Errc::not_found, "there is no account " + query.account, "account"};
        }
    }
    return entities;
}

bool QueryEntities::hold(const Event& event) const {
    const auto keys = log::entity_keys_of(event);
    const auto has = [&](const std::optional<log::EntityKey>& key) {
        return !key || std::ranges::find(keys, *key) != keys.end();
    };
    return has(order) && has(account);
}

void EventQuery::limit_to(const Past& past) {
    to = std::min(to, past.sequence);
    happened_by_ns = past.valid_at_ns;
}

Result<EventQuery> parse_event_query(
    const std::vector<std::pair<std::string, std::string>>& filters) {
    EventQuery query;
    for (const auto& [name, value] : filters) {
        if (name == "kind") {
            const auto kind = kind_named(value);
            if (!kind) return invalid_field(name, "there is no kind " + value);
            query.kind = *kind;
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
    BOOST_OUTCOME_TRY(const QueryEntities entities, find_entities(view, query));
    Page page{query, entities, visit};
    const auto trail = entities.order ? entities.order : entities.account;
    if (trail) return visit_trail(journal, *trail, query, page);
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
    BOOST_OUTCOME_TRY(Event event, log::decode_record_at(*sequence, record));
    return std::optional{std::move(event)};
}

}  // namespace tools
