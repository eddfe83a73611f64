#include "ledger/log/record_codec.h"

#include "ledger/base/assert.h"
#include "ledger/log/id_words.h"
#include "ledger/log/record_payload.h"
#include "schemas/events_generated.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include <flatbuffers/flatbuffers.h>

namespace ledger::log {
namespace {

// The newest that this program knows, raised with every change of the schema: an older program
// refuses what it would only half understand.
constexpr std::uint16_t schema_version = 3;

// A typical record takes 150 to 300 bytes.
constexpr std::size_t builder_bytes_at_start = 1024;

// Where this follows, the record leaves the correlation out.
EventId usual_correlation(const EventId& id, const EventId& causation) {
    return causation.is_zero() ? id : causation;
}

// Modulo 2^64, so that every pair of times comes back exactly.
std::int64_t difference(std::int64_t later, std::int64_t earlier) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(later) -
                                     static_cast<std::uint64_t>(earlier));
}

std::int64_t sum(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

void add_ids(stored::RecordBuilder& record, const Event& event) {
    const IdWords id = words_of(event.id);
    record.add_id_lo(id.lo);
    record.add_id_hi(id.hi);
    const IdWords causation = words_of(event.causation);
    record.add_causation_lo(causation.lo);
    record.add_causation_hi(causation.hi);
    if (event.correlation != usual_correlation(event.id, event.causation)) {
        const IdWords correlation = words_of(event.correlation);
        record.add_correlation_lo(correlation.lo);
        record.add_correlation_hi(correlation.hi);
    }
    const IdWords key = words_of(event.idempotency_key);
    record.add_idempotency_key_lo(key.lo);
    record.add_idempotency_key_hi(key.hi);
}

void read_envelope(const stored::Record& record, Event& event) {
    event.sequence = record.sequence();
    event.id = id_of(record.id_hi(), record.id_lo());
    event.recorded_at_ns = record.recorded_at_ns();
    event.occurred_at_ns = sum(record.recorded_at_ns(), record.occurred_after_ns());
    event.causation = id_of(record.causation_hi(), record.causation_lo());
    const auto correlation_hi = record.correlation_hi();
    event.correlation = correlation_hi ? id_of(*correlation_hi, record.correlation_lo())
                                       : usual_correlation(event.id, event.causation);
    event.actor.clear();
    if (const auto* actor = record.actor()) event.actor.assign(actor->c_str(), actor->size());
    event.idempotency_key = id_of(record.idempotency_key_hi(), record.idempotency_key_lo());
    event.request_digest = record.request_digest();
}

const std::uint8_t* bytes_of(std::string_view record) {
    return reinterpret_cast<const std::uint8_t*>(record.data());
}

bool is_sound(std::string_view record) {
    if (record.size() > record_bytes_max) return false;
    flatbuffers::Verifier verifier{bytes_of(record), record.size()};
    return stored::VerifyRecordBuffer(verifier);
}

Error newer(std::string what, std::string field) {
    return Error{Errc::corrupt,
                 "the log was written by a newer version of this program: " + std::move(what) +
                     " is not known here",
                 std::move(field)};
}

bool is_aligned(std::string_view record) {
    return reinterpret_cast<std::uintptr_t>(record.data()) % alignof(std::uint64_t) == 0;
}

// Requires an aligned record: FlatBuffers reads whole words where they stand.
Result<void> decode_in_place(std::string_view bytes, Event& event) {
    if (!is_sound(bytes)) return Error{Errc::corrupt, "the bytes are not a whole record", {}};
    const stored::Record& record = *stored::GetRecord(bytes_of(bytes));
    if (record.schema_version() > schema_version) {
        return newer("schema version " + std::to_string(record.schema_version()), "schema_version");
    }
    if (record.payload() == nullptr || record.payload_type() == stored::Payload::NONE) {
        return Error{Errc::corrupt, "the record has no payload", "payload"};
    }
    const auto type = static_cast<std::uint8_t>(record.payload_type());
    if (!read_payload(type, record.payload(), event.payload)) {
        return newer("event kind " + std::to_string(type), "payload");
    }
    read_envelope(record, event);
    if (const std::string field{field_out_of_range(event)}; !field.empty()) {
        return Error{Errc::corrupt, "the record's " + field + " is out of range", field};
    }
    return boost::outcome_v2::success();
}

}  // namespace

struct RecordEncoder::Buffers {
    flatbuffers::FlatBufferBuilder builder{builder_bytes_at_start};
};

RecordEncoder::RecordEncoder() : buffers_(std::make_unique<Buffers>()) {}

RecordEncoder::~RecordEncoder() = default;

std::string_view RecordEncoder::encode(const Event& event) {
    // What decode_record would refuse must never be stored.
    LEDGER_ASSERT(field_out_of_range(event).empty());
    auto& builder = buffers_->builder;
    builder.Clear();
    flatbuffers::Offset<flatbuffers::String> actor;
    if (!event.actor.empty()) actor = builder.CreateString(event.actor);
    const WrittenPayload payload = write_payload(builder, event.payload);

    stored::RecordBuilder record{builder};
    record.add_sequence(event.sequence);
    add_ids(record, event);
    record.add_recorded_at_ns(event.recorded_at_ns);
    record.add_occurred_after_ns(difference(event.occurred_at_ns, event.recorded_at_ns));
    record.add_request_digest(event.request_digest);
    record.add_actor(actor);
    record.add_payload(flatbuffers::Offset<void>{payload.offset});
    record.add_schema_version(schema_version_of(event.payload));
    record.add_payload_type(static_cast<stored::Payload>(payload.type));
    builder.Finish(record.Finish());

    const auto* bytes = reinterpret_cast<const char*>(builder.GetBufferPointer());
    const std::string_view view{bytes, builder.GetSize()};
    LEDGER_ASSERT(is_sound(view));
    return view;
}

Result<void> decode_record(std::string_view bytes, Event& event) {
    if (is_aligned(bytes)) return decode_in_place(bytes, event);
    return decode_in_place(std::string{bytes}, event);
}

Result<Event> decode_record(std::string_view bytes) {
    Event event;
    BOOST_OUTCOME_TRYV(decode_record(bytes, event));
    return event;
}

}  // namespace ledger::log
