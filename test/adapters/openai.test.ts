import { OpenAiLetterModel, type OpenAiOptions } from '../../src/adapters/openai/openai-letter-model';
import { LetterError } from '../../src/ports/letter-model';
import { answers, FakeModelServer, GOOD_LETTER, scoresOf, type Answer } from '../support/fake-model-server';
import { until } from '../support/until';

const REQUEST = { instructions: 'Write.', data: '{"sample":[]}', maxOutputTokens: 500 };
const never = new AbortController().signal;

describe('the OpenAI letter model', () => {
  let server: FakeModelServer;
  beforeEach(async () => {
    server = await FakeModelServer.start();
  });
  afterEach(() => server.stop());
  const model = (options: Partial<OpenAiOptions> = {}) =>
    new OpenAiLetterModel({ apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'gpt-4o-mini', timeoutMs: 5_000, ...options });

  it('requests structured output with store: false and sends messages of people as data', async () => {
    const draft = await model().write(REQUEST, never);
    expect(draft).toEqual({
      letter: GOOD_LETTER,
      question: '',
      topics: ['weather'],
      scores: Array(8).fill(0.2),
      usage: { inputTokens: 1_000, outputTokens: 200 },
    });
    const [call] = server.calls;
    expect(call).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer sk-test' });
    expect(call?.body).toMatchObject({
      model: 'gpt-4o-mini',
      store: false,
      max_completion_tokens: 500,
      messages: [
        { role: 'system', content: 'Write.' },
        { role: 'user', content: '{"sample":[]}' },
      ],
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    });
  });

  it('sends temperature and effort only if they are set', async () => {
    await model().write(REQUEST, never);
    await model({ temperature: 0, effort: 'low' }).write(REQUEST, never);
    expect(server.calls[0]?.body).not.toHaveProperty('temperature');
    expect(server.calls[0]?.body).not.toHaveProperty('reasoning_effort');
    expect(server.calls[1]?.body).toMatchObject({ temperature: 0, reasoning_effort: 'low' });
  });

  const letterWith = (scores: unknown) => answers.letter(GOOD_LETTER, [], scores);
  it.each<[string, Answer, string]>([
    ['429', answers.status(429), 'rate-limited'],
    ['429 because the quota is used up', answers.status(429, {}, 'insufficient_quota'), 'rejected'],
    ['500', answers.status(500), 'server-error'],
    ['503', answers.status(503), 'server-error'],
    ['401', answers.status(401), 'rejected'],
    ['400', answers.status(400), 'rejected'],
    ['a body that breaks off', answers.cutOff(), 'cut-off'],
    ['a body that is no JSON', answers.notJson(), 'bad-json'],
    ['content that is no JSON', answers.content('Dear all, {'), 'bad-json'],
    ['a refusal', answers.refusal(), 'refused'],
    ['a filter', answers.filtered(), 'refused'],
    ['a stop at the length limit', answers.lengthStop(), 'too-long'],
    ['an answer of 1 MB', answers.huge(), 'too-large'],
    ['an empty object', answers.empty(), 'bad-form'],
    ['an unknown emotion', letterWith([...scoresOf(0.1).slice(1), { emotion: 'BLISS', score: 1 }]), 'bad-form'],
    ['an emotion missing', letterWith(scoresOf(0.1).slice(1)), 'bad-form'],
    ['an emotion twice', letterWith([...scoresOf(0.1).slice(1), { emotion: 'LOVE', score: 1 }]), 'bad-form'],
    ['NaN as null', letterWith([...scoresOf(0.1).slice(1), { emotion: 'JOY', score: null }]), 'bad-form'],
    ['NaN as text', letterWith([...scoresOf(0.1).slice(1), { emotion: 'JOY', score: 'NaN' }]), 'bad-form'],
    ['NaN bare', answers.content(`{"letter":"x","topics":[],"scores":[{"emotion":"JOY","score":NaN}]}`), 'bad-json'],
    ['a score above 1', letterWith([...scoresOf(0.1).slice(1), { emotion: 'JOY', score: 1.01 }]), 'bad-form'],
    ['a letter that is no text', answers.content('{"letter":7,"topics":[],"scores":[]}'), 'bad-form'],
  ])('reports the fault of %s', async (_, answer, fault) => {
    server.answer(answer);
    await expect(model().write(REQUEST, never)).rejects.toMatchObject({ name: 'LetterError', fault });
    expect(server.calls).toHaveLength(1);
  });

  it('reports the wait that the server asks for', async () => {
    server.answer(
      answers.status(429, { 'retry-after': '7' }),
      answers.status(503, { 'retry-after': 'Mon, 23 Nov 2026 00:00:30 GMT', date: 'Mon, 23 Nov 2026 00:00:00 GMT' }),
    );
    await expect(model().write(REQUEST, never)).rejects.toMatchObject({ details: { retryAfterMs: 7_000 } });
    await expect(model().write(REQUEST, never)).rejects.toMatchObject({ details: { retryAfterMs: 30_000 } });
  });

  it('reports the tokens used by an unusable answer', async () => {
    server.answer(answers.lengthStop());
    await expect(model().write(REQUEST, never)).rejects.toMatchObject({
      details: { usage: { inputTokens: 1_000, outputTokens: 200 } },
    });
  });

  it.each([
    ['an answer that never begins', answers.never()],
    ['a body that never ends', answers.headersThenNothing()],
  ])('times out on %s', async (_, answer) => {
    server.answer(answer);
    await expect(model({ timeoutMs: 50 }).write(REQUEST, never)).rejects.toMatchObject({ fault: 'timeout' });
  });

  it('reports a network fault if nothing listens', async () => {
    const url = server.baseUrl;
    const gone = model({ baseUrl: url.replace(/:\d+/, ':1') });
    await expect(gone.write(REQUEST, never)).rejects.toMatchObject({ fault: 'network' });
  });

  it('rejects when it is aborted, and makes no call if it is aborted before', async () => {
    server.answer(answers.never());
    const stop = new AbortController();
    const call = model().write(REQUEST, stop.signal);
    await until(() => server.calls.length === 1);
    stop.abort(new Error('stopping'));
    await expect(call).rejects.toThrow('stopping');
    await expect(model().write(REQUEST, stop.signal)).rejects.toThrow('stopping');
    expect(server.calls).toHaveLength(1);
  });

  it("keeps the server's error text out of its message", async () => {
    server.answer(answers.status(500));
    const error: unknown = await model()
      .write(REQUEST, never)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LetterError);
    expect(String(error)).toBe('LetterError: no letter: server-error');
  });
});
