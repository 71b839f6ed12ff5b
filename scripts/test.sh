#!/usr/bin/env bash
# Everything that says whether Orgwatch is right: types, lint, arrows, build, the suites, and a real VS Code.
# Installs what is missing; closes with `N passed, N failed`, each check counting as one.
#   bash scripts/test.sh                 all of it
#   bash scripts/test.sh --only ROOM     the suites in test/ROOM alone (org, sync, house, vscode-host …)
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
trap 'rm -rf "$LOGS"' EXIT

only=''
case "${1:-}" in
  '') ;;
  --only)
    only=${2:-}
    [ -n "$only" ] && [ -d "$ROOT/test/$only" ] ||
      die "--only wants a folder of test/" "one of: $(cd "$ROOT/test" && printf '%s ' */ | tr -d /)"
    ;;
  *) die "unknown argument $1" "usage: bash scripts/test.sh [--only ROOM]" ;;
esac

passed=0 failed=0 skipped=0
complaints=()

# check NAME COMMAND…: one pass or fail; says nothing more unless it fails.
check() {
  local name=$1
  shift
  if "$@" >"$LOGS/check.log" 2>&1; then
    passed=$((passed + 1))
    say "  ok    $name"
  else
    failed=$((failed + 1))
    complaints+=("$name")
    cat "$LOGS/check.log"
    say "  FAILED  $name  ($*)"
  fi
}

# suite NAME COMMAND…: adds the counts that the command leaves in the file that ORGWATCH_COUNTS names.
suite() {
  local name=$1 counts="$LOGS/counts.json" status p f s
  shift
  heading "$name"
  rm -f "$counts"
  ORGWATCH_COUNTS="$counts" "$@"
  status=$?
  if read -r p f s < <(node -p 'const c = JSON.parse(require("node:fs").readFileSync(process.argv[1])); `${c.passed} ${c.failed} ${c.skipped}`' "$counts" 2>/dev/null); then
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$f" -eq 0 ] && [ "$status" -eq 0 ] && return
    [ "$f" -eq 0 ] && failed=$((failed + 1))
  else
    say "$name ended with exit code $status before it could count its tests."
    failed=$((failed + 1))
  fi
  complaints+=("$name")
}

started=$SECONDS
need_packages
[ -n "$only" ] && [ "$only" != vscode-host ] || need_vscode
stay_on_loopback

heading "Checks"
if [ -z "$only" ]; then
  check types sh -c "tsc -p . && tsc -p extension/webview"
  check lint eslint --max-warnings 0 .
  check format prettier --check --log-level warn .
  check arrows depcruise --config .dependency-cruiser.mjs extension test scripts
fi
check build node scripts/build.ts

case "$only" in
  '') suite "Suites in Node" mocha --parallel --jobs "$(nproc 2>/dev/null || echo 2)" --ignore 'test/vscode-host/**' 'test/**/*.test.ts' ;;
  vscode-host) ;;
  *) suite "test/$only" mocha "test/$only/**/*.test.ts" ;;
esac
case "$only" in
  '' | vscode-host)
    suite "Inside VS Code's extension host" node test/vscode-host/main.ts
    suite "VS Code as a person uses it" mocha 'test/vscode-host/*.test.ts'
    ;;
esac

printf '\n'
[ ${#complaints[@]} -eq 0 ] || say "Not as it should be: $(printf '%s; ' "${complaints[@]}" | sed 's/; $//')"
say "Took $((SECONDS - started)) s."
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
say "$line"
[ "$failed" -eq 0 ]
