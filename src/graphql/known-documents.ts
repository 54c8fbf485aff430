import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';

/** What of a request says which document is meant. */
export interface Asked {
  readonly query?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The only documents that are executed, where the setting PERSISTED_DOCUMENTS names a list. */
export class KnownDocuments {
  private readonly byHash: ReadonlyMap<string, string>;

  /** @param documents as codegen writes them (persisted-documents.json): texts under whatever hash the clients send */
  constructor(documents: Readonly<Record<string, string>>) {
    const texts = Object.values(documents).map((text): [string, string] => [sha256(text), text]);
    this.byHash = new Map([...texts, ...Object.entries(documents)]);
  }

  /**
   * Asked for by text, or by hash alone as automatic persisted queries are (`extensions.persistedQuery.sha256Hash`).
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND
   */
  textOf({ query, extensions }: Asked): string {
    // Unchecked JSON of a client.
    const { sha256Hash } = Object(extensions?.['persistedQuery']) as { sha256Hash?: unknown };
    const hash = typeof query === 'string' && query ? sha256(query) : typeof sha256Hash === 'string' ? sha256Hash : '';
    const text = this.byHash.get(hash);
    if (text !== undefined) return text;
    throw new GraphQLError('Only documents that this server knows are executed. Add yours to the file of PERSISTED_DOCUMENTS.', {
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
