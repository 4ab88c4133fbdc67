import type { Platform } from '../platform/platform.ts';
import type { ModelProvider } from '../providers/model-provider.ts';
import { AppError } from '../shared/app-error.ts';

/** Long enough for the page to be drawn first; the first question then finds the model loaded. */
const warmDelayMs = 300;

/** Loads the chat model ahead of the first question. Never throws: that question meets the same failure, where somebody reads it. */
export async function warmModel(
  provider: ModelProvider,
  { clock, logger }: Pick<Platform, 'clock' | 'logger'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await clock.delay(warmDelayMs, signal);
    await provider.contextTokens({ signal });
  } catch (error) {
    const { code } = AppError.from(error);
    // Without a model there is nothing to warm.
    if (!signal.aborted && code !== 'model/none') logger.warn('model-not-warmed', { code });
  }
}
