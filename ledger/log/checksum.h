// XXH3-128 over stored bytes: finds accidents, proves nothing against an adversary.
#pragma once

#include <array>
#include <memory>
#include <string_view>

struct XXH3_state_s;

namespace ledger::log {

// In canonical (big-endian) order, as it is stored.
using Checksum = std::array<char, 16>;

[[nodiscard]] Checksum checksum_of(std::string_view bytes);

// The checksum of bytes that come piece by piece.
class ChecksumStream {
  public:
    ChecksumStream();

    void add(std::string_view bytes);
    // Of all that was added so far.
    [[nodiscard]] Checksum value() const;

  private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };

    std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace ledger::log
