import { hash } from 'node:crypto';
import { GraphQLError, parse, print, visit, type ASTNode } from 'graphql';
import { MAX_TOKENS } from './limits';

/** What of a request says which document is meant. */
export interface Asked {
  readonly query?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Spellings of known documents that are remembered, so that each is parsed once. */
const MAX_SPELLINGS = 1_000;

/** The only documents that are executed, where the setting PERSISTED_DOCUMENTS names a list. */
export class KnownDocuments {
  private readonly byHash: ReadonlyMap<string, string>;
  private readonly byMeaning: ReadonlyMap<string, string>;
  private readonly spellings = new Map<string, string>();

  /** @param documents as codegen writes them (persisted-documents.json): texts under whatever hash the clients send */
  constructor(documents: Readonly<Record<string, string>>) {
    const texts = Object.values(documents);
    this.byHash = new Map([...texts.map((text): [string, string] => [sha256(text), text]), ...Object.entries(documents)]);
    this.byMeaning = new Map(texts.map((text) => [meaningOf(text), text]));
  }

  /**
   * Asked for by text, in whatever order and layout, or by hash alone as automatic persisted queries are
   * (`extensions.persistedQuery.sha256Hash`).
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND
   */
  textOf({ query, extensions }: Asked): string {
    // Unchecked JSON of a client.
    const { sha256Hash } = Object(extensions?.['persistedQuery']) as { sha256Hash?: unknown };
    const asked = typeof query === 'string' && query !== '' ? query : undefined;
    const hash = asked !== undefined ? sha256(asked) : typeof sha256Hash === 'string' ? sha256Hash : '';
    const text = this.byHash.get(hash) ?? this.spellings.get(hash) ?? (asked !== undefined ? this.learn(asked, hash) : undefined);
    if (text !== undefined) return text;
    throw new GraphQLError('Only documents that this server knows are executed. Add yours to the file of PERSISTED_DOCUMENTS.', {
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
  }

  private learn(asked: string, hash: string): string | undefined {
    const text = this.byMeaning.get(meaningOf(asked));
    if (text !== undefined) {
      for (const oldest of this.spellings.keys()) {
        if (this.spellings.size < MAX_SPELLINGS) break;
        this.spellings.delete(oldest);
      }
      this.spellings.set(hash, text);
    }
    return text;
  }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The same for all documents that ask the same: codegen sorts what it registers, and clients send what was written. */
function meaningOf(text: string): string {
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
    // No document, or a larger one than is ever executed.
    return text;
  }
}

function sorted<T extends ASTNode>(nodes: readonly T[]): T[] {
  const texts = new Map(nodes.map((node) => [node, print(node)]));
  return [...nodes].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}
