// Last prices, latest only. They are no part of the state: what a decision used stands in its
// event.
#pragma once

#include "ledger/base/table.h"
#include "ledger/model/command.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger::replication {

struct MarkKey {
    Segment segment = Segment::nse_cash;
    std::string name;  // symbol or token, in capitals

    friend bool operator==(const MarkKey&, const MarkKey&) = default;
};

struct MarkKeyHash {
    std::size_t operator()(const MarkKey& key) const;
};

struct LastPrice {
    Price price;  // positive
    std::int64_t at_ns = 0;
};

class Marks {
  public:
    static constexpr std::size_t instruments_max = 200'000;

    // The later of two marks stays. False where there is no room for another instrument.
    [[nodiscard]] bool set(const Mark& mark, std::int64_t now_ns);

    // By token or by symbol, whichever is the later; nullptr where neither is known.
    [[nodiscard]] const LastPrice* find(const Instrument& instrument) const;

  private:
    [[nodiscard]] const LastPrice* find(Segment segment, std::string_view name) const;

    Table<MarkKey, LastPrice, MarkKeyHash> prices_;
};

}  // namespace ledger::replication
