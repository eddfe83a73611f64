#include "projections/views.h"

#include "ledger/text/decimal.h"
#include "ledger/text/words.h"
#include "projections/limit_places.h"
#include "projections/view_rows.h"

#include <algorithm>
#include <array>
#include <optional>

namespace projections {

using namespace ledger;
using replication::FollowerOrder;
using replication::MasterOrder;

namespace {

struct ViewSpec {
    std::string_view name;
    std::vector<std::string_view> filters;
};

const std::vector<ViewSpec>& specs() {
    static const std::vector<ViewSpec> all{
        {"accounts", {"role", "id"}},
        {"links", {"master", "follower"}},
        {"instruments", {"symbol"}},
        {"orders", {"role", "account", "order", "status"}},
        {"mappings", {"master", "follower", "order"}},
        {"positions", {"account", "symbol"}},
        {"pending", {"account", "order"}},
        {"audit", {"account"}},
        {"limits", {"account", "scope"}},
    };
    return all;
}

// What the query asks for, looked up once.
class Filters {
  public:
    Filters(const LedgerView& view, const ViewQuery& query) : view_(view), query_(query) {
        for (const auto& [name, value] : query.filters) accounts_.push_back(account_named(value));
    }

    [[nodiscard]] bool text(std::string_view name, std::string_view value) const {
        const std::string* wanted = find(name);
        return wanted == nullptr || same_in_any_case(*wanted, value);
    }

    [[nodiscard]] bool account(std::string_view name, AccountNumber number) const {
        const auto wanted = position(name);
        if (wanted == query_.filters.end()) return true;
        const auto& named = accounts_[static_cast<std::size_t>(wanted - query_.filters.begin())];
        if (named.number) return number == *named.number;
        const auto* account = view_.state().account(number);
        return account != nullptr && is_called(account->identity, wanted->second, named.exact);
    }

    // By the id, the ClOrdID or the broker's order id.
    [[nodiscard]] bool order(const FollowerOrder& row) const {
        const std::string* wanted = find("order");
        return wanted == nullptr || same_in_any_case(*wanted, row.broker_order_id) ||
               same_in_any_case(*wanted, cl_ord_id_of(row.id).view()) ||
               same_in_any_case(*wanted, to_text(row.id)) ||
               master_order(view_.state().master_order_of(row));
    }

    [[nodiscard]] bool master_order(const MasterOrder& row) const {
        const std::string* wanted = find("order");
        return wanted == nullptr || same_in_any_case(*wanted, row.broker_order_id) ||
               same_in_any_case(*wanted, to_text(row.id));
    }

  private:
    // What an account's name stands for: a number, or a code.
    struct AccountNamed {
        std::optional<AccountNumber> number;
        bool exact = false;  // some account has this code, letter by letter
    };

    [[nodiscard]] static bool is_called(const AccountIdentity& identity, const std::string& name,
                                        bool exact) {
        if (exact) return identity.username == name || identity.broker_account == name;
        return same_in_any_case(identity.username, name) ||
               same_in_any_case(identity.broker_account, name);
    }

    [[nodiscard]] AccountNamed account_named(const std::string& name) const {
        if (const auto number = number_in(name)) return {number, false};
        for (const auto& account : view_.state().accounts) {
            if (is_called(account.identity, name, true)) return {std::nullopt, true};
        }
        return {};
    }

    // An account's number goes before a code that happens to look like one.
    [[nodiscard]] std::optional<AccountNumber> number_in(const std::string& value) const {
        const auto parsed = text::parse_integer(value);
        if (!parsed || parsed.value() < 1) return std::nullopt;
        if (parsed.value() > view_.state().accounts.size()) return std::nullopt;
        return AccountNumber{static_cast<std::uint32_t>(parsed.value())};
    }

    [[nodiscard]] const std::string* find(std::string_view name) const {
        const auto found = position(name);
        return found == query_.filters.end() ? nullptr : &found->second;
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>>::const_iterator position(
        std::string_view name) const {
        return std::ranges::find_if(query_.filters,
                                    [&](const auto& filter) { return filter.first == name; });
    }

    const LedgerView& view_;
    const ViewQuery& query_;
    std::vector<AccountNamed> accounts_;  // of each filter's value
};

// Walks rows from the cursor on, stops when the page is full, and remembers where.
class Pager {
  public:
    Pager(std::uint64_t start, std::uint64_t rows_max, const RowSink& sink)
        : start_(start), rows_left_(rows_max), sink_(sink) {}

    // `base` is the position of the first of these rows among all rows of the view.
    template <class Rows, class Emit>
    void walk(const Rows& rows, std::uint64_t base, const Emit& emit) {
        const std::uint64_t first = start_ > base ? start_ - base : 0;
        for (std::uint64_t i = first; i < rows.size(); ++i) {
            if (rows_left_ == 0) {
                if (!next_) next_ = base + i;
                return;
            }
            emit(rows[static_cast<RowIndex>(i)]);
        }
    }

    void emit(const Row& row) {
        sink_(row);
        rows_left_ -= rows_left_ > 0 ? 1 : 0;
    }

    [[nodiscard]] std::string next() const { return next_ ? std::to_string(*next_) : ""; }

  private:
    const std::uint64_t start_;
    std::uint64_t rows_left_;
    const RowSink& sink_;
    std::optional<std::uint64_t> next_;
};

void walk_orders(const LedgerView& view, const Filters& filters, Pager& pager) {
    const auto& state = view.state();
    pager.walk(state.master_orders, 0, [&](const MasterOrder& row) {
        const bool wanted = filters.text("role", to_text(AccountRole::master)) &&
                            filters.account("account", row.account) && filters.master_order(row) &&
                            filters.text("status", status_of(row));
        if (wanted) pager.emit(master_order_row(view, row));
    });
    pager.walk(state.follower_orders, state.master_orders.size(), [&](const FollowerOrder& row) {
        const bool wanted = filters.text("role", to_text(AccountRole::follower)) &&
                            filters.account("account", row.follower) && filters.order(row) &&
                            filters.text("status", status_of(row));
        if (wanted) pager.emit(follower_order_row(view, row));
    });
}

void walk_mappings(const LedgerView& view, const Filters& filters, Pager& pager) {
    pager.walk(view.state().follower_orders, 0, [&](const FollowerOrder& row) {
        const bool wanted = filters.account("master", row.master) &&
                            filters.account("follower", row.follower) && filters.order(row);
        if (wanted) pager.emit(mapping_row(view, row));
    });
}

void walk_pending(const LedgerView& view, const Filters& filters, Pager& pager) {
    pager.walk(view.state().follower_orders, 0, [&](const FollowerOrder& row) {
        if (!replication::is_pending(row)) return;
        if (!filters.account("account", row.follower) || !filters.order(row)) return;
        for (const Row& pending : pending_rows(view, row)) pager.emit(pending);
    });
}

void walk_accounts(const LedgerView& view, const Filters& filters, Pager& pager) {
    pager.walk(view.state().accounts, 0, [&](const replication::Account& row) {
        const bool wanted =
            filters.text("role", to_text(row.identity.role)) && filters.account("id", row.number);
        if (wanted) pager.emit(account_row(row));
    });
}

void walk_links(const LedgerView& view, const Filters& filters, Pager& pager) {
    pager.walk(view.state().links, 0, [&](const replication::Link& row) {
        const bool wanted =
            filters.account("master", row.master) && filters.account("follower", row.follower);
        if (wanted) pager.emit(link_row(view, row));
    });
}

void walk_positions(const LedgerView& view, const Filters& filters, Pager& pager) {
    pager.walk(view.positions().rows(), 0, [&](const Position& row) {
        const auto& instrument = view.state().instruments[row.key.instrument].instrument;
        const bool wanted = filters.account("account", row.key.account) &&
                            filters.text("symbol", instrument.symbol);
        if (wanted) pager.emit(position_row(view, row));
    });
}

void walk_limits(const LedgerView& view, const Filters& filters, Pager& pager) {
    const std::vector<LimitsPlace> places = places_of(view.state());
    pager.walk(places, 0, [&](const LimitsPlace& place) {
        const bool wanted = filters.account("account", place.account) &&
                            filters.text("scope", to_text(place.scope));
        if (wanted) pager.emit(limits_row(view, place));
    });
}

void walk(const LedgerView& view, const ViewQuery& query, Pager& pager) {
    const Filters filters{view, query};
    if (query.view == "accounts") return walk_accounts(view, filters, pager);
    if (query.view == "links") return walk_links(view, filters, pager);
    if (query.view == "orders") return walk_orders(view, filters, pager);
    if (query.view == "mappings") return walk_mappings(view, filters, pager);
    if (query.view == "positions") return walk_positions(view, filters, pager);
    if (query.view == "limits") return walk_limits(view, filters, pager);
    if (query.view == "pending") return walk_pending(view, filters, pager);
    if (query.view == "instruments") {
        return pager.walk(view.state().instruments, 0, [&](const auto& row) {
            if (filters.text("symbol", row.instrument.symbol)) pager.emit(instrument_row(row));
        });
    }
    pager.walk(view.audit().rows(), 0, [&](const AuditRow& row) {
        if (filters.account("account", row.account)) pager.emit(audit_row(view, row));
    });
}

// The words that a filter takes; none where it takes any text.
std::vector<std::string_view> words_of(std::string_view filter) {
    if (filter == "role") return {to_text(AccountRole::master), to_text(AccountRole::follower)};
    if (filter == "scope") {
        return {to_text(RiskScope::link), to_text(RiskScope::follower), to_text(RiskScope::master),
                to_text(RiskScope::global)};
    }
    if (filter != "status") return {};
    std::vector<std::string_view> words{pending_cancel, pending_replace};
    constexpr auto last = static_cast<int>(OrdStatus::withdrawn);
    for (int value = static_cast<int>(OrdStatus::intended); value <= last; ++value) {
        words.push_back(to_text(static_cast<OrdStatus>(value)));
    }
    return words;
}

Result<void> check(const ViewQuery& query) {
    const auto known = view_filters(query.view);
    if (known.empty()) return Error{Errc::not_found, "there is no view " + query.view, "view"};
    for (const auto& [name, value] : query.filters) {
        if (std::ranges::find(known, name) == known.end()) {
            return invalid_field(name, "is no filter of " + query.view);
        }
        const auto words = words_of(name);
        const auto fits = [&v = value](std::string_view word) { return same_in_any_case(word, v); };
        if (!words.empty() && std::ranges::none_of(words, fits)) {
            return invalid_field(name, value + " is no " + name);
        }
    }
    return boost::outcome_v2::success();
}

}  // namespace

std::vector<std::string_view> view_names() {
    std::vector<std::string_view> names;
    for (const ViewSpec& spec : specs()) names.push_back(spec.name);
    return names;
}

std::vector<std::string_view> view_filters(std::string_view view) {
    const auto found = std::ranges::find(specs(), view, &ViewSpec::name);
    return found == specs().end() ? std::vector<std::string_view>{} : found->filters;
}

Result<std::string> visit_view(const LedgerView& view, const ViewQuery& query,
                               const RowSink& sink) {
    BOOST_OUTCOME_TRY(check(query));
    std::int64_t start = 0;
    if (!query.cursor.empty()) {
        const auto parsed = text::parse_integer(query.cursor);
        if (!parsed || parsed.value() < 0) return invalid_field("cursor", "is not a cursor");
        start = parsed.value();
    }
    Pager pager{static_cast<std::uint64_t>(start), query.rows_max, sink};
    walk(view, query, pager);
    return pager.next();
}

}  // namespace projections
