import { LOGIN_RULES } from './login-rules';
import { MESSAGE_RULES } from './message-rules';
import type { Rule } from './rule';
import { SOCKET_RULES } from './socket-rules';
import { SUBSCRIBE_RULES } from './subscribe-rules';

export const RULES: readonly Rule[] = [...LOGIN_RULES, ...SUBSCRIBE_RULES, ...MESSAGE_RULES, ...SOCKET_RULES];

/** The table of docs/protocol.md. */
export const tableOfRules = (): string =>
  ['| event | what the server does |', '| --- | --- |', ...RULES.map(({ when, then }) => `| ${when} | ${then} |`)].join('\n');
