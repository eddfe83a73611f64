#include "ledger/model/account.h"

namespace ledger {

std::string_view to_text(AccountRole role) {
    return role == AccountRole::master ? "MASTER" : "FOLLOWER";
}

std::string_view to_text(CopyStrategy strategy) {
    switch (strategy) {
        case CopyStrategy::fixed_ratio:
            return "FIXED_RATIO";
    }
    return "?";
}

std::optional<CopyStrategy> parse_copy_strategy(std::string_view text) {
    if (text == "FIXED_RATIO") return CopyStrategy::fixed_ratio;
    return std::nullopt;
}

}  // namespace ledger
