import { readAsked } from './asked-words.ts';
import { findCarryingLinks } from './find-carrying-links.ts';
import { findEchoedSecrets, secretsOf } from './find-echoed-secrets.ts';
import type { SecretFinders } from './find-echoed-secrets.ts';
import { findHarm } from './find-harm.ts';
import { findHiddenCharacters } from './find-hidden-characters.ts';
import { findInstructions } from './find-instructions.ts';
import { joinFindings } from './join-findings.ts';
import { viewText } from './text-view.ts';
import type { ScreeningService } from './screening-service.ts';

/** What screening needs of others. */
export type ScreeningServiceOptions = {
  /** The finders that redaction uses. */
  readonly secrets: SecretFinders;
  /** Words of the person's own list, as they are now. */
  readonly ownWords: () => Promise<readonly string[]>;
};

/** Screens by rules, without a model. */
export function createScreeningService({ secrets: finders, ownWords }: ScreeningServiceOptions): ScreeningService {
  return {
    async prepare(context) {
      const asked = readAsked({ ...context, originals: [...context.originals, ...(await ownWords())] });
      let known: readonly string[] | null = null;
      return (text) => {
        if (text === '') return [];
        const view = viewText(text);
        known ??= secretsOf(context.asked, finders);
        return joinFindings([
          ...findCarryingLinks(text, asked),
          ...findHiddenCharacters(text),
          ...findInstructions(text, view),
          ...findEchoedSecrets(text, known, finders),
          ...findHarm(view),
        ]);
      };
    },
  };
}
