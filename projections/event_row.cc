#include "projections/event_row.h"

#include "ledger/text/rfc3339.h"
#include "projections/cell_text.h"
#include "projections/checkpoint_cells.h"
#include "projections/figure_cells.h"
#include "projections/limit_cells.h"
#include "projections/link_cells.h"
#include "projections/order_cells.h"

namespace projections {

using namespace ledger;

namespace {

// Adds the cells of one kind of event.
class Describe {
  public:
    explicit Describe(Row& row) : row_(row) {}

    void operator()(const AccountOpened& e) const {
        row_.text("account_id", number(e.account))
            .text("role", to_text(e.identity.role))
            .text("broker", e.identity.broker)
            .text("broker_account", e.identity.broker_account)
            .text("username", e.identity.username);
        profile(e.profile);
    }

    void operator()(const AccountChanged& e) const {
        row_.text("account_id", number(e.account));
        profile(e.profile);
    }

    void operator()(const AccountClosed& e) const { row_.text("account_id", number(e.account)); }

    void operator()(const LinkSet& e) const {
        link(e.master, e.follower);
        add_link_terms(row_, e.terms);
    }

    void operator()(const LinkRemoved& e) const { link(e.master, e.follower); }

    void operator()(const InstrumentDefined& e) const {
        add_instrument(row_, e.instrument);
        row_.integer("lot_size", e.rules.lot_size.value())
            .text("tick_size", decimal(e.rules.tick_size))
            .integer("freeze_quantity", e.rules.freeze_quantity.value())
            .integer("valid_on", e.rules.valid_on);
    }

    void operator()(const MasterOrderReported& e) const {
        row_.text("account_id", number(e.account))
            .text("broker_order_id", e.broker_order_id)
            .text("type", to_text(e.type))
            .text("version", std::to_string(e.version.value));
        add_instrument(row_, e.instrument);
        add_order_terms(row_, e.terms);
        row_.text("status", e.status)
            .integer("filled_quantity", e.cum_qty.value())
            .text("average_price", decimal(e.avg_px))
            .integer("last_quantity", e.last_qty.value())
            .text("last_value", decimal(e.last_value))
            .text("channel", e.channel);
    }

    void operator()(const ConflictRecorded& e) const {
        row_.text("existing", to_text(e.existing))
            .text("content_digest", std::to_string(e.content_digest))
            .text("what", e.what);
    }

    void operator()(const FollowerOrderIntended& e) const {
        row_.text("master_order_id", to_text(e.master_order));
        link(e.master, e.follower);
        row_.count("slice", e.slice).text("purpose", to_text(e.purpose));
        add_order_terms(row_, e.terms);
        add_figures(row_, e.figures);
    }

    void operator()(const FollowerOrderSkipped& e) const {
        row_.text("master_order_id", to_text(e.master_order));
        link(e.master, e.follower);
        row_.text("action", to_text(e.action)).text("reason", to_text(e.reason));
        add_figures(row_, e.figures);
    }

    void operator()(const FollowerModifyIntended& e) const {
        order(e.order, e.follower);
        add_order_terms(row_, e.terms);
        add_figures(row_, e.figures);
    }

    void operator()(const FollowerCancelIntended& e) const {
        order(e.order, e.follower);
        row_.text("because", to_text(e.because));
    }

    void operator()(const UnsentOrderAmended& e) const {
        order(e.order, e.follower);
        add_order_terms(row_, e.terms);
        add_figures(row_, e.figures);
    }

    void operator()(const UnsentOrderWithdrawn& e) const {
        order(e.order, e.follower);
        row_.text("because", to_text(e.because));
    }

    void operator()(const IntentSuperseded& e) const {
        order(e.order, e.follower);
        row_.text("intent_id", to_text(e.intent)).text("because", to_text(e.because));
    }

    void operator()(const AttemptStarted& e) const {
        attempt(e.ref);
        row_.text("action", to_text(e.kind));
    }

    void operator()(const AttemptAccepted& e) const {
        attempt(e.ref);
        row_.text("broker_order_id", e.broker_order_id).boolean("recovered", e.recovered);
    }

    void operator()(const AttemptRejected& e) const {
        attempt(e.ref);
        row_.text("code", e.code).text("text", e.text).boolean("retryable", e.retryable);
    }

    void operator()(const AttemptUnknown& e) const {
        attempt(e.ref);
        row_.text("cause", e.cause);
    }

    void operator()(const AttemptNotPlaced& e) const {
        attempt(e.ref);
        row_.count("book_reads", e.book_reads).integer("window_ms", e.window_ms);
    }

    void operator()(const IntentExpired& e) const {
        order(e.order, e.follower);
        row_.text("intent_id", to_text(e.intent)).integer("age_ms", e.age_ms);
    }

    void operator()(const IntentParked& e) const {
        attempt(e.ref);
        row_.text("why", e.why);
    }

    void operator()(const IntentResolved& e) const {
        attempt(e.ref);
        row_.text("broker_order_id", e.broker_order_id).text("why", e.why);
    }

    void operator()(const FollowerOrderReported& e) const {
        order(e.order, e.follower);
        row_.text("broker_order_id", e.broker_order_id)
            .text("status", to_text(e.status))
            .integer("quantity", e.order_qty.value())
            .text("price", decimal(e.price))
            .text("trigger_price", decimal(e.trigger))
            .integer("filled_quantity", e.cum_qty.value())
            .text("average_price", decimal(e.avg_px))
            .integer("last_quantity", e.last_qty.value())
            .text("last_value", decimal(e.last_value))
            .text("text", e.text);
    }

    void operator()(const AnomalyRecorded& e) const {
        row_.text("anomaly", to_text(e.kind))
            .text("account_id", number(e.account))
            .text("order_id", e.order.is_zero() ? "" : to_text(e.order))
            .text("broker_order_id", e.broker_order_id)
            .text("text", e.text);
    }

    void operator()(const RiskLimitsSet& e) const {
        row_.text("account_id", number(e.account)).text("limits", limits_text(e.limits));
    }

    void operator()(const ConsentRecorded& e) const {
        row_.text("account_id", number(e.account))
            .boolean("accepted", e.accepted)
            .text("text_version", e.text_version)
            .text("address", e.address)
            .text("user_agent", e.user_agent);
    }

    void operator()(const FundsReported& e) const {
        row_.text("account_id", number(e.account))
            .text("equity", decimal(e.equity))
            .text("capital", decimal(e.capital));
    }

    void operator()(const TradingHalted& e) const {
        row_.text("account_id", number(e.account)).text("why", e.why);
    }

    void operator()(const TradingResumed& e) const {
        row_.text("account_id", number(e.account)).text("why", e.why);
    }

    void operator()(const ExitRequested& e) const {
        row_.text("master_order_id", to_text(e.master_order))
            .text("master_id", number(e.master))
            .text("scope", to_text(e.scope));
    }

    void operator()(const CalendarSet& e) const {
        row_.integer("utc_offset_minutes", e.calendar.utc_offset_minutes)
            .text("session_start", time_of_day(e.calendar.session_start_minute));
    }

    void operator()(const RequestAnswered& e) const {
        row_.text("account_id", e.account == AccountNumber{} ? "" : number(e.account));
    }

    void operator()(const CheckpointSigned& e) const { add_checkpoint(row_, e.note); }

    void operator()(const SubjectErased& e) const {
        row_.text("account_id", number(e.account)).text("why", e.why);
    }

    void operator()(const RecordsArchived& e) const {
        row_.text("through", std::to_string(e.through))
            .text("archive_records", std::to_string(e.archive_records))
            .text("archive_root", e.archive_root);
    }

  private:
    void profile(const AccountProfile& profile) const {
        row_.text("name", profile.name)
            .text("email", profile.email)
            .text("scaling_factor", to_text(profile.scaling_factor))
            .text("credentials", profile.sealed_credentials.empty() ? "" : "(sealed)")
            .text("credential_hint", profile.credential_hint)
            .boolean("enabled", profile.enabled);
    }

    void link(AccountNumber master, AccountNumber follower) const {
        row_.text("master_id", number(master)).text("follower_id", number(follower));
    }

    void order(const EventId& id, AccountNumber follower) const {
        row_.text("order_id", to_text(id))
            .text("cl_ord_id", cl_ord_id_of(id).view())
            .text("follower_id", number(follower));
    }

    void attempt(const AttemptRef& ref) const {
        order(ref.order, ref.follower);
        row_.text("intent_id", to_text(ref.intent)).count("attempt", ref.attempt);
    }

    Row& row_;
};

}  // namespace

Row brief_event_row(const Event& event) {
    Row details;
    std::visit(Describe{details}, event.payload);
    std::string said;
    for (const Cell& cell : details.cells()) {
        if (cell.text.empty() || cell.text == "0") continue;
        if (!said.empty()) said += ' ';
        said += std::string{cell.name} + "=" + cell.text;
    }
    Row row;
    row.integer("sequence", static_cast<std::int64_t>(event.sequence))
        .text("recorded_at", text::format_rfc3339(event.recorded_at_ns))
        .text("kind", kind_of(event.payload))
        .text("event_id", to_text(event.id))
        .text("details", said);
    return row;
}

Row event_row(const Event& event) {
    Row row;
    row.integer("sequence", static_cast<std::int64_t>(event.sequence))
        .text("recorded_at", text::format_rfc3339(event.recorded_at_ns))
        .text("kind", kind_of(event.payload))
        .text("event_id", to_text(event.id))
        .text("occurred_at", text::format_rfc3339(event.occurred_at_ns))
        .text("causation_id", event.causation.is_zero() ? "" : to_text(event.causation))
        .text("correlation_id", to_text(event.correlation))
        .text("actor", event.actor);
    if (std::holds_alternative<FollowerOrderIntended>(event.payload)) {
        row.text("cl_ord_id", cl_ord_id_of(event.id).view());
    }
    std::visit(Describe{row}, event.payload);
    return row;
}

}  // namespace projections
