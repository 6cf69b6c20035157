#!/bin/sh
# Starts the server in its container, or another of its commands: start-quartermaster admin link. The database is DATABASE_URL (or the file DATABASE_URL_FILE), or it is put together from
# QM_DB_HOST, QM_DB_PORT, QM_DB_NAME, QM_DB_USER and QM_DB_PASSWORD or, better, QM_DB_PASSWORD_FILE.
set -eu

# The value of $1, or the first line of the file that $1_FILE names.
secret() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  if [ -n "$value" ]; then printf '%s' "$value"; return; fi
  if [ -n "$file" ]; then
    if [ ! -r "$file" ]; then echo "$1_FILE names $file, which cannot be read." >&2; exit 1; fi
    head -n 1 "$file" | tr -d '\r\n'
  fi
}

# Every byte escaped, so that a password may hold anything.
escaped() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }

url=$(secret DATABASE_URL)
if [ -z "$url" ]; then
  host=${QM_DB_HOST:-}
  if [ -z "$host" ]; then echo "No database: set DATABASE_URL, DATABASE_URL_FILE or QM_DB_HOST." >&2; exit 1; fi
  password=$(secret QM_DB_PASSWORD)
  if [ -z "$password" ]; then echo "No password for the database: set QM_DB_PASSWORD or QM_DB_PASSWORD_FILE." >&2; exit 1; fi
  url="postgres://$(escaped "${QM_DB_USER:-quartermaster}"):$(escaped "$password")@/$(escaped "${QM_DB_NAME:-quartermaster}")?host=$(escaped "$host")&port=${QM_DB_PORT:-5432}"
fi
DATABASE_URL=$url
export DATABASE_URL
unset QM_DB_PASSWORD

# exec: the signal that stops the container reaches the server.
case "${1:-}" in
  "" | -*) exec quartermaster serve --listen "${QM_LISTEN:-0.0.0.0}" --port "${PORT:-8080}" "$@" ;;
  *) exec quartermaster "$@" ;;
esac
