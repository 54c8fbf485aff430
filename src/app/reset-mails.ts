import { ResetMails } from '../accounts/reset-mails';
import { SmtpMailer } from '../adapters/smtp/smtp-mailer';
import { fixedUrl } from './addresses';
import type { Base } from './base';
import { repeatWork } from './repeat-work';

const CHECK_MS = 2_000;

/** The role worker: sends the mails with reset links. parseConfig refuses SMTP_URL without an address in PUBLIC_URL. */
export function openResetMails({ config, engine, clock, logger: parent, releasers }: Base, holder: string): void {
  const pageUrl = fixedUrl(config);
  if (!config.SMTP_URL || !pageUrl) return;
  const logger = parent.child({ part: 'reset-mails' });
  const mails = new ResetMails({
    resets: engine.passwordResetStore,
    users: engine.userStore,
    mailer: new SmtpMailer({
      url: config.SMTP_URL,
      from: config.MAIL_FROM ?? `Jungle Buzz <no-reply@${new URL(pageUrl).hostname}>`,
    }),
    ...{ lease: engine.lease, holder, clock, logger, pageUrl },
  });
  const failure = 'queued mails were not read; trying again';
  repeatWork({ logger, releasers }, 'reset mails', CHECK_MS, (signal) => mails.run(signal), failure);
}
