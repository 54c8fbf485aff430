import { openLetter, showLetter } from './notifications';
import { sendWaiting, type SyncEvent } from './outbox-sync';
import { answer, install, removeOldVersions } from './shell';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(install()));

// A new version waits until the person lets it take over: the pages that are open belong to the version before.
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});

self.addEventListener('activate', (event) => event.waitUntil(removeOldVersions().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const response = answer(event);
  if (response) event.respondWith(response);
});

self.addEventListener('push', (event) => event.waitUntil(showLetter(self.registration, event.data)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openLetter(self.clients, event.notification));
});

self.addEventListener('sync', (event) => (event as SyncEvent).waitUntil(sendWaiting(self.clients)));
