// Asks the server of this container whether it is alive, or with the argument /readyz whether it is ready. A process without the
// role api answers at WS_PORT if it has the role live, else at PORT. With node:http, because loading fetch costs more than the check.
import { get } from 'node:http';

const { ROLES = 'api', PORT = '4000', WS_PORT = '4001' } = process.env;
const port = !ROLES.includes('api') && ROLES.includes('live') ? WS_PORT : PORT;
const isWell = await new Promise((resolve) => {
  const request = get({ host: '127.0.0.1', port, path: process.argv[2] ?? '/healthz', timeout: 12_000 }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => resolve(false));
  request.on('close', () => resolve(false));
});
process.exit(isWell ? 0 : 1);
