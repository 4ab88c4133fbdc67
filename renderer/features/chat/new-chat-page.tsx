import { FileSearch, MessageCircleQuestion, ScrollText } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceChoice } from '../../../electron/shared/route.ts';
import { toFailure } from '../../api/failure.ts';
import { useAskableModels } from '../../api/use-cloud.ts';
import { useStatus } from '../../api/use-live.ts';
import { useGo } from '../../lib/destination.ts';
import { useDraft } from '../../lib/drafts.ts';
import { AnswerFailure } from './answer-failure.tsx';
import { Composer } from './composer/composer.tsx';
import type { Written } from './composer/composer.tsx';
import { ContextMeter } from './composer/context-meter.tsx';
import { NewChatOptions } from './new-chat-options.tsx';
import { NoModel } from './no-model.tsx';
import { useSend } from './use-answering.ts';

type NewChatPageProps = {
  /** Asks for a file and offers what can be done with it. */
  readonly onChooseFile: () => void;
  /** What stands in the place of the examples at the first start; null while that is not known yet. */
  readonly welcome?: ReactNode;
};

/** The draft of a new chat, and how it becomes one: with all that was chosen for it. */
function useBeginning() {
  const go = useGo();
  const [draft, changeDraft] = useDraft('new-chat');
  const [choice, setChoice] = useState<PlaceChoice | null>(null);
  const send = useSend(null);
  const submit = ({ text, choice: chosenPlace, options }: Written): void => {
    const chosen = { ...draft.options, ...options };
    send.mutate(
      {
        text,
        scope: { documentIds: draft.documentIds, collectionIds: draft.collectionIds },
        ...(chosenPlace === undefined ? {} : { choice: chosenPlace }),
        ...(Object.values(chosen).every((option) => option === null) ? {} : { options: chosen }),
      },
      {
        onSuccess: ({ conversationId }) => {
          changeDraft({ text: '', documentIds: [], collectionIds: [], preset: null, options: {} });
          go({ page: 'chat', conversationId });
        },
      },
    );
  };
  return { draft, changeDraft, send, submit, choice, setChoice };
}

/** The first thing a person sees: where to type, where to drop a file, and one example of each. */
export function NewChatPage({ onChooseFile, welcome }: NewChatPageProps) {
  const { t } = useTranslation();
  const status = useStatus();
  const { draft, changeDraft, send, submit, choice, setChoice } = useBeginning();
  const models = useAskableModels(null);
  const hasNoModel = status?.engine.state === 'no-model';
  const isWelcome = hasNoModel || (welcome !== undefined && welcome !== null);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[632px] flex-col justify-center gap-6 px-4 pt-4 pb-[12vh]">
        <header className="flex flex-col gap-1 px-4">
          <h1 tabIndex={-1} data-page-title className="text-2xl font-semibold tracking-tight">
            {isWelcome ? t('noModel.welcome') : t('newChat.title')}
          </h1>
          <p className="text-lg text-pretty text-soft">{isWelcome ? t('noModel.lead') : t('newChat.lead')}</p>
        </header>
        {hasNoModel ? (
          (welcome ?? <NoModel />)
        ) : (
          <>
            {send.error === null ? null : <AnswerFailure error={toFailure(send.error)} />}
            <NewChatOptions />
            <Composer
              text={draft.text}
              preset={draft.preset}
              documentIds={draft.documentIds}
              collectionIds={draft.collectionIds}
              queue={null}
              isAnswering={false}
              isSending={send.isPending}
              choice={choice}
              models={models}
              meter={<ContextMeter conversationId={null} text={draft.text} version={status?.model?.id ?? ''} />}
              onText={(text) => changeDraft({ text })}
              onPreset={(preset) => changeDraft({ preset })}
              onDocuments={(documentIds) => changeDraft({ documentIds: [...documentIds] })}
              onCollections={(collectionIds) => changeDraft({ collectionIds: [...collectionIds] })}
              onChoice={setChoice}
              onSend={submit}
              onStop={() => undefined}
            />
            {welcome === undefined ? (
              <Examples onChooseFile={onChooseFile} onExample={(text) => changeDraft({ text })} />
            ) : (
              welcome
            )}
          </>
        )}
      </div>
    </div>
  );
}

type ExamplesProps = { readonly onChooseFile: () => void; readonly onExample: (text: string) => void };

function Examples({ onChooseFile, onExample }: ExamplesProps) {
  const { t } = useTranslation();
  const tryExample = (): void => {
    onExample(t('newChat.exampleText'));
    document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus();
  };
  return (
    <ul className="flex flex-col px-2">
      <ExampleRow
        icon={MessageCircleQuestion}
        title={t('newChat.example')}
        detail={t('newChat.exampleText')}
        onChoose={tryExample}
      />
      <ExampleRow
        icon={ScrollText}
        title={t('newChat.summarise')}
        detail={t('newChat.summariseText')}
        onChoose={onChooseFile}
      />
      <ExampleRow icon={FileSearch} title={t('newChat.ask')} detail={t('newChat.askText')} onChoose={onChooseFile} />
    </ul>
  );
}

type ExampleRowProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly detail: string;
  readonly onChoose: () => void;
};

function ExampleRow({ icon: Icon, title, detail, onChoose }: ExampleRowProps) {
  return (
    <li className="border-b border-hairline last:border-b-0">
      <button
        type="button"
        className="flex w-full items-center gap-3.5 rounded-md px-2 py-2.5 text-left hover:bg-hover"
        onClick={onChoose}
      >
        <Icon aria-hidden size={17} strokeWidth={1.6} className="shrink-0 text-faint" />
        <span className="flex min-w-0 flex-col">
          <span className="text-base font-medium">{title}</span>
          <span className="truncate text-sm text-faint">{detail}</span>
        </span>
      </button>
    </li>
  );
}
