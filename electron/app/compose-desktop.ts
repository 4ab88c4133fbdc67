import type { Services } from '../api/context.ts';
import { readEarlySettings } from '../platform/early-settings.ts';
import type { ModelProvider } from '../providers/model-provider.ts';
import type { AccessService } from '../services/access/access-service.ts';
import { createChatService } from '../services/chat/create-chat-service.ts';
import type { ChatServiceOptions } from '../services/chat/create-chat-service.ts';
import { createConversationsService } from '../services/conversations/create-conversations-service.ts';
import { createDesktopService } from '../services/desktop/create-desktop-service.ts';
import { holdWhileClosed } from '../services/desktop/hold-while-closed.ts';
import { createQuickAskService } from '../services/quick-ask/create-quick-ask-service.ts';
import type { AnswerPlaces } from '../services/cloud/cloud-service.ts';
import type { AnswerRecorder } from '../services/runs/runs-service.ts';
import type { EarlySettings } from '../shared/settings.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import type { Foundation } from './open-foundation.ts';
import { createPassingStorage } from './passing-storage.ts';
import type { PassingStorage } from './passing-storage.ts';

type DesktopParts = Pick<Services, 'settings' | 'status' | 'library' | 'documents' | 'downloads' | 'summaries'>;

/** The native desktop, kept in step with the settings and the work while the chats are open. */
export function composeDesktop(
  { platform: { clock, logger, desktop } }: AppOptions,
  parts: DesktopParts,
  ends: CloseStack,
): Services['desktop'] {
  return ends.add(
    'desktop',
    createDesktopService({ ...parts, desktop, clock, logger }),
    async (opened) => await opened.close(),
  );
}

/** The native desktop while no chats are open; returns the way to let go of it. */
export function holdDesktop(
  { platform: { desktop, folders, logger } }: AppOptions,
  access: AccessService,
): () => Promise<void> {
  if (desktop === null) return async () => undefined;
  const leaving = new AbortController();
  const early = async (): Promise<EarlySettings> => await readEarlySettings(folders.data);
  const holding = holdWhileClosed({ desktop, access, early, logger }, leaving.signal);
  return async () => {
    leaving.abort();
    await holding;
  };
}

/** Where the conversations of quick-ask live until they are kept. What writes to it ends before it. */
export function composePassingStorage(
  { platform: { clock, logger }, storageWorkerPath: workerPath }: AppOptions,
  { storage }: Foundation,
  ends: CloseStack,
): PassingStorage {
  const openMemory = async () => await createStorage({ location: { kind: 'memory' }, workerPath, clock, logger });
  return ends.add(
    'passingStorage',
    createPassingStorage(storage, openMemory, clock),
    async (opened) => await opened.close(),
  );
}

type QuickAskParts = Pick<Services, 'presets' | 'answers' | 'conversations'> & {
  readonly passing: PassingStorage;
  readonly provider: ModelProvider;
  /** The one that writes to `passing` too, so that whoever removes a kept conversation stops its answer. */
  readonly recorder: AnswerRecorder;
  readonly places: AnswerPlaces;
};

/** Chat over conversations of the moment. */
export function composeQuickAsk(
  { platform: { clock, logger, desktop, folders } }: AppOptions,
  { passing, presets, answers, provider, recorder, places, conversations: kept }: QuickAskParts,
  ends: CloseStack,
): Services['quickAsk'] {
  const { storage } = passing;
  const conversations = ends.add(
    'passingConversations',
    createConversationsService({ storage, recorder, clock }),
    (opened) => opened.close(),
  );
  const common: ChatServiceOptions = {
    storage,
    conversations,
    answers,
    presets,
    provider,
    recorder,
    places,
    task: 'quick-ask',
    resourcesFolder: folders.resources,
  };
  const chat = createChatService(common);
  return ends.add(
    'quickAsk',
    createQuickAskService({ passing, conversations, chat, kept, presets, provider, desktop, logger }),
    async (opened) => await opened.close(),
  );
}
