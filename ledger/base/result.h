// Errors as values. A new Errc exists only where some caller reacts differently to it.
#pragma once

#include <string>
#include <utility>

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/terminate.hpp>
#include <boost/outcome/try.hpp>

namespace ledger {

enum class Errc {
    invalid_input,   // the caller's fault; `field` names what is wrong
    not_found,       // the thing named does not exist
    conflict,        // same identity, other content
    not_allowed,     // forbidden by the ledger's rules in its present state
    overloaded,      // a bound is reached; the caller may try again later
    unavailable,     // cannot be opened, connected or read right now
    corrupt,         // stored bytes are not what was stored
    storage_failed,  // a write or sync failed; the process must stop
};

struct Error {
    Errc code = Errc::invalid_input;
    std::string detail;  // a sentence for a person
    std::string field;   // the input field at fault, empty where there is none

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = boost::outcome_v2::basic_result<T, Error, boost::outcome_v2::policy::terminate>;

inline Error invalid_field(std::string field, std::string detail) {
    return Error{Errc::invalid_input, std::move(detail), std::move(field)};
}

}  // namespace ledger
