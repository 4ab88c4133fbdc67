import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { MessageId } from '../../electron/shared/ids.ts';
import type { Finding, FindingKind } from '../../electron/shared/screening.ts';
import { hiddenCharacters, isHiddenText, shownText } from '../../electron/shared/shown-text.ts';
import type { Screened } from '../../electron/shared/shown-text.ts';
import { useApi } from './api-context.tsx';

/** What may be shown and used of a text in which something was noticed. */
export type ScreenedAnswer = {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly allowed: ReadonlySet<FindingKind>;
  /** Not one word of it is shown, copied or spoken. */
  readonly isHidden: boolean;
  /** What may be copied, read aloud or put elsewhere. */
  readonly shownText: string;
  /** The characters in it that nobody sees. */
  readonly hidden: ReturnType<typeof hiddenCharacters>;
  readonly allow: (kind: FindingKind, isAllowed: boolean) => void;
};

type Chosen = { readonly of: string | null; readonly kinds: ReadonlyMap<FindingKind, boolean> };

/** What a person decides over. */
type Subject = {
  /** What was decided holds for as long as this is the same. */
  readonly id: string | null;
  /** The stored answer that keeps it; null for one that is not kept, or not whole yet. */
  readonly messageId: MessageId | null;
};

/** What a person decides of an answer in which something was noticed. */
export function useScreenedAnswer(
  { id, messageId }: Subject,
  text: string,
  { findings, allowed: stored }: Screened,
): ScreenedAnswer {
  const { query, queryClient } = useApi();
  const { mutate } = useMutation(
    query.conversations.allowFindings.mutationOptions({
      // Where it is drawn again, and where it is looked for, it is as it was chosen.
      onSuccess: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: query.conversations.open.key() }),
          queryClient.invalidateQueries({ queryKey: query.search.key() }),
        ]),
    }),
  );
  const [{ of, kinds: made }, setChosen] = useState<Chosen>({ of: id, kinds: new Map() });
  const chosen = of === id ? made : null;
  const allowed = useMemo(() => {
    const kinds = new Set(stored);
    for (const [kind, isAllowed] of chosen ?? []) {
      if (isAllowed) kinds.add(kind);
      else kinds.delete(kind);
    }
    return kinds;
  }, [stored, chosen]);
  return useMemo(() => {
    const screened = { findings, allowed: [...allowed] };
    return {
      text,
      findings,
      allowed,
      isHidden: isHiddenText(screened),
      shownText: shownText(text, screened),
      hidden: hiddenCharacters(text, findings),
      allow: (kind: FindingKind, isAllowed: boolean): void => {
        setChosen({ of: id, kinds: new Map(chosen ?? []).set(kind, isAllowed) });
        const kinds = new Set(allowed);
        if (isAllowed) kinds.add(kind);
        else kinds.delete(kind);
        if (messageId !== null) mutate({ messageId, kinds: [...kinds] });
      },
    };
  }, [id, messageId, text, findings, allowed, chosen, mutate]);
}
