// A master's orders and their followers, made up, but of the sizes and kinds of real ones.
#pragma once

#include "ledger/model/command.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

// The only master; followers are numbered from 2 on, in the order of their opening.
inline constexpr ledger::AccountNumber master_number{1};

// The master and the followers are at this broker.
inline constexpr std::string_view broker_name = "broker";

[[nodiscard]] ledger::AccountNumber follower_number(std::size_t follower);
[[nodiscard]] std::string follower_code(std::size_t follower);

[[nodiscard]] ledger::Command open_master();
[[nodiscard]] ledger::Command open_follower(std::size_t follower);
[[nodiscard]] ledger::Command link_follower(std::size_t follower, ledger::Ratio ratio);
// Of which whole lots of 25 are traded.
[[nodiscard]] ledger::Command define_lots();

struct MasterSays {
    std::uint64_t order = 0;
    ledger::Side side = ledger::Side::buy;
    ledger::MasterEventType type = ledger::MasterEventType::new_;
    std::uint64_t version = 1;
    std::int64_t quantity = 100;
    std::int64_t filled = 0;
    std::int64_t price = 14'050'500;  // ten-thousandths
    bool in_lots = false;
};

[[nodiscard]] ledger::Command report_of(const MasterSays& says);

}  // namespace bench
