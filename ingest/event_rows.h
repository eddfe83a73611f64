// Events of the log as the view "events" shows them.
#pragma once

#include "ingest/api_context.h"
#include "ingest/http/asio.h"
#include "ingest/queries.h"
#include "ledger/base/result.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

namespace asio = boost::asio;

using EventRows = std::vector<ledger::text::JsonValue>;  // objects

// The rows of a page. corrupt where they are none.
[[nodiscard]] ledger::Result<EventRows> rows_of(const Page& page);

// The member's text; empty where there is none.
[[nodiscard]] std::string text_of(const ledger::text::JsonValue& row, std::string_view name);

// Zero where the member is no id.
[[nodiscard]] ledger::EventId id_of(const ledger::text::JsonValue& row, std::string_view name);

void write_row(ledger::text::JsonWriter& json, const ledger::text::JsonValue& value);

// What followed from the event at `sequence` in the same commit, however much it is.
[[nodiscard]] asio::awaitable<ledger::Result<EventRows>> consequences_of(ApiContext& context,
                                                                         std::uint64_t sequence);

// The latest events of an order, by any of its ids, at most a page of them. Empty for an order of
// which the log knows nothing.
[[nodiscard]] asio::awaitable<ledger::Result<EventRows>> trail_of(ApiContext& context,
                                                                  std::string order);

}  // namespace ingest
