#!/usr/bin/env bash
# Orgwatch's main job from start to end, against a simulated Salesforce org on this machine: an org that lacks
# everything, what Verify says about it, the deploy that mends it, Sync, and two questions to the data.
# Installs what is missing; touches no real sf authorization; leaves nothing running.
#   bash scripts/demo.sh          the story
#   bash scripts/demo.sh --keep   the same, and the org stays up to play with
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

keep=''
case "${1:-}" in
  '') ;;
  --keep) keep=yes ;;
  *) die "unknown argument $1" "usage: bash scripts/demo.sh [--keep]" ;;
esac

workspace="$ROOT/.demo"
private=$(mktemp -d "${TMPDIR:-/tmp}/orgwatch-demo.XXXXXX")
org_pid=''
leave() {
  [ -z "$org_pid" ] || { kill "$org_pid" && wait "$org_pid"; } 2>/dev/null
  rm -rf "$private" "$LOGS"
}
trap leave EXIT
trap 'exit 130' INT TERM

need_packages
stay_on_loopback
quietly "the build" "run: node scripts/build.ts" node scripts/build.ts

# Everything below sees this HOME only: sf keeps its authorizations there, Orgwatch its count of calls.
started=$SECONDS
export HOME="$private/home" XDG_STATE_HOME="$private/home/state"
unset SF_TARGET_ORG SF_ORG_INSTANCE_URL ORGWATCH_STATE_DIR XDG_CONFIG_HOME XDG_DATA_HOME
mkdir -p "$HOME" "$private/bin"
# Where nobody watches, sf prints each stage once instead of drawing it over and over.
[ -t 1 ] || export CI=true
ln -s "$ROOT/dist/cli.js" "$private/bin/orgwatch"
export PATH="$private/bin:$PATH"
rm -rf "$workspace" && mkdir -p "$workspace/.vscode"
printf '{ "orgwatch.targetOrg": "connector" }\n' >"$workspace/.vscode/settings.json"

# show WORD…: prints a command as one would type it, then runs it.
show() {
  local word line='$'
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./:=@%+,-]* | '') line+=" \"$word\"" ;; *) line+=" $word" ;; esac
  done
  say "$DIM$line$PLAIN"
  "$@"
}

# expect CODE COMMAND…: shows it; another exit code ends the demo.
expect() {
  local want=$1 got=0
  shift
  show "$@" || got=$?
  [ "$got" -eq "$want" ] || die "\"$1 ${2:-}\" ended with exit code $got where the demo expects $want" "its output is above; bash scripts/test.sh tells more"
}

field() { node -p 'process.argv[1].split(".").reduce((value, name) => value[name], JSON.parse(require("node:fs").readFileSync(0, "utf8")))' "$1"; }

heading "1. A Salesforce org: simulated, on this machine, nothing prepared yet"
say "${DIM}\$ npm run org -- --scenario fresh$PLAIN"
node test/simulated-org/main.ts --port 0 --scenario fresh --seed 1 --scale "${ORGWATCH_DEMO_SCALE:-1}" >"$private/org.json" 2>"$LOGS/org.log" &
org_pid=$!
until [ -s "$private/org.json" ]; do
  kill -0 "$org_pid" 2>/dev/null || { cat "$LOGS/org.log" >&2; die "the simulated org did not start" "its last words are above"; }
  sleep 0.1
done
org() { head -n 1 "$private/org.json" | field "$1"; }
url=$(org instanceUrl)
say "It answers at $url: an administrator $(org admin.username), and $(org service.username), which is to become the connector."

heading "2. Authorize both with the real sf, as an admin would"
login() { SF_ACCESS_TOKEN=$(org "$2.accessToken") expect 0 sf org login access-token --instance-url "$url" --alias "$1" --no-prompt; }
login admin admin
login connector service

cd "$workspace" || exit 1
heading "3. Verify: what keeps the events from flowing?"
expect 1 orgwatch verify --target-org connector

heading "4. The admin deploys the connector profile and the two settings"
cd "$ROOT" || exit 1
expect 0 sf project deploy start --source-dir force-app --target-org admin

heading "5. … and puts the service account on that profile"
query="SELECT Id FROM Profile WHERE Name = 'Defender for Cloud Apps Connector'"
say "${DIM}\$ sf data query --query \"$query\" --target-org admin$PLAIN"
profile=$(sf data query --query "$query" --target-org admin --json | field result.records.0.Id) ||
  die "the profile is not in the org" "its deploy is shown above"
expect 0 sf data update record --sobject User --record-id "$(org service.userId)" \
  --values "ProfileId=$profile UserPermissionsSFContentUser=true" --target-org admin

cd "$workspace" || exit 1
heading "6. Verify again: what failed holds now"
expect 0 orgwatch verify --target-org connector

heading "7. Sync: the org's events into a lake on this disk"
say "Two weeks of them, to be quick. A later sync with --days 180 fetches what is older, as far as Salesforce still has it."
expect 0 orgwatch sync --target-org connector --days 14

heading "8. Status: what is there, how fresh, what it cost"
expect 0 orgwatch status --target-org connector

heading "9. From which addresses did more sign-ins fail than succeed?"
expect 0 orgwatch query --target-org connector "
  SELECT SourceIp, CountryIso AS country, count(DISTINCT UserId) AS accounts,
         count(*) FILTER (Status <> 'Success') AS failed, count(*) FILTER (Status = 'Success') AS succeeded,
         max(event_time) AS latest
  FROM login_history GROUP BY ALL HAVING failed > succeeded ORDER BY failed DESC LIMIT 5"

heading "10. One of them got in. What was done from there?"
expect 0 orgwatch query --target-org connector "
  SELECT user_id, event_type, count(*) AS events, min(event_time) AS first, max(event_time) AS latest
  FROM event_log
  WHERE client_ip IN (
    SELECT SourceIp FROM login_history GROUP BY SourceIp
    HAVING count(*) FILTER (Status <> 'Success') > count(*) FILTER (Status = 'Success')
       AND count(*) FILTER (Status = 'Success') > 0)
  GROUP BY ALL ORDER BY events DESC LIMIT 6"

heading "Done in $((SECONDS - started)) s"
say "The lake (Parquet, any tool reads it) and the raw files as Salesforce sent them: $workspace/.orgwatch"
(cd "$workspace" && du -sh .orgwatch/*/* 2>/dev/null | sed 's/^/  /')
if [ -z "$keep" ]; then
  say ""
  say "Ask more:    cd $workspace && node $ROOT/dist/cli.js query \"SHOW TABLES\""
  say "In VS Code:  bash scripts/demo.sh --keep leaves the org up and says how to open it there"
  exit 0
fi
say ""
say "The org stays up until you press Ctrl-C. In another terminal:"
say "  cd $workspace"
say "  export HOME=$HOME XDG_STATE_HOME=$XDG_STATE_HOME PATH=$ROOT/node_modules/.bin:$private/bin:\$PATH"
say "  orgwatch sync --target-org connector    # nothing new: one call a source"
say "In VS Code (1.125 or later), with the same exports:"
say "  code --user-data-dir $private/vscode --extensionDevelopmentPath=$ROOT $workspace"
say "  then F1 → Orgwatch: Verify Prerequisites, F1 → Orgwatch: Sync Now"
wait "$org_pid"
