/**
 * Asks the registry for known advisories of what production installs. Exit code: 0 none that is high or critical, 1 there are, 2
 * nobody answered, so nothing is known.
 */
import { spawnSync } from 'node:child_process';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const report = parse(stdout ?? '');
const counts = report?.metadata?.vulnerabilities;

if (counts === undefined) {
  const why = error?.message ?? report?.message ?? report?.error?.summary ?? 'npm gave no report';
  // The address of a registry may hold credentials.
  console.error(
    `NOT CHECKED: the registry in use answers no audits (${String(why).replace(/ - .*| to https?:.*|https?:\S+/s, '')}).`,
  );
  console.error('Nothing is known about advisories. Ask one that does: npm_config_registry=ADDRESS npm run audit');
  process.exitCode = 2;
} else {
  const { total = 0, critical = 0, high = 0 } = counts;
  for (const { name, severity, range, fixAvailable } of Object.values(report.vulnerabilities ?? {})) {
    console.log(`${severity}: ${name} ${range}${fixAvailable ? ' (a fix is there)' : ''}`);
  }
  console.log(
    `${report.metadata.dependencies?.prod ?? 'All'} production dependencies: ${total} advisories, ${high} high, ${critical} critical.`,
  );
  process.exitCode = high + critical > 0 ? 1 : 0;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
