#include "ledger/model/risk.h"

#include "ledger/text/words.h"

namespace ledger {

namespace {

constexpr std::array<Word<RiskScope>, 4> scope_words{{
    {"LINK", RiskScope::link},
    {"FOLLOWER", RiskScope::follower},
    {"MASTER", RiskScope::master},
    {"GLOBAL", RiskScope::global},
}};

constexpr std::array<Word<OnLimit>, 3> on_limit_words{{
    {"DEFAULT", OnLimit::standard},
    {"CAP", OnLimit::cap},
    {"SKIP", OnLimit::skip},
}};

constexpr std::uint16_t minutes_per_day = 24 * 60;
constexpr std::uint32_t bps_max = 10'000;

template <class Strong>
Result<void> positive(const std::optional<Strong>& bound, const char* field) {
    if (bound && bound->value() <= 0) return invalid_field(field, "must be positive");
    return boost::outcome_v2::success();
}

}  // namespace

std::string_view to_text(RiskScope scope) {
    return word_of(scope_words, scope);
}

std::string_view to_text(OnLimit on_limit) {
    return word_of(on_limit_words, on_limit);
}

std::optional<OnLimit> parse_on_limit(std::string_view text) {
    return find_word(on_limit_words, text);
}

Result<void> validate(const RiskLimits& limits) {
    BOOST_OUTCOME_TRY(positive(limits.max_quantity, "max_quantity"));
    BOOST_OUTCOME_TRY(positive(limits.max_order_value, "max_order_value"));
    BOOST_OUTCOME_TRY(positive(limits.max_position_value, "max_position_value"));
    BOOST_OUTCOME_TRY(positive(limits.max_capital, "max_capital"));
    if (limits.max_daily_loss && limits.max_daily_loss->value() < 0) {
        return invalid_field("max_daily_loss", "must not be negative");
    }
    if (limits.max_orders_per_second == std::uint32_t{0}) {
        return invalid_field("max_orders_per_second", "must be positive");
    }
    if (limits.price_band_bps &&
        (*limits.price_band_bps == 0 || *limits.price_band_bps > bps_max)) {
        return invalid_field("price_band", "must be above 0 and at most 100 percent");
    }
    if (limits.max_event_age_ms && *limits.max_event_age_ms <= 0) {
        return invalid_field("max_event_age_ms", "must be positive");
    }
    if (limits.trading_hours &&
        (limits.trading_hours->from_minute >= limits.trading_hours->to_minute ||
         limits.trading_hours->to_minute > minutes_per_day)) {
        return invalid_field("trading_hours", "must begin before they end, within one day");
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger
