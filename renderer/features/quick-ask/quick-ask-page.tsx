import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesktop } from '../../api/use-desktop.ts';
import { useDescription, useStatus } from '../../api/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { AnswerTools } from './answer-tools.tsx';
import type { AnswerActions } from './answer-tools.tsx';
import { ContextChips } from './context-chips.tsx';
import { PresetKeys } from './preset-keys.tsx';
import { QuickAnswer } from './quick-answer.tsx';
import { QuickField } from './quick-field.tsx';
import { QuickFoot } from './quick-foot.tsx';
import { QuickFrame } from './quick-frame.tsx';
import { quickKey } from './quick-key.ts';
import { useQuickAsk } from './use-quick-ask.ts';
import type { QuickAskWays } from './use-quick-ask.ts';

type QuickAsk = ReturnType<typeof useQuickAsk>;

function actionsOf({ question: { asked, run, screened }, frontApp, keep }: QuickAsk, canPaste: boolean): AnswerActions {
  const text = screened.shownText;
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
    // A list that did not come leaves the key without a meaning, as one without its preset.
    else quickAsk.askByKey(key.index).catch(() => undefined);
  };
}

/** What can be seen anyway is only said. */
const outcomeLooks = { silent: 'sr-only', done: 'px-5 text-sm text-soft', problem: 'px-5 text-sm text-cloud' } as const;

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
        onContext={quickAsk.choose}
        onAsk={() => quickAsk.ask(null)}
        onStop={question.stop}
      />
      <ContextChips
        context={context}
        reads={front?.reads ?? 'none'}
        isTaking={frontApp.isTaking}
        onTake={(from) => void quickAsk.take(from)}
        onRemove={() => quickAsk.choose(null)}
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
        onLook={actions.continue}
      />
      <AnswerTools actions={actions} isApple={isApple} />
      <p role="status" className={outcomeLooks[frontApp.outcome?.kind ?? 'silent']}>
        {frontApp.outcome?.text}
      </p>
      <QuickFoot escape={escape} question={question} hasWayBack={!isWindow} />
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
