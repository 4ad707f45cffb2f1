# What the description of the API is held to beside the tests, for the launcher, which reads this file: a linter, the promise to who has built on it, and requests
# drawn from it against a house that serves; and clients made from it, in TypeScript and Python. Tools come by their exact versions from npm, Go and PyPI.

redocly=@redocly/cli@2.77.0
oasdiff=github.com/oasdiff/oasdiff@v1.11.7
schemathesis=schemathesis==4.32.5
python_client=(openapi-python-client==0.29.1 ruff==0.14.6)

dev_api() { # [REVISION]
  local base="${1:-}" described="$root/api/target/classes/META-INF/swagger/openapi.yml" kept="docs/reference/openapi.yml" status=0 work
  [[ $# -le 1 ]] || refuse "dev api takes the REVISION to which what was promised is compared; ${*:2} is too much"
  command -v npx >/dev/null || refuse "npx is missing; get it with: apt-get install -y nodejs npm"
  command -v python3 >/dev/null || refuse "python3 is missing; get it with: apt-get install -y python3 python3-venv"
  find_java
  find_go
  build_program api
  mkdir -p -- "$stamps"
  # What is kept is what was promised last: ReferenceTest holds every commit to it, and dev reference --breaking alone breaks it.
  base="${base:-HEAD}"
  if [[ -n "$base" ]] && git -C "$root" cat-file -e "$base:$kept" 2>/dev/null; then
    say "What who built on ${base:0:12} would miss ($oasdiff)"
    git -C "$root" show "$base:$kept" >"$stamps/promised.yml"
    go run "$oasdiff" breaking --fail-on ERR "$stamps/promised.yml" "$described" || status=1
  else
    say "No older description is kept: nothing to compare with"
  fi
  work="$(mktemp -d)"
  python3 -m venv "$work/python" && "$work/python/bin/pip" -q install "$schemathesis" "${python_client[@]}" || refuse "$schemathesis or ${python_client[*]} was not installed; see above"
  ask_the_sandbox "$work" || status=1
  rm -rf -- "$work"
  return "$status"
}

# A house of its own with one sealed epoch, and every operation asked what its description allows and does not allow.
ask_the_sandbox() { # folder of work
  local work="$1" door="" status=0 house
  "$root/bulwark" sandbox --example "$work/mine" >"$work/example.log"
  "$root/bulwark" sandbox "$work/mine/listing.json" --key "$work/mine/feed.key" --home "$work/house" --port 0 >"$work/sandbox.log" 2>&1 &
  house=$!
  for ((i = 0; i < 600; i++)); do
    door="$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/sandbox.log" | head -n 1 || true)"
    [[ -z "$door" ]] || break
    kill -0 "$house" 2>/dev/null || break
    sleep 0.1
  done
  if [[ -z "$door" ]]; then
    cat -- "$work/sandbox.log"
    return 1
  fi
  "$root/bulwark" venue push "$work/mine/report.json" "$work/mine/snapshot.json" --key "$work/mine/feed.key" --audience sandbox --to "$door" >"$work/push.log"
  # As it is served it also says who may use what.
  curl -sSf "$door/openapi.yml" -o "$stamps/served.yml" || status=1
  say "Linting the description ($redocly)"
  (cd -- "$root/src/launcher" && npx --yes "$redocly" lint "$stamps/served.yml" --config redocly.yaml 2>"$stamps/api-lint.log") || status=1
  say "Asking every operation ($schemathesis)"
  (cd -- "$work" && "$work/python/bin/schemathesis" --config-file "$root/src/launcher/schemathesis.toml" run "$stamps/served.yml" --url "$door" \
    -H "Authorization: Bearer $(<"$work/house/token")" --no-color) || status=1
  ask_by_clients "$work" "$door" "$(<"$work/house/token")" || status=1
  kill "$house"
  wait "$house" || true
  return "$status"
}

# What generators make of the description compiles, and says of the sandbox's account what the house says.
ask_by_clients() { # folder of work, door, token
  local work="$1" status=0
  export BULWARK_URL="$2" BULWARK_TOKEN="$3"
  say "Clients made from the description: TypeScript"
  (cd -- "$root/clients/typescript" && npm install --silent --ignore-scripts --no-package-lock && npm run --silent types && npm run --silent build && node target/accounts.js) \
    || status=1
  say "Clients made from the description: Python"
  (cd -- "$work" && PATH="$work/python/bin:$PATH" openapi-python-client generate --path "$root/docs/reference/openapi.yml" --output-path "$work/client" --meta none --fail-on-warning \
    && "$work/python/bin/python" - <<'PYTHON'
import os
from client import AuthenticatedClient
from client.api.accounts import accounts

house = AuthenticatedClient(base_url=os.environ["BULWARK_URL"], token=os.environ["BULWARK_TOKEN"])
for account in accounts.sync(client=house):
    margin = account.figures.initial_margin.usd if account.figures else "no margin"
    print(f"{account.number} {account.name}: {margin} ({account.state})")
PYTHON
  ) || status=1
  return "$status"
}
