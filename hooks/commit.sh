#!/bin/sh
# notegate shim 2 for the hook @HOOK@
#
# Written by `notegate install`, removed by `notegate uninstall`. A hook of this name that was here before is kept under
# its own name in the folder beside this one whose name ends in -before-notegate, and runs first.
program=@PROGRAM@

# What a hook manager says about a run of its own is not about this one.
unset PRE_COMMIT PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF PRE_COMMIT_REMOTE_NAME PRE_COMMIT_LOCAL_BRANCH

case $0 in
    */*) here=${0%/*} ;;
    *) here=. ;;
esac
earlier=$(CDPATH='' cd -- "$here" && pwd -P)-before-notegate/@HOOK@
if [ -f "$earlier" ] && [ -x "$earlier" ]; then
    "$earlier" "$@" || exit
fi

if [ ! -x "$program" ]; then
    # GUI clients start hooks with a short PATH, so the full path comes first and PATH second.
    if ! program=$(command -v notegate); then
        echo "notegate: the program that checks status notes is gone, so nothing can be let through." >&2
        echo "notegate: it was at:" @PROGRAM@ >&2
        echo "notegate: install it again and run \`notegate install\`, or take this hook away: $0" >&2
        exit 3
    fi
fi
exec "$program" hook @HOOK@ "$@"
