#!/usr/bin/env bash
# The first step of the action: which notegate is run. Writes its path to $GITHUB_OUTPUT.
#
# One that the workflow names comes first. Otherwise it is the ready program of the release that the action is pinned to,
# with its checksum compared. Only where no such release is found, notegate is built with cargo. A program that is not what
# the release says ends the run with exit code 3; it is never replaced by a build. Runs under bash 3.2 and on Windows.
#
#   PROGRAM      the input `program`
#   ATTESTATION  the input `attestation`: auto, require or off
#   ACTION_PATH  where the runner put this action: …/_actions/OWNER/NAME/REFERENCE
set -euo pipefail

say() { echo "notegate: $*" >&2; }

refuse() { # CODE WORDS…
  local code=$1
  shift
  say "$@"
  exit "$code"
}

finish() { # PROGRAM
  printf 'program=%s\n' "$1" >> "$GITHUB_OUTPUT"
  exit 0
}

fetch() { # NAME
  say "download $releases/$1"
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --max-time 300 \
    --output "$folder/$1" "$releases/$1"
}

sum_of() { # FILE
  if command -v sha256sum > /dev/null; then sha256sum < "$1"; else shasum -a 256 < "$1"; fi | cut -d ' ' -f 1
}

# The name that Rust has for this kind of machine; nothing where no ready program is made for it.
target() {
  case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
  esac
}

build() { # WHY
  say "$1, so notegate is built with cargo, which takes some minutes"
  if ! command -v cargo > /dev/null; then
    refuse 2 "there is no cargo here: pin the action to the commit of a release, or install notegate and name it as \`program\`"
  fi
  cargo install --locked --quiet --path "$ACTION_PATH" --root "$RUNNER_TEMP/notegate"
  finish "$RUNNER_TEMP/notegate/bin/notegate"
}

# What was downloaded is what the release says.
verify() { # NAME
  if ! grep -Fxq -- "$(sum_of "$folder/$1")  $1" "$folder/SHA256SUMS"; then
    refuse 3 "$1 does not have the checksum that SHA256SUMS gives: it is not used"
  fi
}

# GitHub vouches that the release workflow of that repository made the file.
attested() { # NAME
  case $ATTESTATION in
    off) return ;;
    auto | require) ;;
    *) refuse 2 "\`attestation\` is auto, require or off" ;;
  esac
  if ! command -v gh > /dev/null || [[ -z ${GH_TOKEN:-} ]]; then
    [[ $ATTESTATION == auto ]] || refuse 3 "the attestation of $1 cannot be verified: that needs gh and a token"
    say "the attestation of $1 is not verified, because gh or a token is missing; its checksum is right"
    return
  fi
  if ! gh attestation verify "$folder/$1" --repo "$repository" --signer-workflow "$repository/.github/workflows/release.yml" >&2; then
    refuse 3 "the attestation of $1 could not be verified: it is not used"
  fi
}

if [[ -n $PROGRAM ]]; then
  if [[ $PROGRAM == *$'\n'* ]] || ! command -v -- "$PROGRAM" > /dev/null; then
    refuse 2 "the program that the input \`program\` names is not here"
  fi
  finish "$PROGRAM"
fi

if ! [[ ${ACTION_PATH//\\//} =~ /_actions/([A-Za-z0-9-]+/[A-Za-z0-9._-]+)/([^/]+)/?$ ]]; then
  build "this is no release of the action"
fi
repository=${BASH_REMATCH[1]} reference=${BASH_REMATCH[2]}
version=$(sed -n '/^version = /{s/^version = "\(.*\)".*/\1/p;q;}' "$ACTION_PATH/Cargo.toml")
major=v${version%%.*} minor=v${version%.*}
case $reference in
  "v$version" | "$minor" | "$major") commit= ;;
  *)
    [[ $reference =~ ^[0-9a-f]{40}$ ]] || build "$reference names no release and no commit"
    commit=$reference
    ;;
esac
target=$(target)
[[ -n $target ]] || build "there is no ready program for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}"

folder=$RUNNER_TEMP/notegate-$version
releases=${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download/v$version
name=notegate-$version-$target
rm -rf "$folder"
mkdir -p "$folder"
if ! fetch SHA256SUMS || ! fetch COMMIT; then build "the release v$version cannot be had"; fi
verify COMMIT
if [[ -n $commit && $commit != "$(cat "$folder/COMMIT")" ]]; then build "$commit is not the commit of the release v$version"; fi
fetch "$name.tar.gz" || build "the release v$version has no $name.tar.gz that can be had"
verify "$name.tar.gz"
attested "$name.tar.gz"
tar -xzf "$folder/$name.tar.gz" -C "$folder"
program=$folder/$name/notegate
[[ ${RUNNER_OS:-} != Windows ]] || program=$program.exe
if [[ $("$program" --version) != "notegate $version" ]]; then refuse 3 "the program of the release v$version does not run here"; fi
finish "$program"
