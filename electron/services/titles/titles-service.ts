/** Gives conversations a title by the local model while nothing else is done. */
export interface TitlesService {
  close(): Promise<void>;
}
