// The terms in which a follower copies an order: the link's maps and price mode.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/marks.h"

#include <cstdint>

namespace ledger::replication {

struct CopyTerms {
    OrderTerms terms;  // with the master's quantity
    Price reference;   // what a unit is worth: the order's own price, else the mark; 0: unknown
    LastPrice mark;    // where it was used; price 0: it was not
    std::uint32_t protection_bps = 0;  // of a market order turned into a limit
    bool lacks_mark = false;  // a limit was wanted and there is no mark: the terms stay unlimited
};

// What the order is about, besides its terms.
struct Quote {
    const Instrument& instrument;
    const InstrumentRules& rules;
    const LastPrice* mark = nullptr;
};

// MIRROR leaves the terms as they are. Otherwise products and order types are mapped, then the
// price mode holds: MARKET takes limits away (a stop keeps its trigger), MARKETABLE_LIMIT gives
// market orders a limit, `protection_bps` away from the mark (a stop's: from its trigger) and
// rounded to the tick on the near side.
[[nodiscard]] CopyTerms copy_terms(const LinkTerms& link, const OrderTerms& master,
                                   const Quote& quote);

// The exchange's protection for a price (NSE's slabs of 2025, as brokers publish them), where the
// link names none: 1/10,000 of it.
[[nodiscard]] std::uint32_t protection_slab_bps(const Instrument& instrument, Price price);

}  // namespace ledger::replication
