import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { added } from './leak-guard';

const root = join(__dirname, '../..');

/** What a jest of its own says about the files of leaking/. */
let output: string;
beforeAll(async () => {
  const options = ['--testMatch', '**/leaking/*.ts', '--runInBand', '--forceExit', '--reporters', 'default'];
  const jest = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...options], { cwd: root });
  output = await text(jest.stderr);
});

test('a test file that leaves something open fails, and hears what it is', () => {
  expect(output).toMatch(/^FAIL .*untidy\.ts/m);
  const [, leaks = ''] = /leaves open: (.*)\. Close/.exec(output) ?? [];
  expect(leaks.split(', ').sort()).toEqual(['ProcessWrap', 'TCPServerWrap', 'TCPSocketWrap', 'TCPSocketWrap', 'Timeout']);
});

test('a test file that closes what it opened passes', () => {
  expect(output).toMatch(/^PASS .*\/tidy\.ts/m);
});

test('the folder of a test file is gone afterwards', () => {
  const [, folder = ''] = /folder (\/\S+)\s/.exec(output) ?? [];
  expect(folder).toMatch(/jungle-buzz-/);
  expect(existsSync(folder)).toBe(false);
});

test('what was open before does not count, nor what has gone', () => {
  expect(added(['Timeout', 'PipeWrap'], ['Timeout', 'Timeout', 'TCPServerWrap'])).toEqual(['Timeout', 'TCPServerWrap']);
});
