import { findSecrets } from '../services/redaction/identifiers/secret-finders.ts';
import { createScreeningService } from '../services/screening/create-screening-service.ts';
import type { ScreeningService } from '../services/screening/screening-service.ts';

/** Screening as the app has it, with these words as the person's own. */
export function openScreening(ownWords: readonly string[] = []): ScreeningService {
  return createScreeningService({ secrets: findSecrets, ownWords: () => Promise.resolve(ownWords) });
}
