// Small damages done to an input, the same in every run: what a broken disk, a cut connection or a
// careless program makes of it.
#pragma once

#include "ledger/random.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fuzz {

class Mutations {
  public:
    static constexpr std::size_t bytes_max = std::size_t{64} * 1024;

    explicit Mutations(std::uint64_t seed) : random_(seed) {}

    // One to four damages. `other` is another input, whose end may take the place of this one's.
    // Never longer than bytes_max.
    [[nodiscard]] std::string next(std::string_view input, std::string_view other);

  private:
    using Mutate = void (Mutations::*)(std::string& input, std::string_view other);

    // In [0, bound); 0 where the bound is 0.
    [[nodiscard]] std::size_t below(std::size_t bound);

    void flip_bit(std::string& input, std::string_view other);
    void set_byte(std::string& input, std::string_view other);
    void truncate(std::string& input, std::string_view other);
    void remove(std::string& input, std::string_view other);
    void repeat(std::string& input, std::string_view other);
    void splice(std::string& input, std::string_view other);
    void replace_number(std::string& input, std::string_view other);
    void overwrite_integer(std::string& input, std::string_view other);

    ledger::SeededRandom random_;
};

}  // namespace fuzz
