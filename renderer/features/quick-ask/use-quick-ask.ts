import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { WindowPage } from '../../../electron/shared/desktop.ts';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { canUse, oneKeyPresets } from './one-key-presets.ts';
import type { QuickContext } from './quick-context.ts';
import { useFreshStart } from './use-fresh-start.ts';
import { useFrontApp } from './use-front-app.ts';
import { useQuickQuestion } from './use-quick-question.ts';

/** Where an ordinary page goes, which has no main window beside it. */
export type QuickAskWays = {
  readonly toChat: (id: ConversationId) => void;
  readonly toPage: (page: WindowPage) => void;
};

const noPresets: readonly Preset[] = [];

/** The window around the page: it warms the model, hides, and shows pages of the other one. */
function useQuickWindow(ways: QuickAskWays) {
  const { client, door } = useApi();
  const isWindow = door.kind === 'desktop';
  // A call that is lost with the line is made again by the next key.
  const lost = (): void => undefined;
  return {
    isWindow,
    warm: () => void client.quickAsk.warm().catch(lost),
    hide: () => void (isWindow ? client.quickAsk.hide().catch(lost) : undefined),
    show: (page: WindowPage) => void (isWindow ? client.quickAsk.show({ page }).catch(lost) : ways.toPage(page)),
  };
}

/** What is typed, and what it is about. */
function useWriting(field: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState('');
  const [context, setContext] = useState<QuickContext | null>(null);
  const focus = (): void => field.current?.focus();
  useEffect(() => field.current?.focus(), [field]);
  return {
    text,
    context,
    setText,
    setContext: (next: QuickContext | null): void => {
      setContext(next);
      focus();
    },
    /** The next key begins the next question. */
    select: (): void => {
      focus();
      field.current?.select();
    },
    clear: (): void => {
      setText('');
      setContext(null);
      focus();
    },
  };
}

/** Everything that the page does. */
export function useQuickAsk(ways: QuickAskWays) {
  const { query, queryClient } = useApi();
  const field = useRef<HTMLTextAreaElement>(null);
  const { isWindow, warm, hide, show } = useQuickWindow(ways);
  const { text, context, setText, setContext, select, clear } = useWriting(field);
  const question = useQuickQuestion();
  const frontApp = useFrontApp();
  const known = useQuery(query.presets.list.queryOptions()).data;
  const presets = oneKeyPresets(known ?? noPresets);
  const renew = (): void => {
    question.drop();
    frontApp.clear();
    clear();
  };
  const onFresh = (): void => {
    warm();
    renew();
  };
  const { noteAct } = useFreshStart({ field, isTaking: frontApp.isTaking, onFresh });
  const canAsk = text.trim() !== '';
  const ask = (preset: Preset | null): void => {
    // What is there was asked before the window went.
    if (noteAct()) return;
    if (preset === null ? !canAsk : !canUse(preset, text, context?.text ?? null)) return;
    frontApp.clear();
    question.ask({ text, context, preset });
    select();
  };
  /** What the key of a preset does; one that is pressed before the presets are known waits for them. */
  const askByKey = async (index: number): Promise<void> => {
    const all = known ?? (await queryClient.ensureQueryData(query.presets.list.queryOptions()));
    const preset = oneKeyPresets(all ?? noPresets)[index];
    if (preset !== undefined) ask(preset);
  };
  const write = (typed: string): void => {
    // The model may have been put away since the window came.
    if (!noteAct() && text === '') warm();
    setText(typed);
  };
  const choose = (next: QuickContext | null): void => {
    noteAct();
    setContext(next);
  };
  const take = async (from: 'selection' | 'clipboard'): Promise<void> => {
    const before = noteAct() ? null : context;
    setContext((await frontApp.take(from)) ?? before);
  };
  const keep = async (id: ConversationId): Promise<void> => {
    if (!(await frontApp.keep(id))) return;
    question.drop({ isKept: true });
    clear();
    if (!isWindow) ways.toChat(id);
  };
  const escape = (): void => {
    if (question.isBusy) return question.stop();
    renew();
    hide();
  };
  const state = { field, text, context, question, frontApp, presets, canAsk, isWindow };
  return { ...state, ask, askByKey, write, take, keep, escape, show, choose };
}
