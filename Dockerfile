# The image holds what the npm package holds, with its dependencies. Settings: docs/operations.md.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN mkdir /out && npm pack --pack-destination /out && tar -xzf /out/*.tgz -C /out

# Native parts come prebuilt, so that no install script is needed.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
# The embedded engine stores password hashes and the token secret here.
RUN install -d -o node -g node -m 700 /data
ENV NODE_ENV=production DATA_DIR=/data
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /out/package ./
COPY deploy/healthcheck.mjs ./
# The command line: docker compose exec api jungle-buzz --help
RUN chmod 755 dist/cli/main.js && ln -s /app/dist/cli/main.js /usr/local/bin/jungle-buzz
USER node
# No VOLUME: every container of the clustered engine would get a volume without a name, which it does not use.
EXPOSE 4000 4001
STOPSIGNAL SIGTERM
# A check is a new process of Node. Every 2 s until the start is complete, then rarely, with time for a busy machine.
HEALTHCHECK --interval=30s --timeout=15s --retries=4 --start-period=2m --start-interval=2s CMD ["node", "healthcheck.mjs"]
# Directly, not by npm: signals and the exit code are the server's own.
CMD ["node", "dist/main.js"]
