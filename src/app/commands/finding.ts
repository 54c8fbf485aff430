/** The result of one check. Unless the state is ok, `text` says what to do. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'bad';
  readonly about: string;
  readonly text: string;
}

export const ok = (about: string, text: string): Finding => ({ state: 'ok', about, text });
export const warn = (about: string, text: string): Finding => ({ state: 'warn', about, text });
export const bad = (about: string, text: string): Finding => ({ state: 'bad', about, text });
