import { fill } from '../../src/web/words/fill';
import { HALL_WORDS } from '../../src/web/words/hall';
import { ko } from '../../src/web/words/ko';
import { TestApp } from '../support/app';
import { TakeBackDocument } from '../support/generated/graphql';
import { barriers, PHONE } from './support/visit';
import { describeInBrowser } from './support/with-page';

const words = HALL_WORDS.ko;
let app: TestApp;

async function start(): Promise<string> {
  app = await TestApp.start({ RATE_LIMITS: 'off' });
  return app.app.urls.http;
}

describeInBrowser('the screen of a hall', start, (visitors) => {
  test('grows a card and a leaf for a note, and drops both when it is taken back, shows what the host wants, and catches up after it was offline', async () => {
    const person = await app.person();
    const ask = (query: string) => app.postRaw({ query }, person.accessToken);
    await ask('mutation { createRoom(input: { id: "hall", title: "강당" }) { id } }');
    const first = await app.send(person, '오늘 정말 기쁘고 고마운 하루예요', 'hall');
    const { page, context } = await visitors.open('/rooms/hall/screen', {
      locale: 'ko-KR',
      viewport: { width: 1280, height: 720 },
    });
    const card = (text: string) => page.locator('.card.placed').filter({ hasText: text });
    const leaves = page.locator('.leaf');
    await card(first.text).waitFor();
    const second = await app.send(person, '비가 와서 조금 슬퍼요', 'hall');
    await card(second.text).waitFor();
    expect(await leaves.count()).toBe(2);
    // The screen is nobody in the room.
    const { page: phone } = await visitors.open('/rooms/hall', { ...PHONE, locale: 'ko-KR' });
    await page.getByText(fill(words.here, { n: 1 })).waitFor();
    await phone.getByText(ko.alone, { exact: true }).waitFor();
    await phone.close();
    expect(await page.getByRole('img', { name: new URL(page.url()).origin }).isVisible()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    // 28 px at 1080 lines
    const smallest = await page.evaluate<number>(
      'Math.min(...[...document.querySelectorAll(".card p, figcaption span")].map((text) => parseFloat(getComputedStyle(text).fontSize)))',
    );
    expect(smallest).toBeGreaterThanOrEqual((28 * 720) / 1080);

    await app.ask(TakeBackDocument, { id: second.id }, person.accessToken);
    await page.getByText(second.text).waitFor({ state: 'detached' });
    expect(await leaves.count()).toBe(1);

    const setScreen = (state: string) => ask(`mutation { setScreen(room: "hall", state: ${state}) }`);
    await setScreen('BLANK');
    await card(first.text).waitFor({ state: 'detached' });
    expect(await page.locator('main').innerText()).toBe('');
    await setScreen('PAUSE');
    await page.getByText(words.paused).waitFor();
    const third = await app.send(person, '잠시 뒤에 나타나요', 'hall');
    await setScreen('SHOW');
    await card(third.text).waitFor();
    await app.ask(TakeBackDocument, { id: third.id }, person.accessToken);
    await page.getByText(third.text).waitFor({ state: 'detached' });

    await context.setOffline(true);
    await page.getByText(words.offline).waitFor();
    await app.ask(TakeBackDocument, { id: first.id }, person.accessToken);
    expect(await card(first.text).count()).toBe(1);
    await context.setOffline(false);
    await page.getByText(first.text).waitFor({ state: 'detached' });
    await page.getByText(words.empty).waitFor();
  }, 120_000);
});
