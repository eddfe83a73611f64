#include "ledger/model/account.h"

#include "ledger/text/words.h"

namespace ledger {

namespace {

constexpr std::array<Word<CopyStrategy>, 4> strategy_words{{
    {"FIXED_RATIO", CopyStrategy::fixed_ratio},
    {"PERCENTAGE", CopyStrategy::percentage},
    {"FIXED_QUANTITY", CopyStrategy::fixed_quantity},
    {"EQUITY_PROPORTIONAL", CopyStrategy::equity_proportional},
}};

constexpr std::array<Word<CopySides>, 3> sides_words{{
    {"BUY_AND_SELL", CopySides::buy_and_sell},
    {"BUY_ONLY", CopySides::buy_only},
    {"MIRROR", CopySides::mirror},
}};

constexpr std::array<Word<PriceMode>, 3> price_mode_words{{
    {"SAME", PriceMode::same},
    {"MARKET", PriceMode::market},
    {"MARKETABLE_LIMIT", PriceMode::marketable_limit},
}};

constexpr std::array<Word<JoinPolicy>, 2> join_words{{
    {"new_only", JoinPolicy::new_only},
    {"open_positions", JoinPolicy::open_positions},
}};

constexpr std::array<Word<LeavePolicy>, 3> leave_words{{
    {"leave", LeavePolicy::leave},
    {"cancel_working", LeavePolicy::cancel_working},
    {"close_positions", LeavePolicy::close_positions},
}};

}  // namespace

std::string_view to_text(AccountRole role) {
    return role == AccountRole::master ? "MASTER" : "FOLLOWER";
}

std::string_view to_text(CopyStrategy strategy) {
    return word_of(strategy_words, strategy);
}

std::string_view to_text(CopySides sides) {
    return word_of(sides_words, sides);
}

std::string_view to_text(PriceMode mode) {
    return word_of(price_mode_words, mode);
}

std::string_view to_text(JoinPolicy policy) {
    return word_of(join_words, policy);
}

std::string_view to_text(LeavePolicy policy) {
    return word_of(leave_words, policy);
}

std::optional<CopyStrategy> parse_copy_strategy(std::string_view text) {
    return find_word(strategy_words, text);
}

std::optional<CopySides> parse_copy_sides(std::string_view text) {
    return find_word(sides_words, text);
}

std::optional<PriceMode> parse_price_mode(std::string_view text) {
    return find_word(price_mode_words, text);
}

std::optional<JoinPolicy> parse_join_policy(std::string_view text) {
    return find_word(join_words, text);
}

std::optional<LeavePolicy> parse_leave_policy(std::string_view text) {
    return find_word(leave_words, text);
}

}  // namespace ledger
