#include "ledger/log/index_check.h"

#include "ledger/log/entity_keys.h"
#include "ledger/log/memory_journal.h"
#include "ledger/log/record_codec.h"
#include "tests/ledger/signed_log.h"

#include <span>
#include <string>

#include <catch2/catch.hpp>

namespace ledger::log::index_check_test {
namespace {

// Bears an id and concerns an account.
Event some_event() {
    Event event;
    event.sequence = 1;
    event.id.bytes[0] = 7;
    event.payload = AccountClosed{AccountNumber{3}};
    return event;
}

Result<void> checked(std::span<const EventId> ids, std::span<const EntityKey> entities) {
    const Event event = some_event();
    RecordEncoder encoder;
    const std::string record{encoder.encode(event)};
    MemoryJournal journal;
    const JournalEntry entry{record, ids, entities};
    REQUIRE(journal.append({&entry, 1}));
    return check_index(journal, event);
}

void check_refused(const Result<void>& result, const std::string& index) {
    REQUIRE(result.has_error());
    CHECK(result.error().code == Errc::corrupt);
    CHECK(result.error().detail.find("record 1: the index of " + index) == 0);
}

}  // namespace

TEST_CASE("the indexes lead to a record, or it is said which does not", "[ledger]") {
    const Event event = some_event();
    const auto ids = ids_of(event);
    const auto entities = entity_keys_of(event);
    REQUIRE_FALSE(std::span<const EntityKey>{entities}.empty());
    CHECK(checked(ids, entities).has_value());
    check_refused(checked({}, entities), "ids");
    check_refused(checked(ids, {}), "accounts and orders");
}

}  // namespace ledger::log::index_check_test
