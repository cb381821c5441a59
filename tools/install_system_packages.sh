#!/bin/sh
# What the tests need from Debian: a browser, a PostgreSQL that is not the embedded one, and mail servers.
set -eu

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
[ -x /usr/lib/postgresql/15/bin/postgres ] || missing="$missing postgresql-15"
[ -x /usr/sbin/dovecot ] || missing="$missing dovecot-imapd"
[ -x /usr/sbin/postfix ] || missing="$missing postfix"
# Half of the work of pages that nobody sees. Where it is not to be had, the tests take the whole Chromium.
quick=""
[ -x /usr/bin/chromium-headless-shell ] || quick=" chromium chromium-headless-shell"
[ -n "$missing$quick" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  [ -n "$missing" ] || exit 0
  echo "vaxel: the tests need$missing. Install them and start again: sudo apt-get install$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# Nothing of this shall run as a service of the machine: the tests start servers of their own, on ports of their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
# shellcheck disable=SC2086  # a list of names
install() {
  apt-get update -qq && apt-get install -qq -y --no-install-recommends $1 >/dev/null
}
install "$missing$quick" || [ -z "$missing" ] || install "$missing"
