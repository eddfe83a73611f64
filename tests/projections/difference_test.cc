#include "projections/difference.h"

#include "tests/projections/live_ledger.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace difference_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::test::any_steps;

namespace {

struct Compared {
    LedgerView before;
    LedgerView after;
    std::vector<Row> rows;
};

Compared compare(const std::vector<Event>& events, std::uint64_t from, std::uint64_t to) {
    Compared out;
    fold(events, from, out.before);
    out.after = out.before;
    Difference difference;
    while (out.after.sequence() < to) {
        const Event& event = events[out.after.sequence()];
        out.after.apply(event);
        difference.add(out.after, event);
    }
    out.rows = difference.rows(out.before, out.after);
    return out;
}

using Fields = std::map<std::pair<std::string, std::string>, std::string>;

// Of the rows of a view: what stands in each field of each row, by a column that names the row.
Fields fields_of(const LedgerView& view, std::string_view name, std::string_view id) {
    Fields fields;
    for (const Row& row : rows_of(view, name)) {
        for (const Cell& shown : row.cells()) {
            fields[{cell(row, id), std::string{shown.name}}] = shown.text;
        }
    }
    return fields;
}

}  // namespace

TEST_CASE("between an instant and itself there is no difference", "[projections]") {
    LiveLedger live;
    live.runs(ledger::test::Steps(40, {0, 1, 2, 3}));
    const auto events = live.events();
    CHECK(compare(events, events.size(), events.size()).rows.empty());
}

TEST_CASE("the difference of orders leads from the one view to the other", "[projections]") {
    rc::prop("and names nothing that did not change", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const std::uint64_t from = any_below(events.size() + 1);
        const std::uint64_t to = from + any_below(events.size() + 1 - from);
        const Compared compared = compare(events, from, to);
        Fields fields = fields_of(compared.before, "orders", "order_id");
        const Fields after = fields_of(compared.after, "orders", "order_id");
        std::set<std::string> orders;
        for (const auto& [key, text] : fields) orders.insert(key.first);
        for (const Row& row : compared.rows) {
            if (cell(row, "what") != "order") continue;
            const bool is_new = !orders.contains(cell(row, "id"));
            RC_ASSERT(cell(row, "change") == (is_new ? "new" : "changed"));
            auto& field = fields[{cell(row, "id"), cell(row, "field")}];
            RC_ASSERT(field == cell(row, "old"));
            RC_ASSERT(cell(row, "old") != cell(row, "new"));
            RC_ASSERT_FALSE(cell(row, "events").empty());
            field = cell(row, "new");
        }
        for (const auto& [key, text] : after) {
            const bool nothing = text.empty() || text == "0";
            if (!nothing) RC_ASSERT(fields[key] == text);
        }
    });
}

TEST_CASE("a limit and a link that change are told with their events", "[projections]") {
    LiveLedger live;
    live.runs({});
    const std::uint64_t before = live.events().size();
    ledger::RiskLimits limits;
    limits.max_open_orders = 7;
    live.says(ledger::SetRiskLimits{ledger::AccountNumber{3}, limits});
    ledger::SetLink link;
    link.master = ledger::AccountNumber{1};
    link.follower = ledger::AccountNumber{3};
    link.ratio = ledger::Ratio{7, 2};
    live.says(std::move(link));
    const auto events = live.events();
    const auto rows = compare(events, before, events.size()).rows;
    const auto told = [&](std::string_view what, std::string_view field, std::string_view now) {
        return std::ranges::any_of(rows, [&](const Row& row) {
            return cell(row, "what") == what && cell(row, "field") == field &&
                   cell(row, "new") == now && !cell(row, "events").empty();
        });
    };
    CHECK(told("limits", "max_open_orders", "7"));
    CHECK(told("link", "scaling_factor", "3.5"));
}

}  // namespace difference_test
