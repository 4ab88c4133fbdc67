import type {
  AdapterDescription,
  ForeignModel,
  ModelDetail,
  ModelOptions,
  ModelOrigin,
  QuarantinedModel,
} from '../../shared/model-detail.ts';
import type { FileTicket, ModelId, RunId } from '../../shared/ids.ts';
import type { ModelDescription, ModelJob, ModelList } from '../../shared/model.ts';
import type { LoadRequest } from '../../inference/engine.ts';

/** A model and where it lies. */
export type InstalledModel = { readonly description: ModelDescription; readonly path: string };

/** A file that a download put into the model folder under its final name. */
export type InstalledFile = {
  /** Absolute. */
  readonly path: string;
  /** Hexadecimal; computed while it was written, and what the hub says. */
  readonly sha256: string;
  readonly origin: ModelOrigin;
};

export interface ModelsService {
  /** What is in the model folder, read from the files' headers; bad files are listed with their reason. */
  list(): Promise<ModelList>;
  /** The model of a job: the one chosen for it, else the one chosen for chats, else the largest that fits. Null when there is none. Default `chat`. */
  current(job?: ModelJob): Promise<InstalledModel | null>;
  /** A model by its id, or by the absolute path of a GGUF file (the command line's `--model`). Throws `model/not-found`, `model/*`. */
  resolve(idOrPath: string): Promise<InstalledModel>;
  /** The embedder of the settings, or the one that ships with the app. */
  embedder(): Promise<InstalledModel>;
  /** A reranker of the model folder, the smallest first; null without one. */
  reranker(): Promise<InstalledModel | null>;
  /** The model of a job from now on, default `chat`; null for a job takes the one of chats again. */
  select(id: ModelId | null, job?: ModelJob): Promise<ModelList>;
  /** Checks the file and copies it into the model folder; progress and result through the run. Throws `model/*` before a byte is copied. */
  import(ticket: FileTicket): Promise<{ readonly runId: RunId }>;
  /** Uses a file where it lies; it is never written to. Throws `model/*`. */
  link(ticket: FileTicket): Promise<ModelList>;
  /** What Ollama, LM Studio, Jan and GPT4All have in their folders; reads headers only. */
  foreign(): Promise<readonly ForeignModel[]>;
  /** Uses one of those where it lies. Throws `app/not-found`, `model/*`. */
  linkForeign(id: string): Promise<ModelList>;
  /** Takes a model out of the list; its file waits a while in a folder beside, so that it can be restored. A linked file stays where it is. Throws `model/not-found`, `model/in-use`, `model/built-in`. */
  remove(id: ModelId): Promise<ModelList>;
  /** Undoes `remove`, for ten minutes. Throws `model/not-found` afterwards. */
  restore(id: ModelId): Promise<ModelList>;
  /** Throws `model/not-found`. */
  detail(id: ModelId): Promise<ModelDetail>;
  /** From the next load on. Throws `model/not-found`, `app/not-found` and `model/other-architecture` for an adapter. */
  setOptions(id: ModelId, options: ModelOptions): Promise<ModelDetail>;
  /** Reads the whole file again; one whose digest differs is put into quarantine. A linked one stays where it is: throws `file/changed`. */
  verify(id: ModelId, signal: AbortSignal): Promise<ModelDetail | QuarantinedModel>;
  quarantined(): Promise<readonly QuarantinedModel[]>;
  /** Deletes a file of the quarantine for good. Throws `app/not-found`. */
  discard(fileName: string): Promise<readonly QuarantinedModel[]>;
  /**
   * Writes down where a downloaded file came from; from then on a change of its content is found out. Called right after
   * the file got its final name, for each file of a split model.
   */
  recordInstalled(file: InstalledFile): Promise<void>;
  /** Moves a file that cannot be trusted into the quarantine, as `name` when that is not its own; null when it is gone. */
  putAside(path: string, reason: QuarantinedModel['reason'], name?: string): Promise<QuarantinedModel | null>;
  adapters(): Promise<readonly AdapterDescription[]>;
  /** Checks an adapter and copies it into the model folder. Throws `model/wrong-kind` for what is no adapter. */
  importAdapter(ticket: FileTicket): Promise<AdapterDescription>;
  /** What a model is loaded with: its options, what was measured for it, its adapter. */
  loadOptions(id: ModelId): Promise<Omit<LoadRequest, 'slot' | 'path'>>;
  /** Calls back when the folder's content or the selection changed. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
