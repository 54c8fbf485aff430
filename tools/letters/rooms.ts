/** The four rooms of the simulated month: who writes there, and which moods each day brings. */
export interface SimulatedRoom {
  readonly id: string;
  readonly title: string;
  /** File of the notes: lines under `# tag`, one note a line. */
  readonly notes: string;
  /** People, with the day on which each joins. */
  readonly people: readonly { readonly name: string; readonly from: number }[];
  /** Plan of a day, 0 to 29; day 0 is a Monday. */
  readonly plan: (day: number) => DayPlan;
}

export interface DayPlan {
  /** Number of notes. */
  readonly notes: number;
  /** Weights of the tags of notes. */
  readonly moods: Readonly<Record<string, number>>;
  /** Weights from this hour after the start of the window on. */
  readonly turn?: { readonly hour: number; readonly moods: Readonly<Record<string, number>> };
  /** Hours after the start of the window (09:50) in which people write. */
  readonly from: number;
  readonly to: number;
  /** Whether somebody writes a note at about three at night. */
  readonly night?: boolean;
}

const from = (day: number, ...names: readonly string[]) => names.map((name) => ({ name, from: day }));
const isWeekend = (day: number): boolean => day % 7 > 4;

const bootcamp: SimulatedRoom = {
  id: 'bootcamp',
  title: '몰입캠프 7기',
  notes: 'bootcamp.txt',
  people: [
    ...from(0, 'jiho', 'minseo', 'taeyang', 'yuna', 'doyun', 'sora', 'hyunwoo', 'nari', 'gaeun', 'seojun'),
    ...from(5, 'bora', 'chan'),
    ...from(20, 'dahye', 'eunji', 'kangmin'),
  ],
  plan(day) {
    const hours = { from: 0.5, to: 14 };
    if (day === 15) {
      const after = { relief: 4, joy: 4, thanks: 2, tired: 1 };
      return { ...hours, notes: 34, moods: { worry: 5, cheer: 3, study: 1 }, turn: { hour: 6, moods: after } };
    }
    if (day === 14) return { ...hours, notes: 30, moods: { worry: 7, cheer: 3, tired: 2, study: 2 }, night: true };
    if (day >= 9 && day < 14) {
      return {
        ...hours,
        notes: 20 + day,
        moods: { worry: 4, study: 4, tired: 2, cheer: 1, thanks: 1, sad: 0.5 },
        night: day === 12,
      };
    }
    if (day === 16) return { ...hours, notes: 22, moods: { joy: 5, relief: 3, thanks: 2, hope: 1 } };
    if (day === 19) return { ...hours, notes: 26, moods: { congrats: 4, sad: 3, thanks: 2, joy: 2, hope: 1 } };
    if (day === 23) return { ...hours, notes: 24, moods: { anger: 5, tired: 3, study: 2, cheer: 1 } };
    if (day >= 27)
      return { ...hours, notes: 26, moods: { hope: 3, worry: 1, joy: 4, thanks: 2, congrats: day === 29 ? 4 : 0, cheer: 1 } };
    if (isWeekend(day)) return { ...hours, from: 3, notes: 8, moods: { hope: 2, joy: 2, tired: 1, study: 2 } };
    const ordinary = { study: 6, joy: 2, tired: 1.5, thanks: 1, hope: 1, worry: 1, anger: day % 4 === 1 ? 1 : 0 };
    return { ...hours, notes: 16 + (day % 5) * 2, moods: ordinary, night: day === 3 || day === 22 };
  },
};

const club: SimulatedRoom = {
  id: 'club',
  title: '합창 동아리 물결',
  notes: 'club.txt',
  people: [
    ...from(0, 'alto_an', 'bass_bae', 'tenor_do', 'soprano_ha', 'jiwon', 'mirae', 'conductor_oh'),
    ...from(17, 'newbie_ryu'),
  ],
  plan(day) {
    const hours = { from: 6, to: 14 };
    if (day >= 6 && day <= 9) return { ...hours, notes: 0, moods: {} };
    if (day === 21) {
      return {
        ...{ from: 1, to: 15, notes: 30, moods: { worry: 4, cheer: 4, neutral: 2 } },
        turn: { hour: 9, moods: { joy: 5, love: 4, congrats: 3 } },
      };
    }
    if (day === 22) return { ...hours, from: 2, notes: 18, moods: { love: 4, sad: 3, joy: 3, congrats: 1 } };
    if (day > 16 && day < 21)
      return { ...hours, notes: 12 + day - 16, moods: { worry: 4, tired: 2, neutral: 3, hope: 2, cheer: 1 } };
    if (day % 7 === 3) return { ...hours, notes: 16, moods: { joy: 4, love: 3, neutral: 3, tired: 1, calm: 1 } };
    return {
      ...hours,
      notes: 4 + (day % 4) * 2,
      moods: { neutral: 4, calm: 2, hope: 2, love: 1, joy: 1, worry: 1 },
      night: day === 25,
    };
  },
};

const family: SimulatedRoom = {
  id: 'family',
  title: '우리집',
  notes: 'family.txt',
  people: from(0, 'mom', 'dad', 'daughter', 'halmoni'),
  plan(day) {
    const hours = { from: 0, to: 13 };
    if ([1, 2, 5, 6, 7, 8, 17, 23, 24].includes(day)) return { ...hours, notes: 0, moods: {} };
    if (day >= 11 && day < 13) return { ...hours, notes: 5, moods: { worry: 4, love: 1, sad: 1 } };
    if (day === 13) return { ...hours, notes: 7, moods: { worry: 3, sad: 1 }, turn: { hour: 6, moods: { relief: 4, love: 1 } } };
    if (day === 16) return { ...hours, notes: 6, moods: { joy: 3, relief: 1, love: 2 } };
    if (day === 20) return { ...hours, notes: 8, moods: { congrats: 3, joy: 2, love: 2 } };
    if (day === 26) return { ...hours, notes: 6, moods: { tired: 2, joy: 2, neutral: 1 } };
    return { ...hours, notes: 1 + (day % 3) * 2, moods: { neutral: 4, love: 1, calm: 2 } };
  },
};

const office: SimulatedRoom = {
  id: 'office',
  title: 'Third Floor',
  notes: 'office.txt',
  people: [
    ...from(0, 'amara', 'ben', 'chloe', 'dmitri', 'elena', 'farid', 'grace'),
    ...from(14, 'hugo'),
    ...from(21, 'ines', 'jonas', 'kate'),
  ],
  plan(day) {
    const hours = { from: 0, to: 9 };
    if (day === 12) return { ...hours, notes: 1, moods: { tired: 1 } };
    if (isWeekend(day)) return { ...hours, notes: 0, moods: {} };
    if (day === 10) {
      const after = { relief: 5, thanks: 3, joy: 1 };
      return {
        from: 0,
        to: 14,
        notes: 24,
        moods: { worry: 5, anger: 2, cheer: 1 },
        turn: { hour: 6, moods: after },
        night: true,
      };
    }
    if (day === 8 || day === 9) return { ...hours, notes: 15, moods: { worry: 4, neutral: 3, tired: 3, cheer: 2 } };
    if (day === 11) return { ...hours, notes: 20, moods: { joy: 5, thanks: 4, tired: 1, congrats: 1 } };
    if (day === 18) return { ...hours, notes: 14, moods: { sad: 5, thanks: 3, neutral: 1 } };
    if (day === 22) return { ...hours, notes: 13, moods: { anger: 4, tired: 3, neutral: 2 } };
    if (day === 25) return { ...hours, notes: 18, moods: { joy: 4, congrats: 3, hope: 1, thanks: 1 } };
    return { ...hours, notes: 8 + (day % 4) * 2, moods: { neutral: 5, calm: 1.5, thanks: 1, joy: 1, hope: 1, tired: 0.5 } };
  },
};

export const ROOMS: readonly SimulatedRoom[] = [bootcamp, club, family, office];
