#include "ledger/log/record_codec.h"

#include "tests/ledger/any_event.h"
#include "tests/ledger/golden_events.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>
#include <flatbuffers/flatbuffers.h>
#include <rapidcheck/catch.h>

namespace ledger::log::record_codec_test {
namespace {

std::string encoded(const Event& event) {
    RecordEncoder encoder;
    return std::string{encoder.encode(event)};
}

EventId id_of_byte(std::uint8_t value) {
    EventId id;
    id.bytes.fill(value);
    return id;
}

Event event_with(Payload payload) {
    Event event;
    event.sequence = 7;
    event.id = id_of_byte(0x11);
    event.causation = id_of_byte(0x22);
    event.correlation = id_of_byte(0x33);
    event.payload = std::move(payload);
    return event;
}

// Records as this version would not write them, by the numbers of the schema's fields.
class ForeignRecord {
  public:
    std::uint64_t sequence = 7;
    std::uint64_t id_lo = 1;
    std::uint8_t payload_type = 16;  // AttemptStarted
    std::uint8_t attempt_kind = 1;
    std::uint16_t schema_version = 1;
    bool with_payload = true;

    [[nodiscard]] std::string bytes() const {
        flatbuffers::FlatBufferBuilder builder;
        const auto payload_start = builder.StartTable();
        builder.AddElement<std::uint8_t>(field(4), attempt_kind);
        const flatbuffers::Offset<void> payload{builder.EndTable(payload_start)};
        const auto start = builder.StartTable();
        builder.AddElement(field(0), sequence);
        builder.AddElement(field(2), id_lo);
        builder.AddElement(field(4), payload_type);
        if (with_payload) builder.AddOffset(field(5), payload);
        builder.AddElement(field(15), schema_version);
        builder.Finish(flatbuffers::Offset<void>{builder.EndTable(start)});
        return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
    }

  private:
    static flatbuffers::voffset_t field(unsigned id) {
        return flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(id));
    }
};

Error refusal_of(std::string_view record) {
    const auto decoded = decode_record(record);
    REQUIRE(!decoded.has_value());
    return decoded.error();
}

TEST_CASE("events of every kind come back exactly", "[ledger]") {
    rc::prop("decode is the inverse of encode", [] {
        RecordEncoder encoder;
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            const Event event = *any_event(kind);
            const auto decoded = decode_record(encoder.encode(event));
            RC_ASSERT(decoded.has_value());
            RC_ASSERT(decoded.value() == event);
        }
    });
}

TEST_CASE("an encoder's earlier events leave no trace in later ones", "[ledger]") {
    const auto events = golden_events();
    RecordEncoder reused;
    for (const Event& event : events) CHECK(reused.encode(event) == encoded(event));
    CHECK(reused.encode(events.front()) == encoded(events.front()));
}

TEST_CASE("what follows from other fields takes no room", "[ledger]") {
    const Event full = event_with(AttemptStarted{.ref = {.order = id_of_byte(0x44),
                                                         .intent = id_of_byte(0x55),
                                                         .follower = AccountNumber{12},
                                                         .attempt = 1}});
    const std::size_t size = encoded(full).size();

    SECTION("a correlation that is the causation") {
        Event event = full;
        event.correlation = event.causation;
        CHECK(encoded(event).size() <= size - 16);
    }
    SECTION("a correlation that is the event itself, which nothing caused") {
        Event event = full;
        event.causation = EventId{};
        event.correlation = event.id;
        CHECK(encoded(event).size() <= size - 32);
    }
    SECTION("an intent that is its order") {
        Event event = full;
        auto& ref = std::get<AttemptStarted>(event.payload).ref;
        ref.intent = ref.order;
        CHECK(encoded(event).size() <= size - 16);
    }
    SECTION("an occurrence at the instant of recording") {
        Event event = full;
        event.occurred_at_ns = event.recorded_at_ns + 1;
        CHECK(encoded(event).size() >= size + 8);
    }
}

// The log keeps every event for ever: what most of it consists of must not grow unnoticed.
TEST_CASE("usual records are small", "[ledger]") {
    const EventId order = id_of_byte(0x44);
    AttemptStarted started{.ref = {order, order, AccountNumber{12}, 1}, .kind = IntentKind::new_};
    CHECK(encoded(event_with(started)).size() <= 144);

    Event intended = golden_events_v1()[Payload{FollowerOrderIntended{}}.index()];
    intended.occurred_at_ns = intended.recorded_at_ns;
    intended.correlation = intended.causation;
    intended.actor.clear();
    intended.idempotency_key = EventId{};
    intended.request_digest = 0;
    CHECK(encoded(intended).size() <= 240);

    auto& reduction = std::get<FollowerOrderIntended>(intended.payload).figures;
    reduction.reducing = Quantity{1500};
    reduction.master_position = Quantity{1000};
    reduction.position = Quantity{1500};
    CHECK(encoded(intended).size() <= 288);
}

TEST_CASE("a limit of zero is told from none", "[ledger]") {
    RiskLimits zero;
    zero.max_quantity = Quantity{0};
    zero.max_order_value = Money{0};
    zero.max_position_value = Money{0};
    zero.max_open_orders = 0;
    zero.max_capital = Money{0};
    zero.max_daily_loss = Money{0};
    zero.max_orders_per_second = 0;
    zero.price_band_bps = 0;
    zero.max_event_age_ms = 0;
    zero.trading_hours = TradingHours{};
    for (const RiskLimits& limits : {zero, RiskLimits{}}) {
        const Event set = event_with(RiskLimitsSet{AccountNumber{12}, limits});
        CHECK(decode_record(encoded(set)).value() == set);
        LinkSet link;
        link.terms.limits = limits;
        CHECK(decode_record(encoded(event_with(link))).value() == event_with(link));
    }
}

TEST_CASE("a limit's figures that are all at their defaults are told from none", "[ledger]") {
    FollowerOrderSkipped skipped;
    skipped.figures.limit = LimitFigures{.rule = SkipReason::max_quantity};
    CHECK(decode_record(encoded(event_with(skipped))).value() == event_with(skipped));
}

TEST_CASE("a zero that the rules would not derive is told from an absent value", "[ledger]") {
    AttemptStarted started;
    started.ref.order = id_of_byte(0x44);
    Event event = event_with(started);
    event.correlation = EventId{};
    CHECK(decode_record(encoded(event)).value() == event);
}

TEST_CASE("a record made by hand from the schema's numbers is read", "[ledger]") {
    const auto decoded = decode_record(ForeignRecord{}.bytes());
    REQUIRE(decoded.has_value());
    CHECK(decoded.value().sequence == 7);
    CHECK(std::holds_alternative<AttemptStarted>(decoded.value().payload));
}

TEST_CASE("what a newer version wrote is refused as such", "[ledger]") {
    ForeignRecord record;
    SECTION("a newer schema") {
        record.schema_version = 4;
        CHECK(refusal_of(record.bytes()).field == "schema_version");
    }
    SECTION("a kind that is not known") {
        record.payload_type = kind_count + 1;
        CHECK(refusal_of(record.bytes()).field == "payload");
    }
    const Error error = refusal_of(record.bytes());
    CHECK(error.code == Errc::corrupt);
    CHECK(error.detail.find("written by a newer version") != std::string::npos);
}

TEST_CASE("values that the model does not know are refused by name", "[ledger]") {
    ForeignRecord record;
    std::string field;
    SECTION("an enumerator above the last") {
        record.attempt_kind = 4;
        field = "kind";
    }
    SECTION("an enumerator below the first") {
        record.attempt_kind = 0;
        field = "kind";
    }
    SECTION("no sequence") {
        record.sequence = 0;
        field = "sequence";
    }
    SECTION("no id") {
        record.id_lo = 0;
        field = "id";
    }
    SECTION("no payload") {
        record.with_payload = false;
        field = "payload";
    }
    SECTION("a payload of no kind") {
        record.payload_type = 0;
        field = "payload";
    }
    const Error error = refusal_of(record.bytes());
    CHECK(error.code == Errc::corrupt);
    CHECK(error.field == field);
    CHECK(error.detail.find("newer") == std::string::npos);
}

TEST_CASE("bytes that are no record are refused", "[ledger]") {
    CHECK(refusal_of("").code == Errc::corrupt);
    CHECK(refusal_of(std::string(64, '\0')).code == Errc::corrupt);
    CHECK(refusal_of(std::string(64, '\xff')).code == Errc::corrupt);
    const std::string too_large =
        encoded(golden_events().front()) + std::string(record_bytes_max, '\0');
    CHECK(refusal_of(too_large).code == Errc::corrupt);
}

TEST_CASE("a record is read wherever in memory it begins", "[ledger]") {
    const Event event = event_with(AccountClosed{AccountNumber{5}});
    const std::string record = encoded(event);
    for (std::size_t offset = 0; offset < 8; ++offset) {
        const std::string moved = std::string(offset, '?') + record;
        CHECK(decode_record(std::string_view{moved}.substr(offset)).value() == event);
    }
}

}  // namespace
}  // namespace ledger::log::record_codec_test
