#!/usr/bin/env bash
# Runs every fuzz target for so many seconds, one after the other, and prints what libFuzzer says of each.
#     fuzz/run.sh SECONDS [TARGET...]
# Options for cargo-fuzz itself, as `-s none`, may stand in FUZZ_OPTIONS.
set -u
cd "$(dirname "$0")"
seconds=${1:?seconds for each target}
shift
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    targets=(html text json table xml mail warc packed office pdf archive_file query dates places)
fi
declare -A dictionary=([office]=xml)
failed=0
for target in "${targets[@]}"; do
    options=(-max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1)
    words=dictionaries/${dictionary[$target]:-$target}.dict
    [ -f "$words" ] && options+=(-dict="$words")
    echo "== $target"
    # shellcheck disable=SC2086
    cargo fuzz run ${FUZZ_OPTIONS:-} --fuzz-dir . "$target" -- "${options[@]}" 2>&1 |
        grep -E '^(#[0-9]+.*(DONE|pulse)|stat::|==|SUMMARY|artifact|thread|Done)|panicked|ERROR' || true
    [ "${PIPESTATUS[0]}" = 0 ] || failed=1
done
exit "$failed"
