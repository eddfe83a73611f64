#include "tools/completions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tools {

std::string completions_for(std::string_view shell, const std::vector<std::string>& commands) {
    const std::string words = fmt::format("{}", fmt::join(commands, " "));
    if (shell == "bash") {
        return fmt::format(
            "_copyledger() {{\n"
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
            "        COMPREPLY=($(compgen -W \"{}\" -- \"${{COMP_WORDS[1]}}\"))\n"
            "    else\n"
            "        COMPREPLY=($(compgen -f -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
            "    fi\n"
            "}}\n"
            "complete -F _copyledger copyledger\n",
            words);
    }
    if (shell == "zsh") {
        return fmt::format(
            "#compdef copyledger\n"
            "_copyledger() {{\n"
            "    _arguments '1:command:({})' '*:file:_files'\n"
            "}}\n"
            "compdef _copyledger copyledger\n",
            words);
    }
    return fmt::format("complete -c copyledger -n __fish_use_subcommand -f -a '{}'\n", words);
}

}  // namespace tools
