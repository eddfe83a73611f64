#!/usr/bin/env bash
# tidy_file.sh BUILD_DIR FILE: clang-tidy over one file, from the root of the project; both paths
# absolute. A file in which nothing was found is not looked at again until something changes.
set -euo pipefail
build=$1 file=$2
stamp=$build/tidy/${file#"$PWD"/}

compile_commands() {
    grep -B 1 -F "\"file\": \"$file\"" "$build/compile_commands.json" |
        sed -nE 's/^ *"command": "(.*)",$/\1/p' | sed 's/\\\(.\)/\1/g'
}

# The headers that the file includes, itself among them, at any depth.
sources() {
    local command
    command=$(compile_commands | head -n 1)
    (cd "$build" && eval "${command% -o *} -M -MT '' '$file'") | tr -d '\\\n' | sed 's/^ *://'
}

# All that what is found depends on.
ingredients() {
    cat .clang-tidy "$0"
    clang-tidy --version
    compile_commands
    sources | xargs cat
}

hash=$(ingredients | sha256sum)
[ "$hash" = "$(cat "$stamp" 2>/dev/null)" ] && exit
clang-tidy --quiet -p "$build" "$file" 2> >(grep -v 'warnings\? generated' >&2)
mkdir -p "${stamp%/*}"
echo "$hash" >"$stamp"
