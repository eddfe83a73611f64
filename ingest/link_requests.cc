#include "ingest/link_requests.h"

#include "ingest/body_fields.h"
#include "ingest/risk_limits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::CopyStrategy;
using ledger::invalid_field;
using ledger::LinkTerms;
using ledger::Result;
using ledger::SetLink;
using ledger::text::JsonValue;

Result<void> read_strategy(const BodyFields& fields, SetLink& set) {
    BOOST_OUTCOME_TRY(set.strategy, fields.word("copy_strategy", ledger::parse_copy_strategy,
                                                "FIXED_RATIO, PERCENTAGE, FIXED_QUANTITY or "
                                                "EQUITY_PROPORTIONAL"));
    BOOST_OUTCOME_TRY(const std::string_view ratio,
                      fields.one_of({"scaling_factor", "ratio", "lot_multiplier"}));
    BOOST_OUTCOME_TRY(set.ratio, fields.ratio(ratio));
    BOOST_OUTCOME_TRY(set.percentage, fields.ratio("percentage"));
    BOOST_OUTCOME_TRY(set.fixed_quantity, fields.quantity("fixed_quantity"));
    return success();
}

// A strategy without its figure would copy nothing, or guess.
Result<void> check_figure(const SetLink& set, const LinkTerms& present) {
    const CopyStrategy strategy = set.strategy.value_or(present.strategy);
    const bool percentage = set.percentage || present.percentage.numerator > 0;
    const bool quantity = set.fixed_quantity || present.fixed_quantity.value() > 0;
    if (strategy == CopyStrategy::percentage && !percentage) {
        return invalid_field("percentage", "is required with the strategy PERCENTAGE");
    }
    if (strategy == CopyStrategy::fixed_quantity && !quantity) {
        return invalid_field("fixed_quantity", "is required with the strategy FIXED_QUANTITY");
    }
    return success();
}

Result<void> read_prices(const BodyFields& fields, SetLink& set) {
    BOOST_OUTCOME_TRY(set.price_mode, fields.word("price_mode", ledger::parse_price_mode,
                                                  "SAME, MARKET or MARKETABLE_LIMIT"));
    BOOST_OUTCOME_TRY(const std::string_view protection,
                      fields.one_of({"protection_bps", "protection_percent"}));
    BOOST_OUTCOME_TRY(set.protection_bps, protection == "protection_bps"
                                              ? fields.count(protection)
                                              : fields.percent_as_bps(protection));
    if (set.protection_bps.value_or(0) >= bps_max) {
        return invalid_field(std::string{protection}, "must be below 100 percent");
    }
    return success();
}

// {"MIS":"CNC"} as rules; null empties the map.
template <class Rule, class Parse>
Result<std::optional<std::vector<Rule>>> read_map(const BodyFields& fields, std::string_view name,
                                                  Parse parse) {
    using Map = std::optional<std::vector<Rule>>;
    if (fields.is_null(name)) return Map{std::vector<Rule>{}};
    BOOST_OUTCOME_TRY(const auto given, fields.object(name));
    if (!given) return Map{};
    std::vector<Rule> rules;
    for (const auto& [from, to] : (*given)->members()) {
        const auto before = parse(from);
        const auto after = to.is(JsonValue::Kind::string) ? parse(to.text()) : std::nullopt;
        if (!before || !after) {
            return invalid_field(std::string{name}, "must map words that are known");
        }
        const bool repeated = std::ranges::find(rules, *before, &Rule::from) != rules.end();
        if (repeated) return invalid_field(std::string{name}, "must map each word once");
        rules.push_back(Rule{.from = *before, .to = *after});
    }
    return Map{std::move(rules)};
}

Result<void> read_policies(const BodyFields& fields, SetLink& set) {
    BOOST_OUTCOME_TRY(set.sides, fields.word("sides", ledger::parse_copy_sides,
                                             "BUY_ONLY, BUY_AND_SELL or MIRROR"));
    BOOST_OUTCOME_TRY(set.on_join, fields.word("on_join", ledger::parse_join_policy,
                                               "new_only or open_positions"));
    BOOST_OUTCOME_TRY(set.on_leave, fields.word("on_leave", ledger::parse_leave_policy,
                                                "leave, cancel_working or close_positions"));
    BOOST_OUTCOME_TRY(set.active, fields.boolean("active"));
    BOOST_OUTCOME_TRY(set.round_up_to_min_lot, fields.boolean("round_up_to_min_lot"));
    return success();
}

}  // namespace

Result<SetLink> read_link_change(const JsonValue& body, const LinkTerms& present) {
    BOOST_OUTCOME_TRY(refuse_unknown_limits(body));
    const BodyFields fields{body};
    SetLink set;
    BOOST_OUTCOME_TRY(read_strategy(fields, set));
    BOOST_OUTCOME_TRY(check_figure(set, present));
    BOOST_OUTCOME_TRY(read_policies(fields, set));
    BOOST_OUTCOME_TRY(read_prices(fields, set));
    BOOST_OUTCOME_TRY(set.product_map,
                      read_map<ledger::ProductRule>(fields, "product_map", ledger::parse_product));
    BOOST_OUTCOME_TRY(set.order_type_map, read_map<ledger::OrderTypeRule>(
                                              fields, "order_type_map", ledger::parse_order_type));
    if (names_limits(body)) {
        ledger::RiskLimits limits = present.limits;
        BOOST_OUTCOME_TRY(change_limits(fields, limits));
        set.limits = std::move(limits);
    }
    return set;
}

}  // namespace ingest
