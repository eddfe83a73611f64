// What the ledger records of its own keeping: checkpoints, erasures and archives, as events.
#pragma once

#include "ledger/model/account_number.h"

#include <cstdint>
#include <string>

namespace ledger {

// What the log was when it had tree_size records, signed: a C2SP checkpoint (ledger/proof). It
// stands right behind the last of them.
struct CheckpointSigned {
    std::string note;

    friend bool operator==(const CheckpointSigned&, const CheckpointSigned&) = default;
};

// The key of the person's particulars is destroyed, or is about to be: what it sealed stays sealed.
// Where the account is opened again, another key begins.
struct SubjectErased {
    AccountNumber account;
    std::string why;

    friend bool operator==(const SubjectErased&, const SubjectErased&) = default;
};

// From here on the log does without its records up to `through`: they stand in an archive, whose
// signed checkpoint is of these records.
struct RecordsArchived {
    std::uint64_t through = 0;
    std::uint64_t archive_records = 0;  // no fewer than `through`
    std::string archive_root;           // base64, as in the checkpoint's text

    friend bool operator==(const RecordsArchived&, const RecordsArchived&) = default;
};

}  // namespace ledger
