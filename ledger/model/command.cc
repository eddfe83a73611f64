#include "ledger/model/command.h"

namespace ledger {

CommandPayload::CommandPayload() = default;
CommandPayload::CommandPayload(const CommandPayload& other) = default;
CommandPayload::CommandPayload(CommandPayload&& other) noexcept = default;
CommandPayload& CommandPayload::operator=(const CommandPayload& other) = default;
CommandPayload& CommandPayload::operator=(CommandPayload&& other) noexcept = default;
CommandPayload::~CommandPayload() = default;

}  // namespace ledger
