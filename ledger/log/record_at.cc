#include "ledger/log/record_at.h"

#include "ledger/log/record_codec.h"

#include <string>

namespace ledger::log {

Result<Event> decode_record_at(SequenceNumber sequence, std::string_view record) {
    auto event = decode_record(record);
    if (event && event.value().sequence == sequence) return event;
    const std::string named = "record " + std::to_string(sequence);
    if (event) {
        const std::string elsewhere = std::to_string(event.value().sequence);
        return Error{Errc::corrupt, named + " says that it is " + elsewhere, {}};
    }
    Error error = event.error();
    error.detail = named + ": " + error.detail;
    return error;
}

}  // namespace ledger::log
