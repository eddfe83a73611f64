#include "ledger/log/record_at.h"

#include "ledger/log/record_codec.h"

#include <string>

namespace ledger::log {

Result<void> decode_record_at(SequenceNumber sequence, std::string_view record, Event& event) {
    auto decoded = decode_record(record, event);
    if (decoded && event.sequence == sequence) return decoded;
    const std::string named = "record " + std::to_string(sequence);
    if (decoded) {
        const std::string elsewhere = std::to_string(event.sequence);
        return Error{Errc::corrupt, named + " says that it is " + elsewhere, {}};
    }
    Error error = decoded.error();
    error.detail = named + ": " + error.detail;
    return error;
}

Result<Event> decode_record_at(SequenceNumber sequence, std::string_view record) {
    Event event;
    BOOST_OUTCOME_TRYV(decode_record_at(sequence, record, event));
    return event;
}

}  // namespace ledger::log
