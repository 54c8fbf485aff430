/** Takes the token of a link for a new password out of the address, before anything else can see or keep it. */
export function takeResetToken(): string | null {
  const { pathname, searchParams } = new URL(location.href);
  if (!/^\/reset\/?$/.test(pathname)) return null;
  const token = searchParams.get('token');
  history.replaceState(null, '', '/reset');
  return token;
}
