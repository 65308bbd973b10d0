#!/bin/sh
# notegate shim 1 for the hook @HOOK@
#
# Written by `notegate install`, taken away by `notegate uninstall`. If there was a hook of this name before, it is kept
# beside this file with the ending .before-notegate and runs first. Both read the same standard input.
program=@PROGRAM@

references=$(cat)
feed() {
    if [ -n "$references" ]; then printf '%s\n' "$references"; fi
}

earlier="$0.before-notegate"
if [ -f "$earlier" ] && [ -x "$earlier" ]; then
    feed | "$earlier" "$@" || exit
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
feed | "$program" hook @HOOK@ "$@"
