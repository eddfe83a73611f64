// What people ask of the ledger meanwhile: halts, changed and ended links, limits, exits.
#pragma once

#include "tests/simulation/twins/dice.h"
#include "tests/torture/run/request.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace torture {

class Operators {
  public:
    Operators(std::uint64_t seed, int followers) : dice_(seed, 'o'), followers_(followers) {}

    // One thing more; an exit of that master order where there is one.
    [[nodiscard]] Request ask(const std::string& master_order);
    // All is allowed again, and everyone follows.
    [[nodiscard]] std::vector<Request> open_all();

  private:
    [[nodiscard]] Request request(std::string target, std::string body);
    [[nodiscard]] Request set_link(const std::string& follower);
    [[nodiscard]] std::string any_follower();

    simulation::Dice dice_;
    int followers_;
    std::uint64_t asked_ = 0;
};

}  // namespace torture
