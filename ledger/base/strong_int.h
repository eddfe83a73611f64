// Integers that cannot be mistaken for one another.
#pragma once

#include <compare>
#include <cstdint>

namespace ledger {

// Explicit in, `.value()` out, ordered; arithmetic is given to single types where it has a meaning.
template <class Tag, class Rep>
class StrongInt {
  public:
    using rep = Rep;

    constexpr StrongInt() = default;

    constexpr explicit StrongInt(Rep value) : value_(value) {}

    [[nodiscard]] constexpr Rep value() const { return value_; }

    friend constexpr auto operator<=>(const StrongInt&, const StrongInt&) = default;

  private:
    Rep value_{};
};

}  // namespace ledger
