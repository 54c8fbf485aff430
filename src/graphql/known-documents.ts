import { hash } from 'node:crypto';
import { GraphQLError, parse, print, visit, type ASTNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_TOKENS } from './limits';

/** The parts of a request that identify its document. */
export interface DocumentRequest {
  readonly query?: string | undefined;
  /** GraphQL over HTTP, appendix A. */
  readonly documentId?: unknown;
  /** Relay and others. */
  readonly id?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Number of differently formatted texts of known documents that are cached, so that each is parsed once. */
const MAX_SPELLINGS = 1_000;

/** Whether the request identifies its document without sending it. */
export const namesDocument = ({ documentId, id, extensions }: Omit<DocumentRequest, 'query'>): boolean =>
  [documentId, id].some((value) => typeof value === 'string' && value !== '') ||
  (typeof extensions === 'object' && extensions !== null);

/** The hash of a document by which a request asks, wherever the clients of Apollo, Relay and others put it. */
function documentIdOf({ documentId, id, extensions }: DocumentRequest): string {
  // Unchecked JSON of a client.
  const { sha256Hash } = Object(extensions?.['persistedQuery']) as { sha256Hash?: unknown };
  const places = [documentId, id, extensions?.['documentId'], sha256Hash];
  const found = places.find((value): value is string => typeof value === 'string' && value !== '');
  return (found ?? '').replace(/^sha256:/, '');
}

/** The list of documents of the setting PERSISTED_DOCUMENTS: no other document is executed. */
export class KnownDocuments {
  private readonly byHash: ReadonlyMap<string, string>;
  private readonly byNormalForm: ReadonlyMap<string, string>;
  private readonly spellings = new LRUCache<string, string>({ max: MAX_SPELLINGS });

  /** @param documents in the format of codegen's persisted-documents.json: texts by the hash that clients send */
  constructor(documents: Readonly<Record<string, string>>) {
    const texts = Object.values(documents);
    this.byHash = new Map([...texts.map((text): [string, string] => [sha256(text), text]), ...Object.entries(documents)]);
    this.byNormalForm = new Map(texts.map((text) => [normalFormOf(text), text]));
  }

  /**
   * Finds the document by its text, in any order and layout, or by its hash alone: `documentId`, `id`, `extensions.documentId` or
   * `extensions.persistedQuery.sha256Hash`.
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND
   */
  textOf(request: DocumentRequest): string {
    const { query } = request;
    const asked = typeof query === 'string' && query !== '' ? query : undefined;
    const hash = asked !== undefined ? sha256(asked) : documentIdOf(request);
    const text = this.byHash.get(hash) ?? this.spellings.get(hash) ?? (asked !== undefined ? this.learn(asked, hash) : undefined);
    if (text !== undefined) return text;
    throw new GraphQLError(
      'This server executes registered documents only. Add the document to the file of PERSISTED_DOCUMENTS.',
      {
        extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
      },
    );
  }

  private learn(asked: string, hash: string): string | undefined {
    const text = this.byNormalForm.get(normalFormOf(asked));
    if (text !== undefined) this.spellings.set(hash, text);
    return text;
  }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** A normal form of the document: codegen sorts the documents that it registers, and clients send them as written. */
function normalFormOf(text: string): string {
  try {
    return print(
      visit(parse(text, { noLocation: true, maxTokens: MAX_TOKENS }), {
        Document: { leave: (node) => ({ ...node, definitions: sorted(node.definitions) }) },
        OperationDefinition: { leave: (node) => ({ ...node, variableDefinitions: sorted(node.variableDefinitions ?? []) }) },
        SelectionSet: { leave: (node) => ({ ...node, selections: sorted(node.selections) }) },
        Field: { leave: (node) => ({ ...node, arguments: sorted(node.arguments ?? []) }) },
      }),
    );
  } catch {
    // Not a document, or one above the token limit, which is never executed.
    return text;
  }
}

function sorted<T extends ASTNode>(nodes: readonly T[]): T[] {
  const texts = new Map(nodes.map((node) => [node, print(node)]));
  return [...nodes].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}
