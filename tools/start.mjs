import { build, isStale } from './build.mjs';

if (isStale()) {
  process.stderr.write('Building what is new ...\n');
  try {
    build();
  } catch {
    process.stderr.write('The build failed, see above.\n');
    process.exit(1);
  }
}
// In this process and not in a child: signals and the exit code are the server's own.
await import(process.argv.length > 2 ? '../dist/cli/main.js' : '../dist/main.js');
