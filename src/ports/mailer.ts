export interface Mail {
  /** E-mail address of the recipient. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The recipient's address was refused for good, or the mail was accepted for delivery. */
export type MailOutcome = 'accepted' | 'refused';

/** Hands mails to a mail server. */
export interface Mailer {
  /**
   * Bounded in time. A mail may have been accepted although the call rejects, so sending it again can deliver it twice.
   * @throws Error if the server is unreachable or refuses for now; sending again may succeed
   */
  send(mail: Mail): Promise<MailOutcome>;
}
