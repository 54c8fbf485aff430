/** Why the process does not start: one line for the operator that names the setting and says what to do. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
