// One at a time for requests that read something, change it and write all of it back.
#pragma once

#include "ingest/http/asio.h"
#include "ledger/base/result.h"

#include <utility>

namespace ingest {

namespace asio = boost::asio;

// Lets the next one in at the end of its life.
class ChangeTurn {
  public:
    explicit ChangeTurn(bool& taken) : taken_(&taken) { taken = true; }

    ChangeTurn(ChangeTurn&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}

    ~ChangeTurn() {
        if (taken_ != nullptr) *taken_ = false;
    }

    ChangeTurn(const ChangeTurn&) = delete;
    ChangeTurn& operator=(const ChangeTurn&) = delete;
    ChangeTurn& operator=(ChangeTurn&&) = delete;

  private:
    bool* taken_;
};

// `taken` outlives the wait and the turn, and is used on one thread. overloaded after some seconds.
[[nodiscard]] asio::awaitable<ledger::Result<ChangeTurn>> take_turn(bool& taken);

// Returns when that time has passed.
[[nodiscard]] asio::awaitable<void> pause_ms(int duration_ms);

}  // namespace ingest
