import { connect } from 'node:net';
import { underAttack, type Target } from '../support/attack';

// DNS rebinding: a foreign page makes its own host name resolve to this server, so that the browser takes both for one origin.
const { attack } = underAttack('host names', {
  NODE_ENV: 'production',
  JWT_SECRET: 'k'.repeat(40),
  BCRYPT_COST: '10',
  PUBLIC_URL: 'same-origin',
  ALLOWED_HOSTS: 'wall.lan',
});

const QUERY = '{"query":"{ rooms { id } }"}';
const UPGRADE = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
];

/** Status of the answer to a request whose lines are sent as they are. */
function status({ hostname, port }: URL, lines: readonly string[], body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.setEncoding('utf8').on('error', reject);
    socket.once('data', (answer: string) => {
      resolve(answer.split(' ')[1] ?? answer);
      socket.destroy();
    });
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}

const page = ({ http }: Target, ...headers: string[]) => status(http, ['GET / HTTP/1.1', ...headers]);
const query = ({ http }: Target, target: string, ...headers: string[]) =>
  status(
    http,
    [`POST ${target} HTTP/1.1`, ...headers, 'Content-Type: application/json', `Content-Length: ${QUERY.length}`],
    QUERY,
  );
const stream = ({ ws }: Target, host: string) =>
  status(ws, [
    'GET /graphql/stream?query=subscription%7BnewChat%7Bid%7D%7D HTTP/1.1',
    `Host: ${host}`,
    'Accept: text/event-stream',
  ]);
const socket = ({ ws }: Target, host: string) =>
  status(ws, ['GET /graphql HTTP/1.1', `Host: ${host}`, `Origin: http://${host}`, ...UPGRADE]);

const at = (
  name: string,
  host: string,
  [ofPage, ofQuery, ofStream, ofSocket]: readonly [string, string, string, string],
): void => {
  attack(`the page under ${name}`, ofPage, (to) => page(to, `Host: ${host}`));
  attack(`a query under ${name}`, ofQuery, (to) => query(to, '/graphql', `Host: ${host}`));
  attack(`an event stream under ${name}`, ofStream, (to) => stream(to, host));
  attack(`a socket whose Host and Origin are ${name}`, ofSocket, (to) => socket(to, host));
};

at('a name of ALLOWED_HOSTS', 'wall.lan:8080', ['200', '200', '200', '101']);
at('a foreign name (DNS rebinding)', 'evil.example:8080', ['421', '421', '403', '403']);

for (const [name, host, outcome] of [
  ['a name that begins with an allowed one', 'wall.lan.evil.example', '421'],
  ['a name that ends with an allowed one', 'evil-wall.lan', '421'],
  ['a name below an allowed one', 'evil.wall.lan', '421'],
  ['a name that begins with an IP address', '127.0.0.1.evil.example', '421'],
  ['a name that begins with localhost', 'localhost.evil.example', '421'],
  ['an allowed name in letters that only look the same', 'wаll.lan', '421'],
  ['an allowed name as the user of a foreign one', 'wall.lan@evil.example', '421'],
  ['a foreign name as the user of an allowed one', 'evil.example@wall.lan', '421'],
  ['an allowed name with a path', 'wall.lan/evil.example', '421'],
  ['a port that is none', 'wall.lan:evil', '421'],
  ['the address 0x7f.1, which is 127.0.0.1', '0x7f.1', '200'],
  ['an empty name', '', '421'],
] as const) {
  attack(name, outcome, (to) => page(to, `Host: ${host}`));
}
attack('a foreign name with an allowed one in X-Forwarded-Host', '421', (to) =>
  page(to, 'Host: evil.example', 'X-Forwarded-Host: wall.lan', 'Forwarded: host=wall.lan'),
);
attack('no Host header', '400', (to) => page(to));
attack('a target that names a foreign host, with an allowed Host header', '421', (to) =>
  query(to, 'http://evil.example/graphql', 'Host: wall.lan'),
);
attack('a preflight under a foreign name', '421', ({ http }) =>
  status(http, [
    ...['OPTIONS /graphql HTTP/1.1', 'Host: evil.example', 'Origin: http://evil.example'],
    'Access-Control-Request-Method: POST',
  ]),
);
