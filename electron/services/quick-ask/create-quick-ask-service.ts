import type { Desktop } from '../../platform/desktop.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { quickAskTextLimit } from '../../shared/desktop.ts';
import type { PasteOutcome, TakenText, WindowRequest } from '../../shared/desktop.ts';
import type { ConversationOptionsPatch } from '../../shared/conversation.ts';
import { presetOptions, takePreset } from '../../shared/fill-preset.ts';
import type { ConversationId, PresetId } from '../../shared/ids.ts';
import type { Preset } from '../../shared/preset.ts';
import { wellFormedText } from '../../shared/well-formed-text.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { ConversationsService } from '../conversations/conversations-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import { composeQuestion, titleOf } from './compose-question.ts';
import type { Asked } from './compose-question.ts';
import type { QuickAnswer, QuickAskQuestion, QuickAskService } from './quick-ask-service.ts';

/** Where conversations of the moment live until they are kept or forgotten. */
export type PassingConversations = {
  /** Makes the place ready, so that the first question does not wait for it. */
  open(): Promise<void>;
  /** Moves it to the kept ones, an answer that grows included. Throws AppError `app/not-found`, `storage/read-only`. */
  keep(conversationId: ConversationId): Promise<void>;
  /** Takes every removed conversation out of memory. */
  purge(): Promise<void>;
};

/** What the service is made of. `conversations` and `chat` work in `passing`. */
export type QuickAskServiceOptions = {
  readonly passing: PassingConversations;
  readonly conversations: Pick<ConversationsService, 'create' | 'remove'>;
  readonly chat: Pick<ChatService, 'send'>;
  /** The kept ones, which are told of one more. */
  readonly kept: Pick<ConversationsService, 'offerTitle' | 'noteChange'>;
  readonly presets: Pick<PresetsService, 'list'>;
  readonly provider: Pick<ModelProvider, 'contextTokens'>;
  /** Null behind a door without one. */
  readonly desktop: Desktop | null;
  readonly logger: Logger;
};

/** Conversations that are remembered at most: a page that was closed forgets nothing by itself. */
const mostConversations = 8;

/** Makes the service. */
export function createQuickAskService(options: QuickAskServiceOptions): QuickAskService {
  const { passing, chat, conversations, kept, provider, desktop, logger } = options;
  /** Those that are neither kept nor forgotten, oldest first, with the titles they would have. */
  const titles = new Map<ConversationId, string | null>();
  const forgetting = new Set<Promise<void>>();

  const forget = async (id: ConversationId): Promise<void> => {
    if (!titles.delete(id)) return;
    try {
      await conversations.remove(id);
      await passing.purge();
    } catch (error) {
      logger.warn('quick-ask-not-forgotten', { code: AppError.from(error).code });
    }
  };
  /** Nobody waits for the end of what is forgotten, least of all the next answer. */
  const forgetBeside = (id: ConversationId): void => {
    const done = forget(id).finally(() => forgetting.delete(done));
    forgetting.add(done);
  };
  const remember = (id: ConversationId, asked: Asked): void => {
    titles.set(id, titleOf(asked));
    for (const old of [...titles.keys()].slice(0, -mostConversations)) forgetBeside(old);
  };

  const leaveFor = leaveWith(desktop, logger);

  return {
    async warm() {
      try {
        await Promise.all([passing.open(), provider.contextTokens()]);
      } catch (error) {
        const { code } = AppError.from(error);
        if (code !== 'model/none') logger.warn('quick-ask-not-warmed', { code });
      }
    },
    async ask({ replaces, ...question }) {
      if (replaces !== null) forgetBeside(replaces);
      const asked = await readQuestion(question, options.presets);
      const text = composeQuestion(asked);
      if (text === '') throw new AppError('prompt/empty', 'The question has no text.');
      const { id } = await conversations.create({ documentIds: [], isPrivate: true, options: optionsOf(asked.preset) });
      remember(id, asked);
      return begin(id, text, chat, forgetBeside);
    },
    async continue(id) {
      const title = titles.get(id);
      await passing.keep(id);
      titles.delete(id);
      if (title != null) await kept.offerTitle(id, title);
      kept.noteChange();
      leaveFor({ type: 'show-conversation', conversationId: id });
    },
    forget,
    show: async (page) => leaveFor({ type: 'show-page', page }),
    ...createFrontAppCalls(desktop, logger),
    close: async () => {
      await Promise.all(forgetting);
    },
  };
}

async function begin(
  conversationId: ConversationId,
  text: string,
  chat: QuickAskServiceOptions['chat'],
  forget: (id: ConversationId) => void,
): Promise<QuickAnswer> {
  try {
    const { runId, answerId } = await chat.send({ conversationId, text });
    return { conversationId, runId, answerId };
  } catch (error) {
    forget(conversationId);
    throw error;
  }
}

async function readQuestion(
  { text, context, presetId }: Omit<QuickAskQuestion, 'replaces'>,
  presets: QuickAskServiceOptions['presets'],
): Promise<Asked> {
  const preset = presetId === null ? null : await findPreset(presetId, presets);
  return { text, context: context === null ? null : wellFormedText(context.slice(0, quickAskTextLimit)), preset };
}

async function findPreset(id: PresetId, presets: QuickAskServiceOptions['presets']): Promise<Preset> {
  const found = (await presets.list()).find((preset) => preset.id === id);
  if (found === undefined) throw new AppError('app/not-found', 'There is no such preset.', { kind: 'preset' });
  return found;
}

/** A persona, a model or a temperature of the preset's own last for the conversation, also after it is kept. */
function optionsOf(preset: Preset | null): ConversationOptionsPatch {
  return (preset === null ? undefined : presetOptions(takePreset(preset))) ?? {};
}

function createFrontAppCalls(desktop: Desktop | null, logger: Logger): Pick<QuickAskService, 'takeText' | 'paste'> {
  const failed = (error: unknown): void => logger.warn('front-app-not-reached', { code: AppError.from(error).code });
  return {
    async takeText(from): Promise<TakenText> {
      if (desktop === null) return { status: 'unavailable' };
      try {
        return cutTaken(await desktop.takeText(from));
      } catch (error) {
        failed(error);
        return { status: 'unavailable' };
      }
    },
    async paste(text): Promise<PasteOutcome> {
      if (desktop === null) return 'failed';
      try {
        return await desktop.paste(text);
      } catch (error) {
        failed(error);
        return 'failed';
      }
    },
  };
}

/** What another app had, as a question can carry it. */
function cutTaken(taken: TakenText): TakenText {
  if (taken.status !== 'taken') return taken;
  const text = wellFormedText(taken.text.slice(0, quickAskTextLimit));
  if (text.trim() === '') return { status: 'empty' };
  return { ...taken, text, isCut: taken.isCut || taken.text.length > quickAskTextLimit };
}

/** Shows something in the main window, and goes. */
function leaveWith(desktop: Desktop | null, logger: Logger): (request: WindowRequest) => void {
  return (request) => {
    try {
      desktop?.ask(request);
      desktop?.hideQuickAsk();
    } catch (error) {
      // What was kept is kept whatever became of the windows.
      logger.warn('desktop-not-told', { code: AppError.from(error).code });
    }
  };
}
