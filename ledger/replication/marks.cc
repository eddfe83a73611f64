#include "ledger/replication/marks.h"

#include "ledger/base/hash.h"
#include "ledger/text/words.h"

namespace ledger::replication {

std::size_t MarkKeyHash::operator()(const MarkKey& key) const {
    return hash_text(key.name, static_cast<std::uint64_t>(key.segment));
}

bool Marks::set(const Mark& mark, std::int64_t now_ns) {
    const LastPrice last{.price = mark.price, .at_ns = mark.at_ns == 0 ? now_ns : mark.at_ns};
    const MarkKey key{mark.segment, upper_case(mark.symbol)};
    if (LastPrice* known = prices_.find(key)) {
        if (known->at_ns <= last.at_ns) *known = last;
        return true;
    }
    if (prices_.size() >= instruments_max) return false;
    prices_.add(key, last);
    return true;
}

const LastPrice* Marks::find(const Instrument& instrument) const {
    const LastPrice* by_token = find(instrument.segment, instrument.token);
    const LastPrice* by_symbol = find(instrument.segment, instrument.symbol);
    if (by_token == nullptr) return by_symbol;
    if (by_symbol == nullptr) return by_token;
    return by_token->at_ns < by_symbol->at_ns ? by_symbol : by_token;
}

const LastPrice* Marks::find(Segment segment, std::string_view name) const {
    return prices_.find(MarkKey{segment, upper_case(name)});
}

}  // namespace ledger::replication
