#include "ingest/account_rows.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::text::JsonValue;

Error unexpected_row(std::string_view view) {
    return Error{
        Errc::corrupt, "the view " + std::string{view} + " answered what it should not", {}};
}

// One row, or none: its JSON and what that says.
struct Row {
    std::string json;
    JsonValue value;
};

Result<std::optional<Row>> only_row(std::string_view view, const Page& page) {
    auto rows = ledger::text::parse_json(page.rows_json);
    if (!rows || !rows.value().is(JsonValue::Kind::array)) return unexpected_row(view);
    const auto& items = rows.value().items();
    if (items.empty()) return std::optional<Row>{};
    if (items.size() > 1 || !items.front().is(JsonValue::Kind::object)) return unexpected_row(view);
    // An array of one object is that object between brackets.
    const auto begin = page.rows_json.find('{');
    const auto end = page.rows_json.rfind('}');
    return std::optional{Row{page.rows_json.substr(begin, end - begin + 1), items.front()}};
}

std::string text_member(const JsonValue& row, std::string_view name) {
    const JsonValue* member = row.find(name);
    return member != nullptr && member->is(JsonValue::Kind::string) ? member->text()
                                                                    : std::string{};
}

Result<AccountRow> read_account(ledger::AccountRole role, Row row) {
    const auto number = ledger::text::parse_integer(text_member(row.value, "id"));
    using Rep = ledger::AccountNumber::rep;
    if (!number || number.value() <= 0 || number.value() > std::numeric_limits<Rep>::max()) {
        return unexpected_row("accounts");
    }
    AccountRow account;
    account.number = ledger::AccountNumber{static_cast<Rep>(number.value())};
    account.role = role;
    account.broker = text_member(row.value, "broker");
    account.broker_account = text_member(row.value, "broker_account");
    account.username = text_member(row.value, "username");
    account.json = std::move(row.json);
    return account;
}

}  // namespace

asio::awaitable<Result<AccountRow>> find_account(ApiContext& context, AccountId id) {
    Query query;
    query.view = "accounts";
    query.filters.emplace_back("role", ledger::to_text(id.role));
    query.filters.emplace_back("id", id.text);
    query.rows_max = 2;
    BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
    BOOST_OUTCOME_CO_TRY(auto row, only_row("accounts", page));
    if (!row) {
        const bool master = id.role == ledger::AccountRole::master;
        co_return Error{Errc::not_found,
                        master ? "There is no such master." : "There is no such follower.",
                        id.field};
    }
    co_return read_account(id.role, std::move(*row));
}

asio::awaitable<Result<std::string>> find_link(ApiContext& context, ledger::AccountNumber master,
                                               ledger::AccountNumber follower) {
    Query query;
    query.view = "links";
    query.filters.emplace_back("master", std::to_string(master.value()));
    query.filters.emplace_back("follower", std::to_string(follower.value()));
    query.rows_max = 2;
    BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
    BOOST_OUTCOME_CO_TRY(auto row, only_row("links", page));
    if (!row) co_return unexpected_row("links");
    co_return std::move(row->json);
}

}  // namespace ingest
