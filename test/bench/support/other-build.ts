import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Checks a commit out into a folder and builds its server. It uses the packages and the built page of this one. */
export function checkOut(reference: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-build-'));
  git('worktree', 'add', '--detach', folder, reference);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  execFileSync('npm', ['run', 'build:server'], { cwd: folder, stdio: 'inherit' });
  symlinkSync(resolve('dist/web'), join(folder, 'dist/web'));
  return folder;
}

/** Removes what `checkOut` made. */
export function removeCheckOut(folder: string): void {
  git('worktree', 'remove', '--force', folder);
  rmSync(folder, { recursive: true, force: true });
}

/** @returns the output of git */
export const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
