#include "projections/event_row.h"

#include "ledger/text/rfc3339.h"
#include "tests/ledger/any_event.h"
#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace event_row_test {

using namespace projections;
using namespace projections::test;
using namespace ledger;
using ledger::log::any_event;
using ledger::log::kind_count;

namespace {

using Names = std::vector<std::string_view>;

const Names envelope{"sequence",    "recorded_at",  "kind",           "event_id",
                     "occurred_at", "causation_id", "correlation_id", "actor"};
const Names profile{"name", "email", "scaling_factor", "credentials", "credential_hint", "enabled"};
const Names terms{"side",     "order_type", "product",      "validity",
                  "quantity", "price",      "trigger_price"};
const Names figures{"copy_strategy", "ratio",          "master_quantity", "raw_quantity",
                    "lot_size",      "reducing",       "master_position", "position",
                    "mark",          "mark_at",        "equity",          "master_equity",
                    "equity_at",     "protection_bps", "limit_rule",      "limit_scope",
                    "limit_bound",   "limit_actual"};
const Names link_terms{
    "copy_strategy",  "scaling_factor", "percentage", "fixed_quantity", "round_up_to_min_lot",
    "active",         "sides",          "price_mode", "protection_bps", "product_map",
    "order_type_map", "on_join",        "on_leave",   "limits"};
const Names order{"order_id", "cl_ord_id", "follower_id"};
const Names instrument{"symbol", "exchange", "scrip_code"};

Names joined(const std::vector<Names>& parts) {
    Names all;
    for (const Names& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

// What each kind says besides its envelope.
std::map<std::string_view, Names> fields_of_kinds() {
    const Names attempt = joined({order, {"intent_id", "attempt"}});
    return {
        {"AccountOpened",
         joined({{"account_id", "role", "broker", "broker_account", "username"}, profile})},
        {"AccountChanged", joined({{"account_id"}, profile})},
        {"AccountClosed", {"account_id"}},
        {"LinkSet", joined({{"master_id", "follower_id"}, link_terms})},
        {"LinkRemoved", {"master_id", "follower_id"}},
        {"InstrumentDefined",
         joined({instrument, {"lot_size", "tick_size", "freeze_quantity", "valid_on"}})},
        {"MasterOrderReported", joined({{"account_id", "broker_order_id", "type", "version"},
                                        instrument,
                                        terms,
                                        {"status", "filled_quantity", "average_price",
                                         "last_quantity", "last_value", "channel"}})},
        {"ConflictRecorded", {"existing", "content_digest", "what"}},
        {"FollowerOrderIntended",
         joined({{"cl_ord_id", "master_order_id", "master_id", "follower_id", "slice", "purpose"},
                 terms,
                 figures})},
        {"FollowerOrderSkipped",
         joined({{"master_order_id", "master_id", "follower_id", "action", "reason"}, figures})},
        {"FollowerModifyIntended", joined({order, terms, figures})},
        {"FollowerCancelIntended", joined({order, {"because"}})},
        {"UnsentOrderAmended", joined({order, terms, figures})},
        {"UnsentOrderWithdrawn", joined({order, {"because"}})},
        {"IntentSuperseded", joined({order, {"intent_id", "because"}})},
        {"AttemptStarted", joined({attempt, {"action"}})},
        {"AttemptAccepted", joined({attempt, {"broker_order_id", "recovered"}})},
        {"AttemptRejected", joined({attempt, {"code", "text", "retryable"}})},
        {"AttemptUnknown", joined({attempt, {"cause"}})},
        {"AttemptNotPlaced", joined({attempt, {"book_reads", "window_ms"}})},
        {"IntentExpired", joined({order, {"intent_id", "age_ms"}})},
        {"IntentParked", joined({attempt, {"why"}})},
        {"IntentResolved", joined({attempt, {"broker_order_id", "why"}})},
        {"FollowerOrderReported",
         joined({order,
                 {"broker_order_id", "status", "quantity", "price", "trigger_price",
                  "filled_quantity", "average_price", "last_quantity", "last_value", "text"}})},
        {"AnomalyRecorded", {"anomaly", "account_id", "order_id", "broker_order_id", "text"}},
        {"RiskLimitsSet", {"account_id", "limits"}},
        {"ConsentRecorded", {"account_id", "accepted", "text_version", "address", "user_agent"}},
        {"FundsReported", {"account_id", "equity", "capital"}},
        {"TradingHalted", {"account_id", "why"}},
        {"TradingResumed", {"account_id", "why"}},
        {"ExitRequested", {"master_order_id", "master_id", "scope"}},
        {"CalendarSet", {"utc_offset_minutes", "session_start"}},
        {"RequestAnswered", {"account_id"}},
        {"CheckpointSigned", {"tree_size", "root", "note"}},
        {"SubjectErased", {"account_id", "why"}},
        {"RecordsArchived", {"through", "archive_records", "archive_root"}},
    };
}

Names names_of(const Row& row) {
    Names names;
    for (const Cell& shown : row.cells()) names.push_back(shown.name);
    return names;
}

// Of an event that bears a profile.
AccountProfile* profile_of(Event& event) {
    if (auto* opened = std::get_if<AccountOpened>(&event.payload)) return &opened->profile;
    if (auto* changed = std::get_if<AccountChanged>(&event.payload)) return &changed->profile;
    return nullptr;
}

}  // namespace

TEST_CASE("an event of every kind is shown with its envelope and its fields", "[projections]") {
    const auto kinds = fields_of_kinds();
    REQUIRE(kinds.size() == kind_count);
    rc::prop("each of them once", [&] {
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            const Event event = *any_event(kind);
            const Row row = event_row(event);
            RC_ASSERT(names_of(row) == joined({envelope, kinds.at(kind_of(event.payload))}));
            RC_ASSERT(cell(row, "kind") == kind_of(event.payload));
            RC_ASSERT(cell(row, "event_id") == to_text(event.id));
            RC_ASSERT(cell(row, "recorded_at") == text::format_rfc3339(event.recorded_at_ns));
            RC_ASSERT(cell(row, "actor") == event.actor);
        }
    });
}

TEST_CASE("no column of an event's row comes twice", "[projections]") {
    for (auto& [kind, fields] : fields_of_kinds()) {
        Names names = joined({envelope, fields});
        std::ranges::sort(names);
        INFO(kind);
        CHECK(std::ranges::adjacent_find(names) == names.end());
    }
}

TEST_CASE("I14 no event's row shows sealed credentials", "[projections]") {
    const std::string secret = "\x01the sealed bytes of a broker's key\xff";
    rc::prop("they are named, not shown", [&] {
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            Event event = *any_event(kind);
            AccountProfile* bears = profile_of(event);
            if (bears != nullptr) bears->sealed_credentials = secret;
            const Row row = event_row(event);
            RC_ASSERT(!shows(row, secret));
            RC_ASSERT(!shows(brief_event_row(event), secret));
            if (bears == nullptr) continue;
            RC_ASSERT(cell(row, "credentials") == "(sealed)");
            bears->sealed_credentials.clear();
            RC_ASSERT(cell(event_row(event), "credentials") == "");
        }
    });
}

TEST_CASE("a brief row has the same columns for every kind, and says what the long one does",
          "[projections]") {
    const Names columns{"sequence", "recorded_at", "kind", "event_id", "details"};
    rc::prop("as one cell of pairs", [&] {
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            const Event event = *any_event(kind);
            const Row brief = brief_event_row(event);
            RC_ASSERT(names_of(brief) == columns);
            const Row full = event_row(event);
            for (std::size_t at = envelope.size(); at < full.cells().size(); ++at) {
                const Cell& said = full.cells()[at];
                // The order's own handle stands in an intent's long row alone.
                const bool handle = said.name == "cl_ord_id";
                if (said.text.empty() || said.text == "0" || handle) continue;
                RC_ASSERT(shows(brief, std::string{said.name} + "=" + said.text));
            }
        }
    });
}

}  // namespace event_row_test
