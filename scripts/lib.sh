# Sourced by demo.sh and test.sh: brings a machine with git, npm and root (or sudo) to where both can run.
# Each function installs only what is missing, says what it does, and ends the script with one line and a remedy
# where it cannot.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
LOGS=$(mktemp -d "${TMPDIR:-/tmp}/orgwatch-scripts.XXXXXX")

if [ -t 1 ]; then BOLD=$'\e[1m' DIM=$'\e[2m' PLAIN=$'\e[0m'; else BOLD='' DIM='' PLAIN=''; fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s== %s ==%s\n' "$BOLD" "$*" "$PLAIN"; }

# die WHAT REMEDY: one clear line each.
die() {
  printf 'orgwatch: %s\n  → %s\n' "$1" "$2" >&2
  exit 1
}

# quietly NAME REMEDY COMMAND…: runs a command with its output kept aside, which is shown only if it fails.
quietly() {
  local name=$1 remedy=$2 log
  shift 2
  log="$LOGS/${name//[^a-z0-9]/-}.log"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    die "$name failed (its last lines are above)" "$remedy"
  fi
}

need_node() {
  local tool
  for tool in git node npm; do
    command -v "$tool" >/dev/null 2>&1 || die "$tool is not on the PATH" "install git and Node.js 20 or later with npm (https://nodejs.org), then run this again"
  done
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    die "Node.js $(node --version) is too old" "install Node.js 20 or later (https://nodejs.org), then run this again"
}

# True when node_modules holds what package-lock.json says, and Node 24 runs from it.
packages_installed() {
  "$ROOT/node_modules/.bin/node" -e '
    const { readFileSync } = require("node:fs");
    const packages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const have = packages("node_modules/.package-lock.json");
    for (const [where, { version, optional }] of Object.entries(packages("package-lock.json")))
      if (where !== "" && have[where]?.version !== version && !(optional && !have[where])) process.exit(1);
  ' >/dev/null 2>&1
}

# npm packages of the repository. Afterwards `node` is Node 24, and sf, mocha, tsc … are on the PATH.
need_packages() {
  need_node
  cd "$ROOT" || exit 1
  if ! packages_installed; then
    say "Installing the npm packages of package-lock.json into node_modules (about a minute) …"
    quietly "npm ci" "check that npm reaches its registry (npm ping), then run this again" npm ci --loglevel=error
    # An npm that runs no install scripts leaves out the one that brings Node 24.
    "$ROOT/node_modules/.bin/node" --version >/dev/null 2>&1 ||
      quietly "npm rebuild node" "run: npm rebuild node" node node_modules/node/installArchSpecificPackage.js
  fi
  export PATH="$ROOT/node_modules/.bin:$PATH"
  export NODE_OPTIONS="--disable-warning=ExperimentalWarning"
  case $(node --version) in
    v24.*) ;;
    *) die "node_modules/.bin/node is $(node --version), not Node 24" "rm -rf node_modules, then run this again" ;;
  esac
}

missing_debian() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

APT_UPDATED=''
# need_debian PACKAGE…: installs those that are missing through apt-get.
need_debian() {
  local missing as_root=()
  command -v apt-get >/dev/null 2>&1 || die "apt-get is not on this machine" "use Debian or Ubuntu, or install by hand what these packages hold: $*"
  missing=$(missing_debian "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "missing Debian packages: ${missing% }" "run as root or with password-less sudo, or: sudo apt-get install ${missing% }"
    as_root=(sudo -n)
  fi
  say "Installing Debian packages: ${missing% } …"
  if [ -z "$APT_UPDATED" ]; then
    quietly "apt-get update" "check that apt reaches its mirror, then run this again" "${as_root[@]}" apt-get update -q
    APT_UPDATED=yes
  fi
  # shellcheck disable=SC2086 # one word a package
  quietly "apt-get install" "run: apt-get install ${missing% }" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# A real VS Code for the tests: code-server (built at install time) and Chromium. Kept in the user's cache, by the
# hash of its lock file, so that another clone finds it; test/vscode-host/node_modules points there.
need_vscode() {
  local host="$ROOT/test/vscode-host" hash cache building
  command -v chromium >/dev/null 2>&1 || need_debian chromium fonts-dejavu-core
  hash=$(cat "$host/package.json" "$host/package-lock.json" | node -e '
    const hash = require("node:crypto").createHash("sha256").update(require("node:fs").readFileSync(0));
    process.stdout.write([process.platform, process.arch, hash.digest("hex").slice(0, 16)].join("-"))')
  cache="${XDG_CACHE_HOME:-${HOME:-$host}/.cache}/orgwatch/vscode-host-$hash"
  if [ ! -e "$cache/node_modules" ]; then
    need_debian libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev pkg-config python3 make g++
    say "Building VS Code from npm's code-server for the tests (about 3 minutes, 620 MB, kept in $cache) …"
    mkdir -p "$(dirname "$cache")" && building=$(mktemp -d "$cache.XXXXXX") ||
      die "cannot write to $(dirname "$cache")" "set XDG_CACHE_HOME to a folder that you may write to"
    cp "$host/package.json" "$host/package-lock.json" "$host/.npmrc" "$building/"
    # However the build ends before its time, nothing of it stays behind.
    (
      trap 'rm -rf "$building"' EXIT
      trap 'exit 1' HUP INT TERM
      quietly "npm ci of the VS Code host" "run again; npm's registry and a C++ compiler are needed" build_vscode "$building"
      trap - EXIT
    ) || exit 1
    # Another clone may have been quicker; either is as good.
    mv -T "$building" "$cache" 2>/dev/null || rm -rf "$building"
  fi
  if [ "$(readlink "$host/node_modules")" != "$cache/node_modules" ]; then
    rm -rf "$host/node_modules"
    ln -s "$cache/node_modules" "$host/node_modules"
  fi
}

# build_vscode FOLDER: npm ci there, with the native parts compiled against the headers beside the machine's Node,
# because node-gyp would download others.
build_vscode() {
  local node headers
  for node in $(type -ap node); do
    headers=$(dirname "$(dirname "$(readlink -f "$node")")")
    if [ -e "$headers/include/node/node_api.h" ]; then
      export npm_config_nodedir="${npm_config_nodedir:-$headers}"
      break
    fi
  done
  # Its own postinstall runs npm once more, in a folder whose package.json allows nothing.
  cd "$1" && npm_config_dangerously_allow_all_scripts=true npm ci --loglevel=error --foreground-scripts
}

# After the installs all traffic is on this machine: a proxy would only be in the way. Nothing here calls home.
stay_on_loopback() {
  unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY npm_config_proxy npm_config_https_proxy
  # sf's own name of it, and oclif's: with the first alone, an sf from npm leaves `sf update` running behind.
  export SF_AUTOUPDATE_DISABLE=true SF_DISABLE_AUTOUPDATE=true
  export SF_DISABLE_TELEMETRY=true SF_SKIP_NEW_VERSION_CHECK=true SF_HIDE_RELEASE_NOTES=true
  export SF_USE_GENERIC_UNIX_KEYCHAIN=true SF_DISABLE_LOG_FILE=true
}
