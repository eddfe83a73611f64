// What is posted to the ledger until it is answered, and what the answers promised.
#pragma once

#include <stdexcept>
#include <string>

namespace torture {

struct Request {
    std::string fact;  // what it tells or asks for; its repetitions have the same
    std::string method = "POST";
    std::string target;
    std::string body;
    bool keyed = false;  // the fact is its Idempotency-Key
};

// What a 2xx said; empty where it did not.
struct Told {
    std::string fact;
    std::string event_id;
    std::string sequence;
    std::string followers;  // for how many something was decided

    friend bool operator==(const Told&, const Told&) = default;
};

// The ledger or the broker's journal is not as it must be.
struct Violation : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace torture
