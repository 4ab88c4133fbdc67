import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { RefObject } from 'react';
import type { ConversationId, MessageId } from '../../../../electron/shared/ids.ts';
import type { Message } from '../../../../electron/shared/message.ts';
import { parseSearchQuery } from '../../../../electron/shared/search-query.ts';
import { isHiddenText, screenedOf } from '../../../../electron/shared/shown-text.ts';
import { useApi } from '../../../api/api-context.tsx';
import { useSettled } from '../../../lib/use-settled.ts';
import { clearMatches, paintMatches } from './paint-matches.ts';

const pauseMs = 120;

export type Find = {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly count: number;
  /** From 1; 0 while none is chosen. */
  readonly place: number;
  readonly isLooking: boolean;
  readonly step: (by: 1 | -1) => void;
};

/** Marks are painted again whenever something of the column was drawn anew, at most once a frame. */
function usePaintedMatches(frame: RefObject<HTMLElement | null>, query: string, currentId: MessageId | null): void {
  const terms = useMemo(() => parseSearchQuery(query), [query]);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    let handle = 0;
    const paint = (): void => {
      handle = 0;
      paintMatches(box, terms, currentId);
    };
    const observer = new MutationObserver(() => {
      if (handle === 0) handle = requestAnimationFrame(paint);
    });
    observer.observe(box, { childList: true, characterData: true, subtree: true });
    paint();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(handle);
      clearMatches();
    };
  }, [frame, terms, currentId]);
}

/** Looks for words in the shown branch, and goes from message to message. */
export function useFind(options: {
  readonly conversationId: ConversationId;
  readonly messages: readonly Message[];
  readonly frame: RefObject<HTMLElement | null>;
  /** Brings a message into sight without taking the focus out of the field. */
  readonly reveal: (id: MessageId) => void;
}): Find {
  const { conversationId, messages, frame, reveal } = options;
  const { query } = useApi();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), pauseMs);
  const found = useQuery({
    ...query.search.inConversation.queryOptions({ input: { conversationId, query: settled } }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  const hits = useMemo(() => {
    const shown = new Set(messages.flatMap((message) => (isHiddenText(screenedOf(message)) ? [] : [message.id])));
    return settled === '' ? [] : (found.data ?? []).filter((id) => shown.has(id));
  }, [found.data, messages, settled]);
  const [chosen, setChosen] = useState<{ readonly query: string; readonly id: MessageId } | null>(null);
  // What was found for other words begins at its newest place, for that is near what is on the screen already.
  const isChosen = chosen !== null && chosen.query === settled && hits.includes(chosen.id);
  const currentId = (isChosen ? chosen.id : hits.at(-1)) ?? null;
  const index = currentId === null ? -1 : hits.indexOf(currentId);
  usePaintedMatches(frame, settled, currentId);
  const showCurrent = useEffectEvent((id: MessageId) => reveal(id));
  useEffect(() => {
    if (currentId !== null) showCurrent(currentId);
  }, [currentId]);
  const step = (by: 1 | -1): void => {
    const id = hits[(index + by + hits.length) % hits.length];
    if (id !== undefined) setChosen({ query: settled, id });
  };
  // From the first letter on: a field that says "not found" before it has looked says something wrong.
  const isLooking = text.trim() !== settled || (settled !== '' && found.isFetching);
  return { text, setText, count: hits.length, place: index + 1, isLooking, step };
}
