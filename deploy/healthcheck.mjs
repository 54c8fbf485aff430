// Asks this container's own process whether it is alive. A process without the role api answers at WS_PORT if it has the role
// live, else at PORT.
const { ROLES = 'api', PORT = '4000', WS_PORT = '4001' } = process.env;
const port = !ROLES.includes('api') && ROLES.includes('live') ? WS_PORT : PORT;
const isWell = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(3_000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isWell ? 0 : 1;
