import { createRedactor } from './create-redactor.ts';
import { findLeaks } from './find-leaks.ts';
import type { RedactionService } from './redaction-service.ts';
import { createRestoringStream, restoreText } from './restore-text.ts';

/** Makes the service. It keeps nothing. */
export function createRedactionService(): RedactionService {
  return { createRedactor, findLeaks, restoreText, createRestoringStream };
}
