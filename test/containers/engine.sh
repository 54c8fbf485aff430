#!/usr/bin/env bash
# Starts a Docker engine with Compose and Buildx from the packages of Debian 13, in a folder of its own, and prints how to use it:
#   eval "$(sudo test/containers/engine.sh start FOLDER)"
#   sudo test/containers/engine.sh stop FOLDER
# For machines without an engine. Debian 12 has Docker 20.10, which is too old for compose.yaml; its runc and iptables are used.
#
# Needs root, apt, Debian's runc and iptables, and a docker client. The folder keeps packages, images and volumes between starts.
set -euo pipefail

if [[ $# != 2 || $1 != start && $1 != stop ]]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
mkdir -p "$2"
folder=$(cd "$2" && pwd)

if [[ $1 == stop ]]; then
  kill "$(<"$folder/pid")"
  exit
fi

fetch_packages() {
  mkdir -p "$folder"/apt/{lists,cache}/partial "$folder/debs" "$folder/root"
  local site
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' \
    "$site" /usr/share/keyrings/debian-archive-keyring.gpg >"$folder/apt/debian.sources"
  local options=(
    -q -o "Dir::Etc::SourceList=$folder/apt/debian.sources" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o APT::Sandbox::User=root
  )
  apt-get "${options[@]}" update
  (cd "$folder/debs" && apt-get "${options[@]}" download docker.io containerd tini docker-compose docker-buildx)
  local deb
  for deb in "$folder"/debs/*.deb; do dpkg-deb --extract "$deb" "$folder/root"; done
}

usr=$folder/root/usr
[[ -x $usr/sbin/dockerd ]] || fetch_packages >&2
mkdir -p "$folder/config"
ln -sfn "$usr/libexec/docker/cli-plugins" "$folder/config/cli-plugins"
export DOCKER_HOST=unix://$folder/docker.sock DOCKER_CONFIG=$folder/config
# The kernel forwards published ports: docker-proxy ends when it has no more files, six for each connection.
PATH=$usr/sbin:$usr/bin:$usr/libexec/docker:$PATH setsid dockerd --data-root "$folder/data" --exec-root "$folder/exec" \
  --userland-proxy=false --pidfile "$folder/pid" --host "$DOCKER_HOST" >"$folder/log" 2>&1 </dev/null &
for _ in {1..60}; do
  if docker info >/dev/null 2>&1; then
    echo "export DOCKER_HOST=$DOCKER_HOST DOCKER_CONFIG=$DOCKER_CONFIG"
    exit
  fi
  sleep 1
done
tail -n 20 "$folder/log" >&2
exit 1
