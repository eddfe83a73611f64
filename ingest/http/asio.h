// Gives Boost.Asio its short name in this directory and brings in what a handler's type needs.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace ingest::http {

namespace asio = boost::asio;

}  // namespace ingest::http
