import type { Settings } from '../../shared/settings.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { applyRules } from './apply-rules.ts';
import type { Circumstances, Ruled } from './apply-rules.ts';
import { guessLanguage } from './guess-language.ts';
import type { MachineStrain } from './machine-strain.ts';
import { measureGain } from './measure-gain.ts';
import type { MeasureGainOptions } from './measure-gain.ts';
import { leaveFor, listCandidates, stayHere } from './remote-choices.ts';
import type { Leaving, RemoteChoicesOptions } from './remote-choices.ts';
import { chanceWith, routerModel } from './router-model.ts';
import type { RouterModel } from './router-model.ts';
import type { RemoteChoice, RoutingDecision, RoutingQuestion, RoutingService } from './routing-service.ts';
import { weighGain } from './weigh-gain.ts';

/** What the service is made of. */
export type RoutingServiceOptions = MeasureGainOptions &
  RemoteChoicesOptions & {
    readonly settings: Pick<SettingsService, 'get'>;
    /** What the model of this machine that would answer can do; null without one. */
    readonly localModel: (task: RoutingQuestion['task']) => Promise<Circumstances['localModel']>;
    /** What an answer on this machine costs it just now. */
    readonly strain: (signal: AbortSignal) => Promise<MachineStrain>;
    /** Default: the one that comes with the app. */
    readonly model?: RouterModel;
  };

const isOffline = ({ isOffline: isLocked, allowedPurposes }: Settings): boolean =>
  isLocked || !allowedPurposes.includes('provider');

/** Makes the service. Nothing of it reaches out: what it asks is on this machine. */
export function createRoutingService(options: RoutingServiceOptions): RoutingService {
  const { settings, usage, logger, model = routerModel } = options;

  const rule = async (
    question: RoutingQuestion,
    current: Settings,
    localModel: Circumstances['localModel'],
  ): Promise<Ruled> => {
    const { cloudMode: mode, answerTokenLimit: answerTokens } = current;
    const tokens = { inputTokens: question.promptTokens, outputTokens: answerTokens };
    return applyRules(question, {
      mode,
      isOffline: isOffline(current),
      // With the cloud off nothing else is asked: there is no way that could lead out.
      candidates: mode === 'off' ? [] : await listCandidates(tokens, options),
      localModel,
      answerTokens,
      language: guessLanguage(question.text),
    });
  };

  const leave = async (candidates: readonly RemoteChoice[], leaving: Leaving): Promise<RoutingDecision> =>
    (await leaveFor(candidates, leaving, options)) ?? stayHere('no-remote');

  const decide = async (question: RoutingQuestion, signal: AbortSignal): Promise<RoutingDecision> => {
    const current = await settings.get();
    const localModel = await options.localModel(question.task);
    const ruled = await rule(question, current, localModel);
    if (ruled.place === 'local') return stayHere(ruled.reason);
    const isAsked = current.cloudMode === 'ask';
    if (ruled.place === 'remote') return await leave(ruled.candidates, { reason: ruled.reason, isAsked });
    // Nothing was learned of summaries, whose statements are checked against the document one by one.
    if (question.task === 'summary') {
      return stayHere(question.localAnswer === null ? 'fits-local' : 'local-is-good-enough');
    }
    const [measured, strain] = await Promise.all([
      measureGain(question, model, options, signal),
      // An answer that is there has cost what it costs.
      question.localAnswer === null && current.qualityPreference > 0 ? options.strain(signal) : null,
    ]);
    const gain = chanceWith(model, measured, localModel?.parameterCount ?? null);
    const { place, reason } = weighGain(gain, question.localAnswer, current.qualityPreference, strain);
    return place === 'local' ? stayHere(reason, gain) : await leave(ruled.candidates, { reason, isAsked, gain });
  };

  return {
    async decide(question, signal) {
      const decision = await decide(question, signal);
      const { zone, reason, gain = null } = decision.route;
      logger.info('question-routed', { zone, reason, gain, task: question.task, isAsked: decision.isAsked });
      return decision;
    },
    async next({ others }) {
      const current = await settings.get();
      if (current.cloudMode === 'off') return stayHere('mode-off');
      if (isOffline(current)) return stayHere('offline');
      const affordable: RemoteChoice[] = [];
      for (const other of others) if (await usage.canSpend(other.mostCostMicroDollars)) affordable.push(other);
      const leaving = { reason: 'remote-failed', isAsked: current.cloudMode === 'ask' } as const;
      return (await leaveFor(affordable, leaving, options)) ?? stayHere('remote-failed');
    },
  };
}
