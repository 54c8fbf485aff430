import type { Browser, Page } from 'playwright-core';
import { ko } from '../../src/web/words/ko';

const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, locale: 'ko-KR' } as const;

/** Somebody who scans the code of the screen with a phone, and writes as a guest. */
export class Visitor {
  private isGuest = false;

  private constructor(readonly page: Page) {}

  static async scan(browser: Browser, address: string): Promise<Visitor> {
    const page = await browser.newPage(PHONE);
    await page.goto(address);
    await page.locator('.note').first().waitFor();
    return new Visitor(page);
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: ko.write }).fill(text);
    await this.page.getByRole('button', { name: ko.send }).click();
    if (!this.isGuest) await this.page.getByRole('button', { name: ko['as-guest'] }).click();
    this.isGuest = true;
    await this.own(text).getByText(ko.mine).waitFor();
  }

  /** Resolves when the note is erased for everybody: it can be undone for five seconds. */
  async takeBack(text: string): Promise<void> {
    await this.own(text).getByRole('button', { name: ko['about-note'] }).click();
    await this.page.getByRole('button', { name: ko['take-back'], exact: true }).click();
    await this.page.getByText(ko.undo).waitFor();
    await this.page.getByText(ko.undo).waitFor({ state: 'detached' });
  }

  private own(text: string) {
    return this.page.locator('.notes').getByRole('listitem').filter({ hasText: text });
  }
}
