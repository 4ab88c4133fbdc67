import type { FileTicket, ModelId, RunId } from '../../shared/ids.ts';
import type { ModelDescription, ModelList } from '../../shared/model.ts';

export interface ModelsService {
  /** What is in the model folder, read from the files' headers; bad files are listed with their reason. */
  list(): Promise<ModelList>;
  /** The chat model that answers next: the selected one, else the largest that fits. Null when there is none. */
  current(): Promise<{ readonly description: ModelDescription; readonly path: string } | null>;
  /** A model by its id, or by the absolute path of a GGUF file (the command line's `--model`). Throws `model/not-found`, `model/*`. */
  resolve(idOrPath: string): Promise<{ readonly description: ModelDescription; readonly path: string }>;
  /** The embedder of the settings, or the one that ships with the app. */
  embedder(): Promise<{ readonly description: ModelDescription; readonly path: string }>;
  /** A reranker of the model folder, the smallest first; null without one. */
  reranker(): Promise<{ readonly description: ModelDescription; readonly path: string } | null>;
  select(id: ModelId): Promise<ModelList>;
  /** Checks the file and copies it into the model folder; progress and result through the run. Throws `model/*` before a byte is copied. */
  import(ticket: FileTicket): Promise<{ readonly runId: RunId }>;
  /** Calls back when the folder's content or the selection changed. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
