#include "tools/halt.h"

#include "tools/logging.h"

#include <boost/asio/post.hpp>

namespace tools {

void Halt::operator()(const ledger::Error& error) {
    log_critical("the ledger stops: {}", error.detail);
    {
        const std::scoped_lock lock{mutex_};
        if (!failure_) failure_ = error;
    }
    boost::asio::post(context_, [this] { context_.stop(); });
}

std::optional<ledger::Error> Halt::failure() const {
    const std::scoped_lock lock{mutex_};
    return failure_;
}

}  // namespace tools
