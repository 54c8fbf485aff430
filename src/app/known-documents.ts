import { readFileSync } from 'node:fs';
import type { Config } from '../config/config';
import { StartupError } from '../domain/startup-error';
import { KnownDocuments } from '../graphql/known-documents';

/** @throws StartupError if the file cannot be read as an object of texts */
export function knownDocumentsOf({ PERSISTED_DOCUMENTS: path }: Config): KnownDocuments | undefined {
  if (path === undefined) return undefined;
  try {
    const documents = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    if (Object.values(documents).every((text) => typeof text === 'string'))
      return new KnownDocuments(documents as Record<string, string>);
  } catch {
    // The same answer as for JSON of another kind.
  }
  throw new StartupError(`PERSISTED_DOCUMENTS=${path} is no JSON file of documents by hash, as codegen writes it.`);
}
