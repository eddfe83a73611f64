// What the golden events of every version are made of.
#pragma once

#include "ledger/model/event.h"

#include <cstdint>
#include <utility>

namespace ledger::log::golden {

inline EventId id_from(std::uint8_t first) {
    EventId id;
    for (auto& byte : id.bytes) byte = first++;
    return id;
}

inline const OrderTerms terms{.side = Side::sell,
                              .type = OrderType::stop_limit,
                              .product = Product::carry,
                              .time_in_force = TimeInForce::ioc,
                              .quantity = Quantity{1500},
                              .price = Price{245'500'000},
                              .trigger = Price{245'000'025}};

inline const Instrument instrument{
    .segment = Segment::nse_derivatives, .token = "49543", .symbol = "NIFTY24DECFUT"};

// An envelope with no field at its default.
inline Event full_event(Payload payload) {
    return {.sequence = 0x0102'0304'0506'0708,
            .id = id_from(0xa0),
            .recorded_at_ns = 1'700'000'001'123'456'789,
            .occurred_at_ns = 1'700'000'000'987'654'321,
            .causation = id_from(0xb0),
            .correlation = id_from(0xc0),
            .actor = "http:ops",
            .idempotency_key = id_from(0xd0),
            .request_digest = 0xfedc'ba98'7654'3210,
            .payload = std::move(payload)};
}

// An envelope with nothing but what every event must have.
inline Event sparse_event(Payload payload) {
    Event event;
    event.sequence = 1;
    event.id = id_from(1);
    event.correlation = event.id;
    event.payload = std::move(payload);
    return event;
}

}  // namespace ledger::log::golden
