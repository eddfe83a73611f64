#include "tests/ledger/golden_events.h"
#include "tests/ledger/golden_parts.h"

namespace ledger::log {

std::vector<Event> golden_events_v3() {
    return {golden::full_event(CheckpointSigned{
                .note = "copyledger/a1b2c3d4\n41\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
                        "\u2014 copyledger/a1b2c3d4 x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAc=\n"}),
            golden::full_event(
                SubjectErased{.account = AccountNumber{12}, .why = "letter of 26 November"}),
            golden::full_event(
                RecordsArchived{.through = 768,
                                .archive_records = 1000,
                                .archive_root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="})};
}

std::vector<Event> sparse_golden_events_v3() {
    return {golden::sparse_event(CheckpointSigned{}), golden::sparse_event(SubjectErased{}),
            golden::sparse_event(
                RecordsArchived{.through = 1, .archive_records = 1, .archive_root = {}})};
}

}  // namespace ledger::log
