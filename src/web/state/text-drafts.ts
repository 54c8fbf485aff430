import { openStorage } from './browser-storage';
import { createStore } from './store';

const TEXT = 'jungle-buzz.text.';
const OWNER = 'jungle-buzz.text-owner';

/** What stands in the composer, by room. It survives a reload of the tab, and nobody but the person who typed it sees it. */
export class TextDrafts {
  readonly texts = createStore<ReadonlyMap<string, string>>(new Map());
  private readonly storage = openStorage(() => sessionStorage);

  /** @param person who is logged in, if anybody is */
  constructor(private person: string | null) {
    const stored = storedRooms().flatMap((room): [string, string][] => {
      const text = this.storage.getItem(TEXT + room);
      return text ? [[room, text]] : [];
    });
    this.texts.set(new Map(stored));
    this.changePerson(person);
  }

  set(room: string, text: string): void {
    this.texts.set(new Map(this.texts.get()).set(room, text));
    if (text === '') this.storage.removeItem(TEXT + room);
    else this.storage.setItem(TEXT + room, text);
    this.storage.setItem(OWNER, this.person ?? '');
  }

  /** A person who logs in keeps what they typed before as a reader, and not what somebody else typed. */
  changePerson(person: string | null): void {
    this.person = person;
    const owner = this.storage.getItem(OWNER) ?? '';
    if (person !== null && owner !== '' && owner !== person) this.clear();
    if (person !== null) this.storage.setItem(OWNER, person);
  }

  /** A person has another name now. */
  rename(before: string, after: string): void {
    if (this.storage.getItem(OWNER) === before) this.storage.setItem(OWNER, after);
  }

  clear(): void {
    for (const room of new Set([...this.texts.get().keys(), ...storedRooms()])) this.storage.removeItem(TEXT + room);
    this.storage.removeItem(OWNER);
    this.texts.set(new Map());
  }
}

function storedRooms(): string[] {
  try {
    return Object.keys(sessionStorage)
      .filter((key) => key.startsWith(TEXT))
      .map((key) => key.slice(TEXT.length));
  } catch {
    return [];
  }
}
