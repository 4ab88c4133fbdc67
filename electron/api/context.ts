import type { AppDescription } from '../shared/app-status.ts';
import type { Look } from '../shared/settings.ts';
import type { AccessService } from '../services/access/access-service.ts';
import type { AnswersService } from '../services/answers/answers-service.ts';
import type { CloudService } from '../services/cloud/cloud-service.ts';
import type { ChatService } from '../services/chat/chat-service.ts';
import type { CatalogueService } from '../services/catalogue/catalogue-service.ts';
import type { DownloadsService } from '../services/downloads/downloads-service.ts';
import type { FitService } from '../services/fit/fit-service.ts';
import type { KeysService } from '../services/keys/keys-service.ts';
import type { DesktopService } from '../services/desktop/desktop-service.ts';
import type { ConversationsService } from '../services/conversations/conversations-service.ts';
import type { DocumentsService } from '../services/documents/documents-service.ts';
import type { DraftsService } from '../services/drafts/drafts-service.ts';
import type { FilesService } from '../services/files/files-service.ts';
import type { LibraryService } from '../services/library/library-service.ts';
import type { ModelsService } from '../services/models/models-service.ts';
import type { PresetsService } from '../services/presets/presets-service.ts';
import type { PrivacyService } from '../services/privacy/privacy-service.ts';
import type { QuickAskService } from '../services/quick-ask/quick-ask-service.ts';
import type { RemotesService } from '../services/remotes/remotes-service.ts';
import type { RunsService } from '../services/runs/runs-service.ts';
import type { SavedStatesService } from '../services/saved-states/saved-states-service.ts';
import type { SearchService } from '../services/search/search-service.ts';
import type { SettingsService } from '../services/settings/settings-service.ts';
import type { StatusService } from '../services/status/status-service.ts';
import type { SummariesService } from '../services/summaries/summaries-service.ts';
import type { TransferService } from '../services/transfer/transfer-service.ts';
import type { EnginePacksService } from '../services/updates/engine-packs-service.ts';
import type { UpdatesService } from '../services/updates/updates-service.ts';
import type { UsageService } from '../services/usage/usage-service.ts';

/** Everything that a call may ask for. */
export type Services = {
  readonly answers: AnswersService;
  readonly chat: ChatService;
  readonly catalogue: CatalogueService;
  readonly cloud: CloudService;
  readonly downloads: DownloadsService;
  readonly fit: FitService;
  readonly keys: KeysService;
  readonly conversations: ConversationsService;
  readonly desktop: DesktopService;
  readonly documents: DocumentsService;
  readonly drafts: DraftsService;
  readonly enginePacks: EnginePacksService;
  readonly files: FilesService;
  readonly library: LibraryService;
  readonly models: ModelsService;
  readonly presets: PresetsService;
  readonly privacy: PrivacyService;
  readonly quickAsk: QuickAskService;
  readonly remotes: RemotesService;
  readonly runs: RunsService;
  readonly savedStates: SavedStatesService;
  readonly search: SearchService;
  readonly settings: SettingsService;
  readonly status: StatusService;
  readonly summaries: SummariesService;
  readonly transfer: TransferService;
  readonly updates: UpdatesService;
  readonly usage: Pick<UsageService, 'month' | 'conversation'>;
};

/** The small window of quick-ask as its page may move it; nothing happens behind a door without it. */
export type QuickAskWindow = {
  /** Hides it and gives the focus back. */
  hide(): void;
  /** Height of what it shows, in pixels. */
  setHeight(heightPixels: number): void;
};

/** Handed to every procedure by the transport. */
export type ApiContext = {
  /** While the app is locked, taking anything from it throws AppError `access/locked`. */
  readonly services: Services;
  /** Always there. */
  readonly access: AccessService;
  readonly description: AppDescription;
  /** As it was last chosen; needs no open chats. */
  readonly look: () => Promise<Look>;
  /** Only a process of the user's own, such as the command line, may name files by path; a page has tickets. */
  readonly canNamePaths: boolean;
  /** Always there. */
  readonly quickAskWindow: QuickAskWindow;
  /** Opens a confirmed link outside the app; refuses what is not a web or mail address with `app/invalid-input`. */
  readonly openExternal: (url: string) => Promise<void>;
};
