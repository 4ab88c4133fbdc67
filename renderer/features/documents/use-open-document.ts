import type { DocumentId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { documentTarget, useEvidence } from '../../lib/evidence.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Opens a document in the viewer, from its beginning. */
export function useOpenDocument(): (id: DocumentId) => void {
  const { query, queryClient } = useApi();
  const evidence = useEvidence();
  const notify = useNotify();
  const words = useErrorWords();
  return (id) => {
    queryClient.fetchQuery(query.documents.get.queryOptions({ input: { id } })).then(
      (document) => evidence.open(documentTarget(document)),
      (error: unknown) => notify({ text: words(toFailure(error)), isProblem: true }),
    );
  };
}
