#include "tests/ingest/memory_rows.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"

#include <optional>
#include <variant>

namespace ingest::test {

namespace {

using ledger::text::JsonWriter;

std::string decimal(std::int64_t scaled) {
    return ledger::text::format_scaled(scaled, ledger::price_scale);
}

void write_terms(JsonWriter& json, const ledger::OrderTerms& terms) {
    json.member_integer("quantity", terms.quantity.value());
    json.member("price", decimal(terms.price.value()));
    json.member("trigger_price", decimal(terms.trigger.value()));
}

void write_limit(JsonWriter& json, const ledger::SizingFigures& figures) {
    json.member("limit_rule", figures.limit ? ledger::to_text(figures.limit->rule) : "");
}

void write_order(JsonWriter& json, const ledger::EventId& order, ledger::AccountNumber follower) {
    json.member("order_id", ledger::to_text(order));
    json.member_integer("follower_id", follower.value());
}

// Adds the cells of those kinds that the API reads.
class Details {
  public:
    explicit Details(JsonWriter& json) : json_(json) {}

    void operator()(const ledger::MasterOrderReported& e) const {
        json_.member("type", ledger::to_text(e.type));
        json_.member("broker_order_id", e.broker_order_id);
        write_terms(json_, e.terms);
    }

    void operator()(const ledger::FollowerOrderIntended& e) const {
        json_.member_integer("follower_id", e.follower.value());
        write_terms(json_, e.terms);
        write_limit(json_, e.figures);
    }

    void operator()(const ledger::FollowerOrderSkipped& e) const {
        json_.member_integer("follower_id", e.follower.value());
        json_.member("action", ledger::to_text(e.action));
        json_.member("reason", ledger::to_text(e.reason));
    }

    void operator()(const ledger::FollowerModifyIntended& e) const { write_change(e); }

    void operator()(const ledger::UnsentOrderAmended& e) const { write_change(e); }

    void operator()(const ledger::FollowerCancelIntended& e) const {
        write_order(json_, e.order, e.follower);
    }

    void operator()(const ledger::UnsentOrderWithdrawn& e) const {
        write_order(json_, e.order, e.follower);
    }

    void operator()(const ledger::AttemptRejected& e) const {
        write_order(json_, e.ref.order, e.ref.follower);
        json_.member("code", e.code);
        json_.member("text", e.text);
    }

    template <class Other>
    void operator()(const Other&) const {}

  private:
    template <class Change>
    void write_change(const Change& e) const {
        write_order(json_, e.order, e.follower);
        write_terms(json_, e.terms);
        write_limit(json_, e.figures);
    }

    JsonWriter& json_;
};

// The follower order that an event is about.
std::optional<ledger::EventId> order_of(const ledger::Event& event) {
    const auto& payload = event.payload;
    if (std::holds_alternative<ledger::FollowerOrderIntended>(payload)) return event.id;
    if (const auto* e = std::get_if<ledger::AttemptAccepted>(&payload)) return e->ref.order;
    if (const auto* e = std::get_if<ledger::AttemptRejected>(&payload)) return e->ref.order;
    if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&payload)) return e->order;
    return std::nullopt;
}

}  // namespace

std::string account_json(const ledger::replication::Account& account,
                         const ledger::vault::SubjectKeys& subjects) {
    std::string out;
    JsonWriter json{out};
    json.begin_object();
    json.member_integer("id", account.number.value());
    json.member("role", ledger::to_text(account.identity.role));
    json.member("broker", account.identity.broker);
    json.member("broker_account", account.identity.broker_account);
    json.member("username", account.identity.username);
    json.member("name", subjects.read(account.profile.name));
    json.member("email", subjects.read(account.profile.email));
    json.member_boolean("enabled", account.profile.enabled);
    json.member_boolean("closed", account.closed);
    json.member("scaling_factor", ledger::to_text(account.profile.scaling_factor));
    json.member("credential_hint", subjects.read(account.profile.credential_hint));
    json.member("equity", decimal(account.funds.equity.value()));
    json.member("capital", decimal(account.funds.capital.value()));
    json.member("funds_at", account.funds.at_ns == 0
                                ? std::string{}
                                : ledger::text::format_rfc3339(account.funds.at_ns));
    json.end_object();
    return out;
}

std::string link_json(const ledger::replication::Link& link) {
    const ledger::LinkTerms& terms = link.terms;
    std::string out;
    JsonWriter json{out};
    json.begin_object();
    json.member_integer("master_id", link.master.value());
    json.member_integer("follower_id", link.follower.value());
    json.member("copy_strategy", ledger::to_text(terms.strategy));
    json.member("scaling_factor", ledger::to_text(terms.ratio));
    json.member("percentage", ledger::to_text(terms.percentage));
    json.member_integer("fixed_quantity", terms.fixed_quantity.value());
    json.member_boolean("active", terms.active);
    json.member_boolean("round_up_to_min_lot", terms.round_up_to_min_lot);
    json.member("sides", ledger::to_text(terms.sides));
    json.member("price_mode", ledger::to_text(terms.price_mode));
    json.member_number("protection_bps", terms.protection_bps);
    json.member_number("product_rules", static_cast<std::int64_t>(terms.product_map.size()));
    json.member_number("order_type_rules", static_cast<std::int64_t>(terms.order_type_map.size()));
    json.member("on_join", ledger::to_text(terms.on_join));
    json.member("on_leave", ledger::to_text(terms.on_leave));
    json.key("max_capital");
    const auto& capital = terms.limits.max_capital;
    capital ? json.string(decimal(capital->value())) : json.null();
    json.key("max_quantity");
    const auto& quantity = terms.limits.max_quantity;
    quantity ? json.number(quantity->value()) : json.null();
    json.end_object();
    return out;
}

std::string event_json(const ledger::Event& event) {
    std::string out;
    JsonWriter json{out};
    json.begin_object();
    json.member("sequence", std::to_string(event.sequence));
    json.member("kind", ledger::kind_of(event.payload));
    json.member("event_id", ledger::to_text(event.id));
    json.member("causation_id", event.causation.is_zero() ? "" : ledger::to_text(event.causation));
    json.member("actor", event.actor);
    std::visit(Details{json}, event.payload);
    json.end_object();
    return out;
}

bool is_of_order(const ledger::replication::State& state, const ledger::Event& event,
                 const std::string& order) {
    if (const auto* report = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
        return ledger::to_text(ledger::replication::master_order_id_of(state, *report)) == order;
    }
    const auto id = order_of(event);
    return id && ledger::cl_ord_id_of(*id).view() == order;
}

}  // namespace ingest::test
