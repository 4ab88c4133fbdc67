import type { ApiContext, Services } from '../api/context.ts';
import type { InferenceEngine } from '../inference/engine.ts';
import type { EngineLauncher } from '../inference/launchers/engine-launcher.ts';
import type { ParsingLauncher } from '../parsing/parsing-launcher.ts';
import type { Platform } from '../platform/platform.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import type { AccessService } from '../services/access/access-service.ts';
import type { AccessState } from '../shared/access.ts';
import type { Storage } from '../storage/storage.ts';

/** What a door brings along: its platform, and how it starts processes. */
export type AppOptions = {
  readonly platform: Platform;
  /** The keychain, or what says that there is none. */
  readonly secrets: SecretStore;
  readonly engineLauncher: EngineLauncher;
  readonly parsingLauncher: ParsingLauncher;
  /** Absolute path of the parsing worker's entry. */
  readonly parsingWorkerPath: string;
  /** Absolute path of the database worker's entry. */
  readonly storageWorkerPath: string;
  /** A model for this run alone, by id or by the absolute path of a GGUF file; the user's choice otherwise. */
  readonly model?: string;
  /** What the services see of the database; for `sotto eval`, which takes answers out of it. All of it by default. */
  readonly storageView?: (storage: Storage) => Storage;
};

/** The app: what says whether the chats are open, and, while they are, everything behind the contract. */
export type App = {
  readonly platform: Platform;
  readonly access: AccessService;
  /** While nothing is open, taking anything from it throws AppError `access/locked`. */
  readonly services: Services;
  /** For `sotto bench`, which compares the contract with the engine behind it. Throws AppError `access/locked`. */
  readonly engine: InferenceEngine;
  /** Resolves when the first opening has come to its end, whichever. */
  whenSettled(): Promise<AccessState>;
  /** What a transport hands to every call. Only a process of the user's own may name files by path. */
  context(rights: { readonly canNamePaths: boolean }): ApiContext;
  /** Ends runs, processes and the database, in reverse of their opening. */
  close(): Promise<void>;
};
