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

/** The audit log of the wall, or of one room, page by page. */
export function useAuditLog(room?: string): Log {
  const { session } = usePage();
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const query = useQuery(async () => {
    const { auditLog } = await session.run(AuditLogDocument, { before: null, ...(room !== undefined && { room }) });
    setOlder([]);
    setHasMore(auditLog.length === PAGE);
    return auditLog;
  }, [room]);
  const entries = [...(query.data ?? []), ...older];
  const loadMore = async () => {
    const { auditLog } = await session.run(AuditLogDocument, {
      before: entries.at(-1)?.id ?? null,
      ...(room !== undefined && { room }),
    });
    setOlder([...older, ...auditLog]);
    setHasMore(auditLog.length === PAGE);
  };
  return { query, entries, hasMore, loadMore };
}
