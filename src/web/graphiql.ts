import 'graphiql/graphiql.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { loadEndpoints } from './endpoints';
import { EXAMPLES } from './examples';

async function open(): Promise<void> {
  const { http, ws } = await loadEndpoints();
  const fetcher = createGraphiQLFetcher({ url: http, subscriptionUrl: ws });
  const root = document.getElementById('graphiql');
  if (!root) return;
  createRoot(root).render(
    createElement(GraphiQL, {
      fetcher,
      defaultTabs: EXAMPLES.map((query) => ({ query, headers: '' })),
      shouldPersistHeaders: true,
      defaultEditorToolsVisibility: 'headers',
    }),
  );
}

void open();
