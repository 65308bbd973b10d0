#!/usr/bin/env bash
# The second step of the action: judges what the event changes. Everything that a contributor can write arrives in
# variables, and none of it becomes a command. Runs under bash 3.2.
#
#   PROGRAM         the notegate that the first step found
#   FROM, TO        the inputs
#   ARGUMENTS       the input: one argument a line
#   BASE            what the event was before, by the event
#   DEFAULT_BRANCH  of the repository, by the event
#   BRANCH          what is checked out
set -euo pipefail

refuse() {
  echo "notegate: $*" >&2
  exit 2
}

further=()
while IFS= read -r line || [[ -n $line ]]; do
  line=${line%$'\r'}
  line=${line#"${line%%[![:space:]]*}"}
  line=${line%"${line##*[![:space:]]}"}
  [[ -n $line ]] || continue
  # Arguments were separated by spaces once: `--fail-on marginal` is two of them.
  if [[ $line =~ ^--?[a-z-]+[[:space:]] ]]; then
    refuse "\`arguments\` takes one argument a line: write an option and its value as --option=value, or on two lines"
  fi
  further+=("$line")
done <<< "$ARGUMENTS"

commit() { git rev-parse --quiet --verify --end-of-options "$1^{commit}" 2> /dev/null; }

earlier=$FROM
if [[ -z $earlier ]]; then
  earlier=$BASE
  if [[ ${GITHUB_EVENT_NAME:-} == pull_request && ${GITHUB_REF:-} == refs/pull/*/merge ]]; then
    # The merge commit that GitHub made: its first parent is the base it was merged with, which is newer than the base of the
    # event when the branch went on since.
    if [[ $(commit "$TO") == "${GITHUB_SHA:-none}" && -n $(commit "$TO^2") ]]; then earlier=$(commit "$TO^1"); fi
  fi
fi

if [[ ${GITHUB_EVENT_NAME:-} == pull_request* ]] && git merge-base --is-ancestor "$TO" "$earlier" 2> /dev/null; then
  refuse "$TO holds nothing of the pull request: have actions/checkout fetch its merge commit or its head"
fi
"$PROGRAM" check --from="$earlier" --to="$TO" --default-branch="$DEFAULT_BRANCH" --branch="$BRANCH" ${further[@]+"${further[@]}"}
