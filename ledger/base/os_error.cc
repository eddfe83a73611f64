#include "ledger/base/os_error.h"

#include <cerrno>
#include <system_error>

namespace ledger {

Error os_error(Errc code, std::string_view what, const std::string& path) {
    // Before anything here can allocate, and so change it.
    const int cause = errno;
    return Error{
        code, std::string{what} + " " + path + ": " + std::generic_category().message(cause), {}};
}

}  // namespace ledger
