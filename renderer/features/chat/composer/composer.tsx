import { useQuery } from '@tanstack/react-query';
import { VenetianMask } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationOptionsPatch } from '../../../../electron/shared/conversation.ts';
import type { Draft, QueuedMessage } from '../../../../electron/shared/draft.ts';
import type { CollectionId, DocumentId } from '../../../../electron/shared/ids.ts';
import type { PlaceChoice } from '../../../../electron/shared/route.ts';
import { useApi } from '../../../api/api-context.tsx';
import type { AskableModels } from '../../../api/use-cloud.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachmentChips } from './attachment-chips.tsx';
import { CollectionChips } from './collection-chips.tsx';
import { canFill, fillPreset, presetOptions, takenAgain, takePreset } from '../../../../electron/shared/fill-preset.ts';
import type { TakenPreset } from '../../../../electron/shared/fill-preset.ts';
import { ModelPicker } from './model-picker.tsx';
import { PlacePicker } from './place-picker.tsx';
import { PresetFields } from './preset-fields.tsx';
import { QueueChips } from './queue-chips.tsx';
import type { ComposerQueue } from './queue-chips.tsx';
import { SendButton } from './send-button.tsx';
import { SlashList } from './slash-list.tsx';
import { usePastedText } from './use-pasted-text.ts';
import { useSlashMenu } from './use-slash-menu.ts';

/** What leaves the composer: the text with its preset filled in, where it goes, and what the preset changes from now on. */
export type Written = {
  readonly text: string;
  readonly choice?: PlaceChoice;
  readonly options?: ConversationOptionsPatch;
};

type ComposerProps = {
  readonly text: string;
  readonly preset: Draft['preset'];
  readonly documentIds: readonly DocumentId[];
  readonly collectionIds: readonly CollectionId[];
  /** Where a message can wait for the answer under way; null where nothing is under way. */
  readonly queue: ComposerQueue | null;
  readonly isAnswering: boolean;
  readonly isSending: boolean;
  readonly isDisabled?: boolean;
  readonly isPrivate?: boolean;
  /** Where the next message is answered; null lets the rules decide. */
  readonly choice: PlaceChoice | null;
  /** What may be asked elsewhere; null while nothing may. */
  readonly models: AskableModels | null;
  /** Stands at the right of the foot. */
  readonly meter?: ReactNode;
  readonly onText: (text: string) => void;
  readonly onPreset: (preset: Draft['preset']) => void;
  readonly onDocuments: (documentIds: readonly DocumentId[]) => void;
  readonly onCollections: (collectionIds: readonly CollectionId[]) => void;
  readonly onChoice: (choice: PlaceChoice | null) => void;
  readonly onSend: (written: Written) => void;
  readonly onStop: () => void;
};

/** The place that the next message is sent with; a label that came after the choice takes the large model out of it. */
function askedPlace({ choice, models }: Pick<ComposerProps, 'choice' | 'models'>): PlaceChoice | null {
  return choice === 'remote' && (models === null || models.keptHere !== null) ? null : choice;
}

const longestText = 2_000_000;
const longestQueue = 20;

/** What is written now, with or without a preset, and whether it can go. */
function useWriting(props: ComposerProps) {
  const { text, preset, queue, isAnswering, isSending, isDisabled = false, onText, onPreset, onChoice, onSend } = props;
  const { query } = useApi();
  const presets = useQuery({ ...query.presets.list.queryOptions(), enabled: preset !== null });
  const taken = takenAgain(preset, presets.data ?? []);
  const setTaken = (next: TakenPreset | null): void =>
    onPreset(next === null ? null : { id: next.preset.id, values: next.values });
  const menu = useSlashMenu({
    text: taken === null ? text : '',
    onText,
    onTake: (chosen, rest) => {
      setTaken(takePreset(chosen));
      onText(rest);
    },
  });
  const isFull = (queue?.messages.length ?? 0) >= longestQueue;
  const hasWords = taken === null ? text.trim() !== '' : canFill(taken, text);
  const mayGo = isAnswering ? queue !== null && !isFull : !isSending;
  // What was written for a preset does not go without it.
  const isKnown = preset === null || !presets.isPending;
  const canSend = !isDisabled && isKnown && hasWords && mayGo;
  const send = (): void => {
    if (!canSend) return;
    const options = taken === null ? undefined : presetOptions(taken);
    const written = (taken === null ? text : fillPreset(taken, text)).trim();
    if (!isAnswering) {
      const choice = askedPlace(props);
      const chosen = choice === null ? {} : { choice };
      onSend({ text: written, ...chosen, ...(options === undefined ? {} : { options }) });
      return;
    }
    queue?.onChange([...queue.messages, { text: written, choice: askedPlace(props) }]);
    // It was for this message only.
    onChoice(null);
    setTaken(null);
    onText('');
  };
  return { taken, setTaken, menu, canSend, isFull, send };
}

/** Where a person writes: grows with the text; Enter sends, or lets wait; Shift+Enter breaks the line. */
export function Composer(props: ComposerProps) {
  const { text, documentIds, queue, isAnswering, isDisabled = false, isPrivate = false, onText, onDocuments } = props;
  const { onChoice } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const { taken, setTaken, menu, canSend, isFull, send } = useWriting(props);
  const pasted = usePastedText({
    isPrivate,
    onAdd: (id) => onDocuments([...new Set([...documentIds, id])]),
    onRemove: (id) => onDocuments(documentIds.filter((candidate) => candidate !== id)),
    onText: (added) => onText([text, added].filter((part) => part !== '').join('\n\n')),
  });
  // A page is told of its arrival before it is drawn, so the field takes the focus itself.
  useEffect(() => field.current?.focus(), []);
  const takeBack = (waiting: QueuedMessage): void => {
    onText([waiting.text, text].filter((part) => part !== '').join('\n\n'));
    onChoice(waiting.choice);
    field.current?.focus();
  };
  return (
    <>
      {queue === null ? null : <QueueChips {...queue} isAnswering={isAnswering} onEdit={takeBack} />}
      <form
        className="relative flex flex-col rounded-xl bg-raised shadow-card ring-1 ring-edge focus-within:ring-[1.5px] focus-within:ring-accent/55"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <SlashList menu={menu} />
        <AttachmentChips
          documentIds={documentIds}
          isTaking={pasted.isTaking}
          undoOf={pasted.undoOf}
          onChange={onDocuments}
        />
        <CollectionChips {...props} />
        {taken === null ? null : (
          <PresetFields
            taken={taken}
            onChange={setTaken}
            onRemove={() => {
              setTaken(null);
              field.current?.focus();
            }}
          />
        )}
        <Field
          field={field}
          menu={menu}
          text={text}
          isDisabled={isDisabled}
          isAboutDocuments={documentIds.length + props.collectionIds.length > 0}
          isPrivate={isPrivate}
          onPaste={pasted.onPaste}
          onSend={send}
        />
        <Foot {...props} isPrivate={isPrivate} canSend={canSend} isFull={isFull} />
      </form>
    </>
  );
}

type FieldProps = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly menu: ReturnType<typeof useSlashMenu>;
  readonly text: string;
  readonly isDisabled: boolean;
  readonly isAboutDocuments: boolean;
  readonly isPrivate: boolean;
  readonly onPaste: ReturnType<typeof usePastedText>['onPaste'];
  readonly onSend: () => void;
};

function Field({ field, menu, text, isDisabled, isAboutDocuments, isPrivate, onPaste, onSend }: FieldProps) {
  const { t } = useTranslation(['window', 'chat']);
  const placeholder = isPrivate ? t('chat:private.placeholder') : t('composer.placeholder');
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes a character, Enter chooses it.
    if (event.nativeEvent.isComposing || menu.onKeyDown(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onSend();
  };
  const offer = menu.active === undefined ? {} : { 'aria-activedescendant': menu.optionId(menu.active) };
  return (
    <textarea
      ref={field}
      data-composer
      value={text}
      rows={1}
      maxLength={longestText}
      disabled={isDisabled}
      aria-label={t('composer.label')}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      {...(menu.isOpen ? { 'aria-controls': menu.id } : {})}
      {...offer}
      placeholder={isAboutDocuments ? t('composer.askDocuments') : placeholder}
      className="field-sizing-content max-h-[40vh] min-h-12 resize-none bg-transparent px-4 pt-3.5 pb-1 text-[16px] leading-[1.5] text-ink outline-none select-text"
      onChange={(event) => menu.onText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  );
}

type FootProps = ComposerProps & { readonly isPrivate: boolean; readonly canSend: boolean; readonly isFull: boolean };

function Foot(props: FootProps) {
  const { documentIds, queue, isAnswering, isPrivate, meter, canSend, isFull, onDocuments, onStop } = props;
  const { collectionIds, models, onChoice, onCollections } = props;
  const { t } = useTranslation(['window', 'chat']);
  const hintId = useId();
  const hint = !isAnswering
    ? t('composer.hintSend')
    : queue === null
      ? t('composer.hintStop')
      : isFull
        ? t('chat:queue.full')
        : t('chat:queue.hint');
  return (
    <div className="flex items-center gap-1 p-2">
      <AttachButton
        documentIds={documentIds}
        collectionIds={collectionIds}
        isPrivate={isPrivate}
        onChange={onDocuments}
        onCollections={onCollections}
      />
      <ModelPicker />
      {models === null ? null : <PlacePicker models={models} choice={askedPlace(props)} onChange={onChoice} />}
      {isPrivate ? (
        <span className="flex min-w-0 items-center gap-1.5 px-1.5 text-xs text-soft">
          <VenetianMask aria-hidden size={13} className="shrink-0 text-server" />
          <span className="truncate">{t('chat:private.mark')}</span>
        </span>
      ) : null}
      <span className="min-w-0 flex-1" />
      <span id={hintId} className="truncate pr-1 text-xs text-faint max-sm:sr-only">
        {hint}
      </span>
      {meter}
      <SendButton isAnswering={isAnswering} canSend={canSend} onStop={onStop} />
    </div>
  );
}
