import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
}

interface Shifts {
  readonly sum: number;
  readonly moved: readonly string[];
}

/** The sum of layout shifts without a recent click or key, and what they moved. */
const COUNT_SHIFTS = `
  window.layoutShifts = { sum: 0, moved: [] };
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources, startTime } of list.getEntries()) {
      if (hadRecentInput) continue;
      window.layoutShifts.sum += value;
      for (const { node, previousRect, currentRect } of sources) {
        window.layoutShifts.moved.push([Math.round(startTime), node?.className || node?.nodeName, previousRect.y, '->', currentRect.y].join(' '));
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Failed requests, and a header that has no effect over plain HTTP. */
const EXPECTED = /net::ERR_|WebSocket connection to|Cross-Origin-Opener-Policy header has been ignored/;

/**
 * Largest sum of layout shifts of a page. Unset, they are not checked: whether an answer comes within 500 ms of a click, which
 * excuses a shift, depends on how busy the machine is.
 */
const MAX_LAYOUT_SHIFT = Number(process.env['MAX_LAYOUT_SHIFT'] ?? Infinity);

/** Opens pages, and collects everything that must never happen in one. */
export class Visitors {
  /** Errors on the console, failed scripts, requests to other hosts, and layout shifts (see MAX_LAYOUT_SHIFT). */
  readonly problems: string[] = [];
  private readonly contexts = new Set<BrowserContext>();

  constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  async open(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({
      locale: 'en-US',
      serviceWorkers: 'block',
      viewport: { width: 1100, height: 760 },
      ...options,
    });
    this.contexts.add(context);
    return { context, page: await this.tab(context, path) };
  }

  /** Another tab of the same browser. */
  async tab(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    page.on('console', (message) => {
      // Chromium logs every request that fails; the page reports those itself.
      const ofThePage = /status of 404/.test(message.text()) && message.location().url === page.url();
      if (message.type() === 'error' && !ofThePage && !EXPECTED.test(message.text())) this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!/^(data|blob):$/.test(url.protocol) && url.hostname !== new URL(this.origin).hostname)
        this.problems.push(`request to ${request.url()}`);
    });
    await page.addInitScript({ content: COUNT_SHIFTS });
    await page.goto(`${this.origin}${path}`);
    return page;
  }

  /** Closes all pages. @returns what went wrong in them */
  async leave(): Promise<string[]> {
    for (const context of this.contexts) {
      for (const page of context.pages()) {
        const { sum, moved } = await page.evaluate<Shifts>('window.layoutShifts').catch(() => ({ sum: 0, moved: [] }));
        if (sum > MAX_LAYOUT_SHIFT) this.problems.push(`layout shift of ${sum.toFixed(3)} at ${page.url()}: ${moved.join(', ')}`);
      }
      await context.close();
    }
    this.contexts.clear();
    return this.problems.splice(0);
  }
}

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** Ends all transitions and animations, so that axe sees the final colours. */
const STAND_STILL = `
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; animation-duration: 0s !important; animation-delay: 0s !important }');
  document.adoptedStyleSheets.push(still);
`;

/** Findings of axe-core that are serious or critical. */
export async function barriers(page: Page): Promise<string[]> {
  // As a string: the page's Content-Security-Policy forbids scripts from elsewhere.
  await page.evaluate(axe.source);
  await page.evaluate(`{ ${STAND_STILL} }`);
  const violations = await page.evaluate<Finding[]>('axe.run().then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${page.url()}: ${nodes.map(({ html }) => html).join(' ')}`);
}

export const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true };

/** The accessible names of the controls. */
export const NAMES = {
  ko: {
    logIn: '로그인',
    signUp: '회원가입',
    name: '아이디',
    login: '아이디 또는 이메일',
    password: '비밀번호',
    write: '지금 마음을 남겨 보세요',
    send: '보내기',
  },
  en: {
    logIn: 'Log in',
    signUp: 'Sign up',
    name: 'Username',
    login: 'Username or e-mail',
    password: 'Password',
    write: 'What is on your mind?',
    send: 'Send',
  },
} as const;

export type Names = (typeof NAMES)['ko' | 'en'];

export async function signUp(page: Page, names: Names, username: string, password = 'quiet-otter-7'): Promise<void> {
  await page.getByRole('button', { name: names.logIn, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: names.signUp }).click();
  await page.getByRole('dialog', { name: names.signUp }).waitFor();
  await dialog.getByLabel(names.name, { exact: true }).fill(username);
  await dialog.getByLabel(names.password, { exact: true }).fill(password);
  await dialog.getByRole('button', { name: names.signUp }).click();
  await dialog.waitFor({ state: 'detached' });
}

export async function write(page: Page, names: Names, text: string): Promise<void> {
  await page.getByRole('textbox', { name: names.write }).fill(text);
  await page.getByRole('button', { name: names.send }).click();
}
