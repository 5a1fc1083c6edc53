#!/bin/sh
# The GitHub Action of this repository: validates an OpenAPI document, and compares it with an earlier version.
#
# It runs in the repository with the document, on any CI service with git. Its inputs are environment variables, which it never
# evaluates:
#
#   STEWARD_DOCUMENT    The document. The default is the one that steward.toml names.
#   STEWARD_BASE        The earlier version: a revision or a file; `none` for no comparison. The default is the base branch of a
#                       pull request, or the commit before a push.
#   STEWARD_VERSION     The version of openapi-steward. The default is that of this repository.
#   STEWARD_FAIL_ON     `breaking` for mistakes and breaking changes, which is the default; `error` for mistakes; `never`; or a less
#                       serious change, as for `diff --fail-on`.
#   STEWARD_FORMAT      The format of the findings. The default is `github`.
#   STEWARD_BIN         A program to run, instead of one that the script downloads or builds.
#   STEWARD_RELEASES    The URL or the folder of the releases. The default is that of STEWARD_REPOSITORY on GitHub.
#   STEWARD_REPOSITORY  The repository with the releases, such as `owner/name`.
#   STEWARD_BEFORE      The commit before a push.
#
# It exits with 0 for success, 1 for mistakes, 2 if it could not run, and 5 for a breaking change.
set -eu

action=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
temporary=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
document=${STEWARD_DOCUMENT:-}
base=${STEWARD_BASE:-}
fail_on=${STEWARD_FAIL_ON:-breaking}
format=${STEWARD_FORMAT:-github}

main() {
    for input in "$document" "$base" "$fail_on" "$format"; do
        case $input in
            -*) fail "the input \`$input\` begins with a hyphen" ;;
        esac
    done
    case $format in
        *[!a-z]*) fail "\`$format\` is not a format of findings, such as \`sarif\`" ;;
    esac
    steward=$(find_steward)
    code=0
    validate || code=$?
    if [ "$base" != none ]; then
        compared=0
        compare || compared=$?
        # The document is judged first: what it breaks is of interest once it is valid.
        if [ "$code" -eq 0 ]; then code=$compared; fi
    fi
    if [ "$fail_on" = never ] && [ "$code" -ne 2 ]; then code=0; fi
    exit "$code"
}

# Reports the findings. Those for other programs go to a file, which is an output of the action.
validate() {
    case $format in
        github | human) run validate "--format=$format" ;;
        *)
            report=$temporary/openapi-steward-report.$format
            validated=0
            run validate "--format=$format" >"$report" || validated=$?
            if [ -n "${GITHUB_OUTPUT:-}" ]; then printf 'report=%s\n' "$report" >>"$GITHUB_OUTPUT"; fi
            return "$validated"
            ;;
    esac
}

# Reports the changes, in the log and on the summary page of the run.
compare() {
    earlier=$(find_base) || return
    if [ -n "$earlier" ] && is_new "$earlier"; then
        printf '%s\n' "${document:-The document} is new: there is no earlier version to compare it with" >&2
        return 0
    fi
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
        summary=$temporary/openapi-steward-summary.md
        if run diff ${earlier:+"--base=$earlier"} --format=markdown >"$summary" 2>/dev/null; then
            # A page has at most 1 MiB.
            head -c 900000 "$summary" >>"$GITHUB_STEP_SUMMARY"
        fi
    fi
    set -- diff ${earlier:+"--base=$earlier"}
    case $format in
        github | json) set -- "$@" "--format=$format" ;;
    esac
    case $fail_on in
        error | never) ;;
        *) set -- "$@" "--fail-on=$fail_on" ;;
    esac
    run "$@"
}

# Runs a command of openapi-steward with the document.
run() {
    if [ -n "$document" ]; then set -- "$@" -- "$document"; fi
    "$steward" "$@"
}

# Prints the revision or the file to compare with; nothing for the default of `diff`. A checkout of CI often has a single commit, and
# then the other one is fetched.
find_base() {
    if [ -n "$base" ]; then
        if [ -f "$base" ] || has_commit "$base"; then printf '%s\n' "$base"; else fetch "$base"; fi
    elif [ -n "${GITHUB_BASE_REF:-}" ]; then
        git_read merge-base HEAD "refs/remotes/origin/$GITHUB_BASE_REF" 2>/dev/null || fetch "$GITHUB_BASE_REF"
    else
        case ${STEWARD_BEFORE:-} in
            # A new branch has no commit before the push.
            '' | *[!0-9a-f]* | 0000000*) ;;
            *) if has_commit "$STEWARD_BEFORE"; then printf '%s\n' "$STEWARD_BEFORE"; else fetch "$STEWARD_BEFORE"; fi ;;
        esac
    fi
}

has_commit() {
    git_read rev-parse --quiet --verify --end-of-options "$1^{commit}" >/dev/null
}

fetch() {
    case $1 in
        +* | *:*) fail "\`$1\` is not a revision" ;;
    esac
    git_read fetch --quiet --no-tags --depth=1 origin "$1" || fail "there is no revision or file \`$1\` to compare with"
    git_read rev-parse FETCH_HEAD
}

# Returns success if the document does not exist in a revision that nobody has asked for.
is_new() {
    if [ -n "$base" ]; then return 1; fi
    path=$document
    for settings in steward.toml spec/steward.toml; do
        if [ -z "$path" ] && [ -f "$settings" ]; then
            path=$(dirname "$settings")/$(sed -n 's/^document *= *"\([^"]*\)".*/\1/p' "$settings" | head -n 1)
        fi
    done
    if [ -z "$path" ]; then return 1; fi
    if git_read -C "$(dirname -- "$path")" cat-file -e "$1:./$(basename -- "$path")" 2>/dev/null; then return 1; fi
}

# The checkout of CI often belongs to another user.
git_read() {
    git -c 'safe.directory=*' "$@"
}

# Prints the path of the program, which is downloaded or built first.
find_steward() {
    if [ -n "${STEWARD_BIN:-}" ]; then
        command -v "$STEWARD_BIN" || fail "there is no program $STEWARD_BIN"
        return
    fi
    version=${STEWARD_VERSION:-}
    if [ -z "$version" ]; then version=$(sed -n 's/^version = "\([^"]*\)".*/\1/p' "$action/Cargo.toml" | head -n 1); fi
    case $version in
        '' | [!0-9]* | *[!0-9A-Za-z.+-]*) fail "\`$version\` is not a version of openapi-steward, such as 1.2.3" ;;
    esac
    root=$temporary/openapi-steward-$version
    program=$root/bin/openapi-steward
    mkdir -p "$root/bin"
    if [ ! -x "$program" ] && ! download "$version" "$root/bin"; then build "$root"; fi
    printf '%s\n' "$program"
}

# Downloads the release for this platform into a folder, and verifies its checksum.
download() {
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) platform=x86_64-unknown-linux-gnu ;;
        Linux-aarch64 | Linux-arm64) platform=aarch64-unknown-linux-gnu ;;
        Darwin-x86_64) platform=x86_64-apple-darwin ;;
        Darwin-arm64) platform=aarch64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64) platform=x86_64-pc-windows-msvc ;;
        *) return 1 ;;
    esac
    releases=${STEWARD_RELEASES:-}
    if [ -z "$releases" ]; then
        # An action that is part of the same repository has no releases of its own.
        if [ -z "${STEWARD_REPOSITORY:-}" ]; then return 1; fi
        releases=${GITHUB_SERVER_URL:-https://github.com}/$STEWARD_REPOSITORY/releases/download
    fi
    archive=openapi-steward-$platform.tar.gz
    get "$releases/v$1/$archive" "$2/$archive" || return 1
    get "$releases/v$1/$archive.sha256" "$2/$archive.sha256" || fail "$releases/v$1/$archive has no checksum beside it"
    (cd -- "$2" && checksum "$archive.sha256") || fail "the checksum of $releases/v$1/$archive is wrong"
    tar -xzf "$2/$archive" -C "$2"
    [ -x "$2/openapi-steward" ] || fail "$releases/v$1/$archive does not contain openapi-steward"
}

get() {
    case $1 in
        https://*) curl --fail --silent --location --proto '=https' --retry 3 --output "$2" "$1" ;;
        *) cp -- "$1" "$2" 2>/dev/null ;;
    esac
}

checksum() {
    if command -v sha256sum >/dev/null; then sha256sum -c "$1"; else shasum -a 256 -c "$1"; fi >/dev/null
}

# Builds the version that was asked for, or the one in this repository.
build() {
    command -v cargo >/dev/null || fail "there is no release of openapi-steward $version for this platform, and no cargo to build it"
    if [ -n "${STEWARD_VERSION:-}" ]; then
        set -- --root "$1" openapi-steward --version "$version"
    else
        set -- --root "$1" --path "$action/crates/openapi-steward"
    fi
    # Outside the repository with the document, which can choose another compiler.
    (cd -- "$action" && cargo install --locked --quiet "$@" >&2) || fail "openapi-steward $version could not be built"
}

fail() {
    if [ -n "${GITHUB_ACTIONS:-}" ]; then
        printf '::error title=openapi-steward::%s\n' "$(printf '%s' "$1" | tr '\r\n' '  ' | sed 's/%/%25/g')" >&2
    else
        printf 'error: %s\n' "$1" >&2
    fi
    exit 2
}

main
