/** The few calls that a bench needs besides the load itself. */
export async function graphql<T>(url: string, query: string, variables: object, token?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map((error) => error.message).join('; '));
  return data;
}

/** Registers so many accounts. @returns their access tokens */
export async function registerUsers(url: string, count: number, prefix = 'bench'): Promise<string[]> {
  const tokens: string[] = [];
  for (let i = 0; i < count; i++) {
    const { register } = await graphql<{ register: { accessToken: string } }>(
      url,
      'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }',
      { input: { username: `${prefix}_${i}`, password: 'bench-pass-1' } },
    );
    tokens.push(register.accessToken);
  }
  return tokens;
}
