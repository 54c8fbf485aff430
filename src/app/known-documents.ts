import { readFileSync } from 'node:fs';
import type { Config } from '../config/config';
import { StartupError } from '../domain/startup-error';
import { KnownDocuments } from '../graphql/known-documents';

/** @throws StartupError if the file cannot be read, or has another format */
export function knownDocumentsOf({ PERSISTED_DOCUMENTS: path }: Config): KnownDocuments | undefined {
  if (path === undefined) return undefined;
  try {
    const documents = documentsOf(JSON.parse(readFileSync(path, 'utf8')));
    if (Object.values(documents).every((text) => typeof text === 'string'))
      return new KnownDocuments(documents as Record<string, string>);
  } catch {
    // The same error as for JSON in another format.
  }
  throw new StartupError(
    `PERSISTED_DOCUMENTS=${path} cannot be read. It must be the persisted-documents.json of codegen or a manifest of Apollo.`,
  );
}

/** Documents by id, from the flat object of codegen or from a manifest of Apollo. */
function documentsOf(file: unknown): Record<string, unknown> {
  const { format, operations } = file as { format?: unknown; operations?: readonly { id: string; body: unknown }[] };
  if (format !== 'apollo-persisted-query-manifest' || !operations) return file as Record<string, unknown>;
  return Object.fromEntries(operations.map(({ id, body }) => [id, body]));
}
