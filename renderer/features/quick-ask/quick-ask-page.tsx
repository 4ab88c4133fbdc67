import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import type { WindowPage } from '../../../electron/shared/desktop.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import { useApi } from '../../api/api-context.tsx';
import { useDesktop } from '../../api/use-desktop.ts';
import { useDescription, useStatus } from '../../api/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AnswerTools } from './answer-tools.tsx';
import type { AnswerActions } from './answer-tools.tsx';
import { ContextChips } from './context-chips.tsx';
import { canUse, oneKeyPresets } from './one-key-presets.ts';
import { PresetKeys } from './preset-keys.tsx';
import { QuickAnswer } from './quick-answer.tsx';
import type { QuickContext } from './quick-context.ts';
import { QuickField } from './quick-field.tsx';
import { QuickFoot } from './quick-foot.tsx';
import { QuickFrame } from './quick-frame.tsx';
import { quickKey } from './quick-key.ts';
import { useFreshStart } from './use-fresh-start.ts';
import { useFrontApp } from './use-front-app.ts';
import { useQuickQuestion } from './use-quick-question.ts';

/** Where an ordinary page goes, which has no main window beside it. */
export type QuickAskWays = {
  readonly toChat: (id: ConversationId) => void;
  readonly toPage: (page: WindowPage) => void;
};

const noPresets: readonly Preset[] = [];

/** What is typed, what it is about, and what becomes of both. */
function useQuickAsk(ways: QuickAskWays) {
  const { client, query, door } = useApi();
  const isWindow = door.kind === 'desktop';
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [context, setContext] = useState<QuickContext | null>(null);
  const question = useQuickQuestion();
  const frontApp = useFrontApp();
  const presets = oneKeyPresets(useQuery(query.presets.list.queryOptions()).data ?? noPresets);
  const warm = (): void => {
    client.quickAsk.warm().catch(() => undefined);
  };
  const renew = (typed: string): void => {
    question.drop();
    frontApp.clear();
    setText(typed);
    setContext(null);
    field.current?.focus();
  };
  const { noteTyping } = useFreshStart({
    field,
    isTaking: frontApp.isTaking,
    onFresh: (typed) => {
      warm();
      renew(typed);
    },
  });
  useEffect(() => field.current?.focus(), []);
  const canAsk = text.trim() !== '';
  const ask = (preset: Preset | null): void => {
    if (preset === null ? !canAsk : !canUse(preset, text, context?.text ?? null)) return;
    frontApp.clear();
    question.ask({ text, context, preset });
    field.current?.focus();
    // The next key begins the next question.
    field.current?.select();
  };
  return {
    ...{ field, text, context, question, frontApp, presets, canAsk, ask, setContext },
    write: (typed: string): void => {
      // The model may have been put away since the window came.
      if (text === '') warm();
      noteTyping();
      setText(typed);
    },
    take: async (from: 'selection' | 'clipboard'): Promise<void> => {
      const taken = await frontApp.take(from);
      if (taken !== null) setContext(taken);
      field.current?.focus();
    },
    keep: async (id: ConversationId): Promise<void> => {
      if (!(await frontApp.keep(id))) return;
      question.drop({ isKept: true });
      renew('');
      if (!isWindow) ways.toChat(id);
    },
    escape: (): void => {
      if (question.isBusy) question.stop();
      else {
        renew('');
        if (isWindow) client.quickAsk.hide().catch(() => undefined);
      }
    },
    show: (page: WindowPage): void => {
      if (!isWindow) ways.toPage(page);
      else client.quickAsk.show({ page }).catch(() => undefined);
    },
    isWindow,
  };
}

type QuickAsk = ReturnType<typeof useQuickAsk>;

function actionsOf({ question: { asked, run }, frontApp, keep }: QuickAsk, canPaste: boolean): AnswerActions {
  const text = run?.text ?? '';
  const isThere = run !== null && run.state !== 'running' && text !== '';
  const id = asked?.conversationId ?? null;
  return {
    copy: text === '' ? null : () => void frontApp.copy(text),
    paste: canPaste && isThere ? () => void frontApp.paste(text) : null,
    continue: id === null || run?.state === 'forgotten' ? null : () => void keep(id),
  };
}

function useKeys(quickAsk: QuickAsk, actions: AnswerActions, isApple: boolean, takesPlainDigits: boolean) {
  return (event: KeyboardEvent): void => {
    // While an input method composes a character, its keys are its own.
    if (event.nativeEvent.isComposing) return;
    const isInField = event.target === quickAsk.field.current;
    const key = quickKey(event.nativeEvent, { isApple, isInField, takesPlainDigits });
    if (key === null) return;
    event.preventDefault();
    if (key.type === 'ask') quickAsk.ask(null);
    else if (key.type === 'escape') quickAsk.escape();
    else if (key.type !== 'preset') actions[key.type]?.();
    else {
      const preset = quickAsk.presets[key.index];
      if (preset !== undefined) quickAsk.ask(preset);
    }
  };
}

/** One question from anywhere: a field, what it is about, what one key does, the answer. */
export function QuickAskPage({ ways }: { readonly ways: QuickAskWays }) {
  const { t } = useTranslation(['quickAsk', 'window']);
  const quickAsk = useQuickAsk(ways);
  const { field, text, context, question, frontApp, presets, isWindow } = quickAsk;
  const front = useDesktop()?.frontApp;
  const isApple = useDescription()?.operatingSystem === 'darwin';
  const status = useStatus();
  const actions = actionsOf(quickAsk, front?.canPaste ?? false);
  const takesPlainDigits = text === '' && context !== null;
  const onKeyDown = useKeys(quickAsk, actions, isApple, takesPlainDigits);
  const modifier = isApple ? '⌘' : t('window:shortcuts.alt');
  const placeholder = context !== null ? 'placeholderContext' : question.asked ? 'placeholderAgain' : 'placeholder';
  const isProblem = frontApp.outcome?.isProblem === true;
  const isDirty = text !== '' || context !== null || question.asked !== null;
  const escape = question.isBusy ? 'escapeStop' : isWindow ? 'escape' : isDirty ? 'escapeClear' : null;
  return (
    <QuickFrame onKeyDown={onKeyDown}>
      <QuickField
        field={field}
        text={text}
        placeholder={t(placeholder)}
        canAsk={quickAsk.canAsk}
        isBusy={question.isBusy}
        onText={quickAsk.write}
        onContext={quickAsk.setContext}
        onAsk={() => quickAsk.ask(null)}
        onStop={question.stop}
      />
      <ContextChips
        context={context}
        reads={front?.reads ?? 'none'}
        isTaking={frontApp.isTaking}
        onTake={(from) => void quickAsk.take(from)}
        onRemove={() => {
          quickAsk.setContext(null);
          field.current?.focus();
        }}
      />
      {status?.model === null ? <NoModel onOpenModels={() => quickAsk.show('models')} /> : null}
      <PresetKeys
        presets={presets}
        text={text}
        context={context?.text ?? null}
        modifier={takesPlainDigits ? null : modifier}
        onChoose={quickAsk.ask}
      />
      <QuickAnswer
        question={question}
        onAgain={() => (question.asked === null ? undefined : question.ask(question.asked))}
        onOpenModels={() => quickAsk.show('models')}
      />
      <AnswerTools actions={actions} isApple={isApple} />
      <p role="status" className={classNames('px-5 text-sm empty:-mt-2.5', isProblem ? 'text-cloud' : 'text-soft')}>
        {frontApp.outcome?.text}
      </p>
      <QuickFoot escape={escape} hasAnswer={question.asked !== null} />
    </QuickFrame>
  );
}

function NoModel({ onOpenModels }: { readonly onOpenModels: () => void }) {
  const { t } = useTranslation('quickAsk');
  return (
    <div className="mx-4 flex items-center gap-3 rounded-md bg-cloud-wash px-3.5 py-2.5">
      <p className="min-w-0 flex-1 text-base">{t('noModel')}</p>
      <Button onClick={onOpenModels}>{t('openModels')}</Button>
    </div>
  );
}
