import type { EngineState } from '../../shared/app-status.ts';
import type { AppError } from '../../shared/app-error.ts';

/** What the state that the window shows is computed from. */
export type EngineFacts = {
  /** Set when the engine is left alone after too many crashes, or could not be started. */
  readonly failure: AppError | null;
  readonly process: 'none' | 'starting' | 'running';
  /** True when some slot has a model, or had one when the process ended. */
  readonly hasModel: boolean;
  /** Crashes that still count. */
  readonly crashes: number;
  /** 0 to 1 while a model is being loaded; null otherwise. */
  readonly loadingFraction: number | null;
  /** Answers and embeddings under way. */
  readonly activeWork: number;
  readonly isSafeMode: boolean;
};

/** The one word for all of it. A restart goes on being called one until the models are back. */
export function engineStateOf(facts: EngineFacts): EngineState {
  if (facts.failure !== null) return { state: 'failed', error: facts.failure.toData() };
  const isRestarting = facts.crashes > 0 && (facts.process === 'starting' || facts.loadingFraction !== null);
  if (isRestarting) return { state: 'restarting', crashes: facts.crashes };
  if (facts.process === 'starting') return { state: 'starting' };
  if (facts.loadingFraction !== null) return { state: 'loading', fraction: facts.loadingFraction };
  if (!facts.hasModel) return { state: 'no-model' };
  if (facts.process === 'none') return { state: 'stopped' };
  return { state: facts.activeWork > 0 ? 'busy' : 'ready', isSafeMode: facts.isSafeMode };
}
