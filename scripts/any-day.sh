#!/usr/bin/env bash
# Runs suites and the demo with the clock set to days on which dates tend to go wrong, and closes with a list of them.
# Wants libfaketime, which it installs on Debian and Ubuntu: dates are shifted for every process, monotonic time goes on.
#   bash scripts/any-day.sh                                  all suites that depend on dates, and the demo, on every day
#   bash scripts/any-day.sh --days 'saturday leap'           on these days alone
#   bash scripts/any-day.sh --suites 'sync insights demo'    these suites alone
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
trap 'rm -rf "$LOGS"' EXIT

# Name, start in UTC, zone. Each suite starts at that time; those across a border start close before it.
DAYS='
weekday            2026-11-25T12:00:00Z  UTC
saturday           2026-11-28T12:00:00Z  UTC
monday             2026-11-30T09:00:00Z  UTC
first-of-month     2027-05-01T03:00:00Z  UTC
last-of-month      2027-04-30T20:00:00Z  UTC
first-of-year      2027-01-01T02:00:00Z  UTC
last-of-year       2026-12-31T22:00:00Z  UTC
clocks-go-forward  2027-03-14T06:59:40Z  America/New_York
clocks-go-back     2026-11-01T05:59:40Z  America/New_York
leap               2028-02-29T12:00:00Z  UTC
across-midnight    2026-12-01T23:59:40Z  UTC
'
SUITES='cli contract insights lake ledger org prerequisites shared simulated-org sources sync ui demo'

names=$(awk 'NF { printf "%s ", $1 }' <<<"$DAYS")
days=$names suites=$SUITES
while [ $# -gt 0 ]; do
  case $1 in
    --days) days=${2:-} ;;
    --suites) suites=${2:-} ;;
    *) die "unknown argument $1" "usage: bash scripts/any-day.sh [--days NAMES] [--suites NAMES]" ;;
  esac
  [ -n "${2:-}" ] || die "$1 wants names" "days: $names; suites: $SUITES"
  shift 2
done
for day in $days; do
  case " $names" in *" $day "*) ;; *) die "there is no day $day" "days: $names" ;; esac
done
for suite in $suites; do
  [ "$suite" = demo ] || [ -d "$ROOT/test/$suite" ] || die "there is no suite $suite" "suites: $SUITES"
done

need_packages
need_debian libfaketime
stay_on_loopback
library=$(dpkg -L libfaketime | grep '/libfaketimeMT\.so' | head -n 1)

# at START ZONE COMMAND…: runs it as if it were then. A shift, not a time: children that start later go on from there.
at() {
  local start=$1 zone=$2
  shift 2
  TZ=$zone FAKETIME="$(printf '%+d' $(($(date -d "$start" +%s) - $(date +%s))))" FAKETIME_DONT_FAKE_MONOTONIC=1 \
    LD_PRELOAD=$library "$@"
}

# outcome DAY START ZONE SUITE: prints what failed, and adds a word to the day's line.
outcome() {
  local day=$1 start=$2 zone=$3 suite=$4 log="$LOGS/$1-$4.log" counts="$LOGS/$1-$4.json" words
  if [ "$suite" = demo ]; then
    if at "$start" "$zone" bash "$ROOT/scripts/demo.sh" >"$log" 2>&1; then words=passed; else words=FAILED; fi
  else
    ORGWATCH_COUNTS=$counts at "$start" "$zone" mocha "test/$suite/**/*.test.ts" >"$log" 2>&1
    words=$(node -p 'const c = JSON.parse(require("node:fs").readFileSync(process.argv[1]));
      c.failed > 0 ? `${c.failed} FAILED` : `${c.passed} passed`' "$counts" 2>/dev/null) || words=FAILED
  fi
  case $words in *FAILED) failed=$((failed + 1)) && tail -n 120 "$log" ;; esac
  say "  $day, $suite: $words"
  line+=" · $suite: $words"
}

failed=0 list=''
while read -r day start zone; do
  case " $days " in *" $day "*) ;; *) continue ;; esac
  heading "$day ($start, $zone)"
  line=''
  for suite in $suites; do outcome "$day" "$start" "$zone" "$suite"; done
  list+="$(printf '%-18s %s %-17s' "$day" "$start" "$zone")${line# }"$'\n'
done < <(awk NF <<<"$DAYS")

heading "Days"
printf '%s' "$list"
[ "$failed" -eq 0 ] || die "$failed suites failed on some day" "their output is above"
