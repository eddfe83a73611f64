#!/usr/bin/env bash
# tidy_file.sh BUILD_DIR FILE: clang-tidy over one file, from the root of the project; both paths
# absolute. A file in which nothing was found is not looked at again until something changes. A
# unity file whose parts do not go together (two use one name) is looked at part by part.
set -euo pipefail
build=$1 file=$2
stamp=$build/tidy/${file#"$PWD"/}

compile_commands() {
    grep -B 1 -F "\"file\": \"$file\"" "$build/compile_commands.json" |
        sed -nE 's/^ *"command": "(.*)",$/\1/p' | sed 's/\\\(.\)/\1/g'
}

command=$(compile_commands | head -n 1)
command=${command% -o *}

# The files that this one includes, itself among them, at any depth.
sources() {
    (cd "$build" && eval "$command -M -MT '' '$file'") | tr -d '\\\n' | sed 's/^ *://'
}

# All that what is found depends on.
ingredients() {
    cat .clang-tidy "$0"
    clang-tidy --version
    echo "$command"
    sources | xargs cat
}

# Without the launcher and the compiler: what clang is to be told.
flags() {
    eval "set -- ${command}"
    while [ $# -gt 0 ] && [[ $1 != -* ]]; do shift; done
    printf '%s\n' "$@"
}

tidy() {
    local of=()
    mapfile -t of < <(flags)
    (cd "$build" && clang-tidy --quiet --config-file="$OLDPWD/.clang-tidy" "$1" -- "${of[@]}" \
        2> >(grep -v 'warnings\? generated' >&2))
}

hash=$(ingredients | sha256sum)
[ "$hash" = "$(cat "$stamp" 2>/dev/null)" ] && exit
if [[ $file == */unity_* ]]; then
    if ! found=$(tidy "$file" 2>&1); then
        if [[ $found != *clang-diagnostic-error* ]]; then
            echo "$found"
            exit 1
        fi
        clean=yes
        while read -r part; do
            tidy "$part" || clean=no
        done < <(sed -nE 's/^#include "(.*)"$/\1/p' "$file")
        [ $clean = yes ] || exit 1
    fi
else
    tidy "$file"
fi
mkdir -p "${stamp%/*}"
echo "$hash" >"$stamp"
