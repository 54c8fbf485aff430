import { loadEndpoints } from './endpoints';
import { EXAMPLES } from './examples';

declare global {
  interface Window {
    EmbeddedSandbox?: new (options: object) => unknown;
  }
}

const SCRIPT = 'https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js';

async function open(): Promise<void> {
  const { http, ws } = await loadEndpoints();
  const script = document.createElement('script');
  script.src = SCRIPT;
  script.onload = () => {
    if (!window.EmbeddedSandbox) return;
    new window.EmbeddedSandbox({
      target: '#sandbox',
      initialEndpoint: http,
      initialSubscriptionEndpoint: ws,
      endpointIsEditable: false,
      // It has no tabs to begin with: its run button offers each operation by name.
      initialState: { document: EXAMPLES.join('\n'), includeCookies: false },
    });
  };
  script.onerror = () => {
    const note = document.createElement('p');
    note.append('Apollo Sandbox comes from the internet and could not be loaded. ');
    note.append(Object.assign(document.createElement('a'), { href: '/graphiql', textContent: 'GraphiQL works offline.' }));
    document.getElementById('sandbox')?.replaceChildren(note);
  };
  document.head.append(script);
}

void open();
