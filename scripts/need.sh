#!/usr/bin/env bash
# Makes sure that programs are there: scripts/need.sh build|test. On Debian and Ubuntu, as root or with sudo, it installs what is
# missing; anywhere else it names the command that does.
set -euo pipefail

missing=()
has() { command -v "$1" >/dev/null 2>&1; }
need() { has "$1" || missing+=("$2"); }          # need PROGRAM DEBIAN-PACKAGE
has_postgres() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null || compgen -G '/usr/libexec/postgresql*/initdb' >/dev/null; }
has_chromium() { [ -n "${QM_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ]; }

# These are not taken from the system: Debian's are older than what is needed.
tell() { echo "$1" >&2; exit 1; }
has cargo || tell "Rust 1.95 or newer is missing. Install it: https://rustup.rs (rustup toolchain install stable)"
has node || tell "Node 20 or newer is missing. Install it: https://nodejs.org, or: apt-get install nodejs npm (Debian 13 or newer)"
has npm || tell "npm is missing. Install it: apt-get install npm"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || tell "Node $(node --version) is too old: 20 or newer is needed."

need cc build-essential
has_postgres || missing+=(postgresql)
if [ "${1:-build}" = test ]; then
  has_chromium || missing+=(chromium)
  need zbarimg zbar-tools
  need dmtxread dmtx-utils
  need pdftoppm poppler-utils
fi
[ ${#missing[@]} -eq 0 ] && exit 0

has apt-get || tell "Missing, by the names of Debian's packages: ${missing[*]}. Install them with this system's package manager."
if [ "$(id -u)" = 0 ]; then as_root=(); elif has sudo && sudo -n true 2>/dev/null; then as_root=(sudo -n); else
  tell "Missing: ${missing[*]}. Install with: sudo apt-get install ${missing[*]}"
fi
echo "Installing ${missing[*]}"
as_root() { "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive "$@"; }
as_root apt-get update -qq
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
  # Its programs are wanted, not a cluster that runs beside ours.
  as_root apt-get install -qq -y --no-install-recommends postgresql-common >/dev/null
  as_root sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
fi
as_root apt-get install -qq -y --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null
