interface Notice {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly lang: string;
  /** Path of the letter. */
  readonly url: string;
}

/** Shows what the server has sent. A notification replaces the one before with its tag. */
export async function showLetter(registration: ServiceWorkerRegistration, data: PushMessageData | null): Promise<void> {
  const { title, url, ...rest } = data?.json() as Notice;
  await registration.showNotification(title, { ...rest, icon: '/icon-192.png', badge: '/icon-192.png', data: url });
}

/** Opens the letter in a page that is open, or in a new one. */
export async function openLetter(clients: Clients, { data }: Notification): Promise<void> {
  const url = new URL(String(data), location.origin).href;
  const [open] = await clients.matchAll({ type: 'window' });
  const shown = await open?.focus().then(
    (client) => client.navigate(url),
    () => null,
  );
  if (!shown) await clients.openWindow(url);
}
