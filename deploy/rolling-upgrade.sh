#!/usr/bin/env bash
# Replaces the containers of each role by new ones of the current image and settings, without interrupting the service. New
# containers start beside the old ones. The old ones are stopped when all new ones are ready. If one does not become ready, the new
# ones are removed and the old ones stay. Redis, MongoDB and Caddy are not touched.
#
# Usage: deploy/rolling-upgrade.sh [SERVICE ...]     default: worker api live, the order of docs/operations.md
set -euo pipefail

# Longest time in seconds until new containers are ready. The first one creates missing indexes.
READY_TIMEOUT=${READY_TIMEOUT:-300}
# Seconds until the proxy sends requests to the new containers: deploy/Caddyfile looks for them every 2 s.
PROXY_DELAY=${PROXY_DELAY:-5}

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Containers that are removed if the script ends before they are ready.
started=()
remove_started() {
  if ((${#started[@]} > 0)); then
    echo 'Removing the new containers; the old ones stay.' >&2
    docker rm --force "${started[@]}" >/dev/null
  fi
}
trap remove_started EXIT

containers_of() {
  docker compose ps --all --quiet "$1"
}

is_ready() {
  [[ $(docker inspect --format '{{.State.Health.Status}}' "$1") == healthy ]] &&
    docker exec "$1" node healthcheck.mjs /readyz
}

wait_until_ready() {
  local deadline=$((SECONDS + READY_TIMEOUT)) id
  for id in "$@"; do
    until is_ready "$id"; do
      if ((SECONDS >= deadline)); then
        echo "The container $id is not ready after $READY_TIMEOUT s. Its last log lines:" >&2
        docker logs --tail 20 "$id" >&2
        return 1
      fi
      sleep 1
    done
  done
}

replace() {
  local service=$1 before all id failed=''
  local -a old
  before=$(containers_of "$service")
  if [[ -z $before ]]; then
    echo "The service $service has no containers. Start it first: docker compose up --detach --wait" >&2
    return 1
  fi
  mapfile -t old <<<"$before"

  echo "$service: starting ${#old[@]} new containers beside the old ones"
  docker compose up --detach --no-deps --no-build --no-recreate --scale "$service=$((2 * ${#old[@]}))" "$service" || failed=yes
  all=$(containers_of "$service")
  while read -r id; do
    [[ $before == *"$id"* ]] || started+=("$id")
  done <<<"$all"
  if [[ -n $failed ]]; then return 1; fi
  if ((${#started[@]} != ${#old[@]})); then
    echo "$service: expected ${#old[@]} new containers, found ${#started[@]}." >&2
    return 1
  fi
  wait_until_ready "${started[@]}"
  sleep "$PROXY_DELAY"
  started=()

  # One at a time, so that the clients of one container reconnect before the next one stops.
  for id in "${old[@]}"; do
    echo "$service: stopping $id"
    docker stop "$id" >/dev/null
    docker rm "$id" >/dev/null
  done
}

if (($# == 0)); then set -- worker api live; fi
docker compose build
for service in "$@"; do replace "$service"; done
echo 'All containers are replaced.'
