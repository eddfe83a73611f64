// Shell completion of the commands' names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools {

// A script for "bash", "zsh" or "fish".
[[nodiscard]] std::string completions_for(std::string_view shell,
                                          const std::vector<std::string>& commands);

}  // namespace tools
