/** The process cannot start. The message is one line for the operator: it names the setting and says what to do. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
