import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { added } from './leak-guard';

const root = join(__dirname, '../..');

/** Runs jest on files of leaking/ and returns its output. */
let output: string;
beforeAll(async () => {
  const options = ['--testMatch', '**/leaking/*.ts', '--runInBand', '--forceExit', '--reporters', 'default'];
  const jest = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...options], { cwd: root });
  output = await text(jest.stderr);
});

test('fails a test file that leaves handles open, and names them', () => {
  expect(output).toMatch(/^FAIL .*untidy\.ts/m);
  const [, leaks = ''] = /left open: (.*)\. Close/.exec(output) ?? [];
  expect(leaks.split(', ').sort()).toEqual(['ProcessWrap', 'TCPServerWrap', 'TCPSocketWrap', 'TCPSocketWrap', 'Timeout']);
});

test('passes a test file that closes what it opened', () => {
  expect(output).toMatch(/^PASS .*\/tidy\.ts/m);
});

test('removes the temporary folder of a test file', () => {
  const [, folder = ''] = /folder (\/\S+)\s/.exec(output) ?? [];
  expect(folder).toMatch(/jungle-buzz-/);
  expect(existsSync(folder)).toBe(false);
});

test('ignores handles that were open before and handles that have closed', () => {
  expect(added(['Timeout', 'PipeWrap'], ['Timeout', 'Timeout', 'TCPServerWrap'])).toEqual(['Timeout', 'TCPServerWrap']);
});
