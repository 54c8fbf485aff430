// The server's rules, checked while the person types. The server checks them again.

export const checkUsername = (raw: string): boolean =>
  /^([a-z0-9_가-힣]{3,20}|[가-힣]{2})$/u.test(raw.normalize('NFKC').trim().toLowerCase());

export function checkPassword(raw: string): boolean {
  const bytes = new TextEncoder().encode(raw.normalize('NFC')).length;
  return bytes >= 8 && bytes <= 72 && /\p{L}/u.test(raw) && /\p{Nd}/u.test(raw);
}

export const checkEmail = (raw: string): boolean => /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u.test(raw.trim());

export const checkRoomId = (raw: string): boolean => /^[a-z0-9-]{1,40}$/.test(raw);

export const checkTitle = (raw: string): boolean => raw.trim() !== '' && [...raw.trim().normalize('NFC')].length <= 80;
