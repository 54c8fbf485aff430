import { useState } from 'preact/hooks';
import { AuditLogDocument, type AuditLogQuery } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { useQuery, type Query } from '../../view/use-query';

export type Entry = AuditLogQuery['auditLog'][number];
const PAGE = 50;

interface Log {
  readonly query: Query<readonly Entry[]>;
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
}

/** The audit log, page by page. */
export function useAuditLog(): Log {
  const { session } = usePage();
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const query = useQuery(async () => {
    const { auditLog } = await session.run(AuditLogDocument, { before: null });
    setOlder([]);
    setHasMore(auditLog.length === PAGE);
    return auditLog;
  }, []);
  const entries = [...(query.data ?? []), ...older];
  const loadMore = async () => {
    const { auditLog } = await session.run(AuditLogDocument, { before: entries.at(-1)?.id ?? null });
    setOlder([...older, ...auditLog]);
    setHasMore(auditLog.length === PAGE);
  };
  return { query, entries, hasMore, loadMore };
}
