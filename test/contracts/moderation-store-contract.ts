import { auditId, type AuditEntry, type Erasure, type Report } from '../../src/domain/moderation';
import type { ModerationStore } from '../../src/ports/moderation-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const report = (chatId: string, reporterId: string, minute = 0): Report => ({
  chatId,
  room: 'main',
  reporterId,
  reason: '광고 spam',
  createdAt: NOON + minute * 60_000,
});
const entry = (minute: number, work = 'a'): AuditEntry => ({
  id: auditId(NOON + minute * 60_000, work),
  at: NOON + minute * 60_000,
  actorId: 'user-1',
  actor: 'Mina_민아',
  action: 'HIDE_CHAT',
  subject: 'chat-1',
  details: '',
});
const erasure = (id: string, minute = 0): Erasure => ({
  id,
  at: NOON + minute * 60_000,
  actorId: 'user-1',
  actor: 'mina',
  kind: 'chat',
  chatId: 'chat-1',
  reason: 'spam',
});

export function moderationStoreContract(name: string, make: MakeSubject<ModerationStore>): void {
  describe(`${name} as a ModerationStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('a report for the moderators stays one after a restart', async () => {
      const shown = { ...report('c1', 'u1'), toModerators: true } as const;
      await store().addReport(shown);
      expect(await (await subject().reopen()).openReports(10)).toEqual([shown]);
    });

    test('open reports are listed oldest first, once per chat and reporter', async () => {
      expect(await store().addReport(report('c2', 'u1', 2))).toBe('stored');
      expect(await store().addReport(report('c1', 'u1', 3))).toBe('stored');
      expect(await store().addReport(report('c1', 'u2', 1))).toBe('stored');
      expect(await store().addReport(report('c1', 'u2', 9))).toBe('exists');
      const expected = [report('c1', 'u2', 1), report('c2', 'u1', 2), report('c1', 'u1', 3)];
      expect(await store().openReports(10)).toEqual(expected);
      expect(await store().openReports(2)).toEqual(expected.slice(0, 2));
      expect(await (await subject().reopen()).openReports(10)).toEqual(expected);
    });

    test('the reports of a chat are resolved together and stay resolved', async () => {
      await store().addReport(report('c1', 'u1', 1));
      await store().addReport(report('c1', 'u2', 2));
      await store().addReport(report('c10', 'u1', 3));
      expect(await store().resolveReports('c1')).toBe(2);
      expect(await store().resolveReports('c1')).toBe(0);
      expect(await store().resolveReports('unknown')).toBe(0);
      expect(await store().addReport(report('c1', 'u1', 4))).toBe('exists');
      expect(await store().openReports(10)).toEqual([report('c10', 'u1', 3)]);
    });

    test('of several concurrent reports of one chat by one reporter, one is stored', async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, (_, i) => store().addReport(report('c1', 'u1', i))));
      expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
      expect(await store().openReports(10)).toHaveLength(1);
    });

    test('a mute lasts until its time, is replaced by a newer one, and can be removed', async () => {
      await store().mute({ userId: 'u1', reason: 'a', until: NOON + 10 });
      await store().mute({ userId: 'u1', reason: 'b', until: NOON + 20 });
      await store().mute({ userId: 'u2', reason: 'c', until: NOON + 30 });
      await store().mute({ userId: 'u3', reason: 'd', until: NOON + 40 });
      await store().unmute('u3');
      await store().unmute('nobody');
      const reopened = await subject().reopen();
      expect([...(await reopened.activeMutes(NOON))].sort((a, b) => a.until - b.until)).toEqual([
        { userId: 'u1', reason: 'b', until: NOON + 20 },
        { userId: 'u2', reason: 'c', until: NOON + 30 },
      ]);
      expect(await reopened.activeMutes(NOON + 20)).toHaveLength(1);
      expect(await reopened.activeMutes(NOON + 30)).toEqual([]);
    });

    test('open reports are paged, also of one room', async () => {
      const ofSide = { ...report('c9', 'u1', 2), room: 'side' };
      for (const one of [report('c1', 'u1', 1), report('c1', 'u2', 1), ofSide, report('c2', 'u1', 3)])
        await store().addReport(one);
      const all = await store().openReports(10);
      expect(all).toHaveLength(4);
      expect(await store().openReports(2, undefined, all[1])).toEqual(all.slice(2));
      expect(await store().openReports(10, 'side')).toEqual([ofSide]);
      expect(await store().openReports(10, 'side', ofSide)).toEqual([]);
      expect(await store().openReports(10, 'none')).toEqual([]);
    });

    test('a mute in one room stands beside one in all rooms', async () => {
      const everywhere = { userId: 'u1', reason: 'a', until: NOON + 10 };
      const inSide = { userId: 'u1', room: 'side', reason: 'b', until: NOON + 20 };
      await store().mute(everywhere);
      await store().mute({ ...inSide, until: NOON + 5 });
      await store().mute(inSide);
      expect([...(await store().activeMutes(NOON))].sort((a, b) => a.until - b.until)).toEqual([everywhere, inSide]);
      await store().unmute('u1');
      expect(await store().activeMutes(NOON)).toEqual([inSide]);
      await store().unmute('u1', 'side');
      expect(await store().activeMutes(NOON)).toEqual([]);
    });

    test('entries of one room are paged, and go with its reports and mutes when it is removed', async () => {
      const inSide = (minute: number): AuditEntry => ({ ...entry(minute, 'side'), room: 'side' });
      for (const one of [entry(1), inSide(2), inSide(3), { ...entry(4), room: 'side-2' }]) await store().addAuditEntry(one);
      expect(await store().auditEntries(undefined, 10, 'side')).toEqual([inSide(3), inSide(2)]);
      expect(await store().auditEntries(undefined, 1, 'side')).toEqual([inSide(3)]);
      expect(await store().auditEntries(inSide(3).id, 10, 'side')).toEqual([inSide(2)]);
      await store().addReport({ ...report('c9', 'u1'), room: 'side' });
      await store().addReport(report('c1', 'u1'));
      await store().mute({ userId: 'u1', room: 'side', reason: 'b', until: NOON + 20 });
      await store().removeRoom('side');
      await store().removeRoom('side');
      expect(await store().auditEntries(undefined, 10)).toEqual([{ ...entry(4), room: 'side-2' }, entry(1)]);
      expect(await store().auditEntries(undefined, 10, 'side')).toEqual([]);
      expect(await store().openReports(10)).toEqual([report('c1', 'u1')]);
      expect(await store().activeMutes(NOON)).toEqual([]);
    });

    test('the audit log pages from the newest entry and stores each entry once', async () => {
      for (const minute of [3, 1, 2]) await store().addAuditEntry(entry(minute));
      await store().addAuditEntry(entry(2, 'b'));
      await store().addAuditEntry(entry(2, 'b'));
      const all = [entry(3), entry(2, 'b'), entry(2), entry(1)];
      const reopened = await subject().reopen();
      expect(await reopened.auditEntries(undefined, 10)).toEqual(all);
      expect(await reopened.auditEntries(undefined, 2)).toEqual(all.slice(0, 2));
      expect(await reopened.auditEntries(entry(2, 'b').id, 10)).toEqual(all.slice(2));
      expect(await reopened.auditEntries(entry(1).id, 10)).toEqual([]);
    });

    test('pending erasures are listed oldest first until they are done', async () => {
      const account: Erasure = { ...erasure('x', 1), kind: 'account', pseudonym: 'p', texts: 'keep' };
      await store().beginErasure(erasure('y', 2));
      await store().beginErasure(account);
      await store().beginErasure({ ...erasure('y', 9) });
      await store().beginErasure(erasure('z', 3));
      await store().endErasure('z');
      await store().endErasure('unknown');
      const reopened = await subject().reopen();
      expect(await reopened.pendingErasures(10)).toEqual([account, erasure('y', 2)]);
      expect(await reopened.pendingErasures(1)).toEqual([account]);
    });

    test('the retention offset of each partition is stored', async () => {
      expect(await store().retentionOffset(0)).toBe(0);
      await store().setRetentionOffset(0, 7);
      await store().setRetentionOffset(0, 12);
      await store().setRetentionOffset(15, 15 * 2 ** 40 + 3);
      const reopened = await subject().reopen();
      expect(await reopened.retentionOffset(0)).toBe(12);
      expect(await reopened.retentionOffset(1)).toBe(0);
      expect(await reopened.retentionOffset(15)).toBe(15 * 2 ** 40 + 3);
    });
  });
}
