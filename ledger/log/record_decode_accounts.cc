#include "ledger/log/record_read.h"
#include "ledger/log/record_read_fields.h"

#include <vector>

namespace ledger::log {
namespace {

template <class Rule, class Stored>
std::vector<Rule> map_of(const flatbuffers::Vector<flatbuffers::Offset<Stored>>* in) {
    using Kind = decltype(Rule::from);
    std::vector<Rule> out;
    if (in == nullptr) return out;
    for (const Stored* rule : *in) {
        out.push_back(
            {.from = static_cast<Kind>(rule->from()), .to = static_cast<Kind>(rule->to())});
    }
    return out;
}

LinkTerms terms_of_link(const stored::LinkSet& in) {
    return {
        .strategy = static_cast<CopyStrategy>(in.strategy()),
        .ratio = ratio_of(in),
        .percentage = {in.percentage_numerator(), in.percentage_denominator()},
        .fixed_quantity = Quantity{in.fixed_quantity()},
        .active = in.active(),
        .round_up_to_min_lot = in.round_up_to_min_lot(),
        .sides = static_cast<CopySides>(in.sides()),
        .price_mode = static_cast<PriceMode>(in.price_mode()),
        .protection_bps = in.protection_bps(),
        .product_map = map_of<ProductRule>(in.product_map()),
        .order_type_map = map_of<OrderTypeRule>(in.order_type_map()),
        .on_join = static_cast<JoinPolicy>(in.on_join()),
        .on_leave = static_cast<LeavePolicy>(in.on_leave()),
        .limits = limits_of(in.limits()),
    };
}

}  // namespace

void read(const stored::AccountOpened& in, AccountOpened& out) {
    out.account = AccountNumber{in.account()};
    out.identity.role = static_cast<AccountRole>(in.role());
    out.identity.broker = text_of(in.broker());
    out.identity.broker_account = text_of(in.broker_account());
    out.identity.username = text_of(in.username());
    read_profile(in, out.profile);
}

void read(const stored::AccountChanged& in, AccountChanged& out) {
    out.account = AccountNumber{in.account()};
    read_profile(in, out.profile);
}

void read(const stored::AccountClosed& in, AccountClosed& out) {
    out.account = AccountNumber{in.account()};
}

void read(const stored::LinkSet& in, LinkSet& out) {
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.terms = terms_of_link(in);
}

void read(const stored::LinkRemoved& in, LinkRemoved& out) {
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
}

void read(const stored::InstrumentDefined& in, InstrumentDefined& out) {
    read_instrument(in, out.instrument);
    out.rules.lot_size = Quantity{in.lot_size()};
    out.rules.tick_size = Price{in.tick_size()};
    out.rules.freeze_quantity = Quantity{in.freeze_quantity()};
    out.rules.valid_on = in.valid_on();
}

}  // namespace ledger::log
