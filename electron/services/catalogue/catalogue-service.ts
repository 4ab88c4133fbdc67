import type { CataloguedModel } from '../../shared/catalogue.ts';
import type { HubModel, HubQuery, HubRepository } from '../../shared/hub.ts';
import type { DownloadRequest } from '../../shared/download.ts';
import type { ModelFit } from '../../shared/fit.ts';

/** Models that are not here yet: those that Sotto knows, and all others of the hub. */
export interface CatalogueService {
  /** Best for this machine first within each kind. Asks nobody: sizes are what the hub said before, or estimates. */
  list(): Promise<readonly CataloguedModel[]>;
  /** Asks the hub for sizes, digests and headers of an entry, keeps them, and gives the entry anew. Throws `hub/*`, `egress/*`, `app/not-found`. */
  refresh(entryId: string, signal: AbortSignal): Promise<CataloguedModel>;
  search(query: HubQuery, signal: AbortSignal): Promise<readonly HubModel[]>;
  /** With what is installed of it already. */
  repository(repository: string, signal: AbortSignal): Promise<HubRepository>;
  /** Reads the header over the network. */
  fit(request: DownloadRequest, signal: AbortSignal): Promise<ModelFit>;
  /** What an id of the catalogue (`qwen3-1.7b` or `qwen3-1.7b:Q4_K_M`), `publisher/name`, `publisher/name:QUANTISATION` or `publisher/name/path.gguf` means. Throws `app/not-found` with `closest`. */
  resolve(wanted: string): Promise<DownloadRequest>;
}
