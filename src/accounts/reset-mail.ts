import type { Locale } from '../domain/locale';
import type { Mail } from '../ports/mailer';

interface Wording {
  readonly subject: string;
  readonly greeting: (username: string) => string;
  readonly before: string;
  readonly link: string;
  readonly after: string;
}

const WORDINGS: Readonly<Record<Locale, Wording>> = {
  ko: {
    subject: 'Jungle Buzz 비밀번호를 다시 정해 주세요',
    greeting: (username) => `${username} 님, 안녕하세요.`,
    before: '아래 주소를 열면 새 비밀번호를 정할 수 있어요. 한 시간 안에 한 번만 쓸 수 있어요.',
    link: '새 비밀번호 정하기',
    after: '요청한 적이 없다면 이 메일을 지우셔도 돼요. 비밀번호는 바뀌지 않아요.',
  },
  en: {
    subject: 'Set a new password for Jungle Buzz',
    greeting: (username) => `Hello ${username},`,
    before: 'Open this address to set a new password. It works once, within one hour.',
    link: 'Set a new password',
    after: 'If you did not ask for this, delete this mail. Your password stays as it is.',
  },
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The mail with a reset link, as plain text and as HTML. */
export function resetMail(locale: Locale, username: string, url: string): Omit<Mail, 'to'> {
  const { subject, greeting, before, link, after } = WORDINGS[locale];
  return {
    subject,
    text: [greeting(username), before, url, after].join('\n\n') + '\n',
    html:
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${subject}</title></head><body>` +
      `<p>${escaped(greeting(username))}</p><p>${before}</p><p><a href="${escaped(url)}">${link}</a></p><p>${after}</p></body></html>\n`,
  };
}
