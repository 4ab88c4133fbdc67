import { describe, expect, it } from 'vitest';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { Remote } from '../../shared/remote.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createMemorySettings } from '../../testing/test-models.ts';
import { createUsageService } from '../usage/create-usage-service.ts';
import { createRoutingService } from './create-routing-service.ts';
import type { RoutingServiceOptions } from './create-routing-service.ts';
import { routerModel } from './router-model.ts';
import type { RoutingQuestion } from './routing-service.ts';

const signal = new AbortController().signal;

function buildRemote(name: string, change: Partial<Remote> = {}): Remote {
  return {
    id: createId(remoteIdSchema),
    kind: 'openai',
    zone: 'cloud',
    name,
    baseUrl: 'https://api.openai.com/v1',
    modelName: 'gpt-5-mini',
    contextTokens: null,
    policyUrl: null,
    ...change,
  };
}

const first = buildRemote('First');
const second = buildRemote('Second', { kind: 'mistral', modelName: 'mistral-large-latest' });
const own = buildRemote('Own', { zone: 'own-server', kind: 'openai-compatible', baseUrl: 'http://localhost:8080/v1' });

/** Whatever is asked, this is the chance. */
const withChance = (chance: number): NonNullable<RoutingServiceOptions['model']> => {
  const constant = { features: {}, intercept: Math.log(chance / (1 - chance)) };
  return { ...routerModel, before: constant, after: constant };
};

async function open(patch: SettingsPatch, remotes: readonly Remote[], change: Partial<RoutingServiceOptions> = {}) {
  const settings = createMemorySettings();
  await settings.update({ cloudMode: 'auto', isOffline: false, allowedPurposes: ['provider'], ...patch });
  let left = remotes;
  const list = async () => left;
  const sum = { requests: 0, inputTokens: 0, outputTokens: 0, costMicroDollars: 0 };
  const sums = { month: async () => sum, conversation: async () => sum, localTokens: async () => sum };
  const clock = createFakeClock(Date.UTC(2026, 10, 23));
  const routing = createRoutingService({
    settings,
    remotes: { list },
    usage: createUsageService({ sums, settings, remotes: { list }, clock }),
    localModel: async () => ({ contextTokens: 8_192, languages: ['en'], parameterCount: null }),
    embed: async () => null,
    strain: async () => null,
    model: withChance(0.6),
    logger: createRecordingLogger(),
    ...change,
  });
  return {
    routing,
    settings,
    remove: (id: Remote['id']) => {
      left = left.filter((one) => one.id !== id);
    },
  };
}

const question: RoutingQuestion = {
  task: 'chat',
  text: 'What does the notice period in a lease mean for the tenant?',
  promptTokens: 400,
  isLocalOnly: false,
  identifierCount: 0,
  irreplaceableCount: 0,
  localAnswer: null,
  choice: null,
};
const given = { supported: 0.9, tokenProbability: 0.8, confidence: 0.9, isWithheld: false };

describe('createRoutingService', () => {
  // Catches a code path that looks for somewhere to go though large models are off.
  it('asks for no remote and measures nothing while the mode is off', async () => {
    const never = () => Promise.reject(new Error('Something was asked.'));
    const { routing } = await open({ cloudMode: 'off' }, [first], { remotes: { list: never }, embed: never });
    const decision = await routing.decide({ ...question, choice: 'remote' }, signal);
    expect(decision).toMatchObject({ route: { zone: 'local', reason: 'mode-off' }, remoteId: null });
  });

  it('stays here when the lock has no opening for providers', async () => {
    const { routing } = await open({ allowedPurposes: ['model-search'] }, [first]);
    expect((await routing.decide(question, signal)).route).toEqual({ zone: 'local', reason: 'offline' });
  });

  it('says where it goes, with which model, why and how likely that is better', async () => {
    const { routing } = await open({ qualityPreference: 1 }, [first]);
    const decision = await routing.decide(question, signal);
    expect(decision).toMatchObject({ remoteId: first.id, isAsked: false });
    expect(decision.route).toMatchObject({ zone: 'cloud', reason: 'quality-preferred', remoteName: 'First' });
    expect(decision.route.gain).toBeCloseTo(0.6);
  });

  it('shows the request first in mode ask, also one that the person wished for', async () => {
    const { routing } = await open({ cloudMode: 'ask' }, [first]);
    expect(await routing.decide({ ...question, choice: 'remote' }, signal)).toMatchObject({ isAsked: true });
  });

  // Catches a slider that is turned round, and a threshold that is the same before and after.
  it.each([
    [0, null, 'fits-local'],
    [0.5, null, 'fits-local'],
    [1, null, 'quality-preferred'],
    [0, given, 'local-is-good-enough'],
    [0.3, given, 'local-is-good-enough'],
    [0.5, given, 'quality-preferred'],
    [0.5, { ...given, isWithheld: true }, 'local-answer-rejected'],
    [0.5, { ...given, supported: 0.2 }, 'local-answer-rejected'],
    [0.3, { ...given, isWithheld: true }, 'local-is-good-enough'],
  ])('with a preference of %f and a chance of 0.6 decides %j: %s', async (qualityPreference, localAnswer, reason) => {
    const { routing } = await open({ qualityPreference }, [first]);
    expect((await routing.decide({ ...question, localAnswer }, signal)).route.reason).toBe(reason);
  });

  // Catches strain that overrules "prefer local", that counts after the local answer, or that is looked at for nothing.
  it.each([
    ['battery', 0.6, 0.6, null, 'on-battery'],
    ['busy', 0.6, 0.6, null, 'machine-busy'],
    [null, 0.6, 0.6, null, 'fits-local'],
    ['battery', 0.5, 0.6, null, 'fits-local'],
    ['battery', 0, 0.6, null, 'fits-local'],
    ['battery', 1, 0.6, null, 'quality-preferred'],
    ['battery', 0.3, 0.6, given, 'local-is-good-enough'],
  ] as const)('under strain %s with a preference of %f and a chance of %f decides %j: %s', async (...row) => {
    const [strain, qualityPreference, chance, localAnswer, reason] = row;
    let looks = 0;
    const look = async () => {
      looks += 1;
      return strain;
    };
    const { routing } = await open({ qualityPreference }, [first], { strain: look, model: withChance(chance) });
    expect((await routing.decide({ ...question, localAnswer }, signal)).route.reason).toBe(reason);
    expect(looks).toBe(localAnswer === null && qualityPreference > 0 ? 1 : 0);
  });

  // Catches a router that thinks of every local model as it does of the tiny one that it was taught with.
  it('expects less of leaving the larger the local model is', async () => {
    const large = { contextTokens: 8_192, languages: null, parameterCount: 4_000_000_000 };
    const { routing } = await open({}, [first], { localModel: async () => large });
    const { route } = await routing.decide({ ...question, localAnswer: given }, signal);
    expect(route).toMatchObject({ zone: 'local', reason: 'local-is-good-enough' });
    expect(route.gain).toBeLessThan(0.3);
  });

  it('decides without the vector when the embedder fails, and ends when it is stopped', async () => {
    const embed = () => Promise.reject(new Error('The embedder is gone.'));
    const { routing } = await open({}, [first], { embed });
    expect((await routing.decide(question, signal)).route.reason).toBe('fits-local');
    await expect(routing.decide(question, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  // Catches a budget that the most expensive end of the answer breaks: the tokens of the answer count in full.
  it('keeps here what could cost more than the budget has left', async () => {
    const { routing, settings } = await open({ answerTokenLimit: 1_000, monthlyBudgetMicroDollars: 2_100 }, [first]);
    const wished = { ...question, choice: 'remote' } as const;
    expect((await routing.decide(wished, signal)).route.reason).toBe('person-chose-remote');
    await settings.update({ monthlyBudgetMicroDollars: 2_099 });
    expect((await routing.decide(wished, signal)).route.reason).toBe('budget-spent');
    await settings.update({ monthlyBudgetMicroDollars: 0 });
    expect((await routing.decide(wished, signal)).route.reason).toBe('budget-spent');
  });

  it('tries each remote once after failures, then answers here', async () => {
    const { routing } = await open({}, [first, second, own]);
    let decision = await routing.decide({ ...question, choice: 'remote' }, signal);
    const tried = [decision.remoteId];
    for (let failures = 0; decision.remoteId !== null && failures < 10; failures += 1) {
      decision = await routing.next(decision);
      tried.push(decision.remoteId);
    }
    expect(tried).toEqual([own.id, first.id, second.id, null]);
    expect(decision.route).toEqual({ zone: 'local', reason: 'remote-failed' });
  });

  // Catches a fallback that goes where the question itself was not allowed to go.
  it('keeps what is local only out of every cloud after its own server failed', async () => {
    const { routing } = await open({}, [first, own]);
    const decision = await routing.decide({ ...question, isLocalOnly: true, choice: 'remote' }, signal);
    expect(decision.remoteId).toBe(own.id);
    expect(await routing.next(decision)).toMatchObject({ remoteId: null, route: { reason: 'remote-failed' } });
  });

  it.each([
    [{ cloudMode: 'off' }, 'mode-off'],
    [{ isOffline: true }, 'offline'],
    [{ monthlyBudgetMicroDollars: 0 }, 'remote-failed'],
  ] as const)('stays here after a failure when meanwhile %j', async (patch, reason) => {
    const { routing, settings } = await open({}, [first, second]);
    const decision = await routing.decide({ ...question, choice: 'remote' }, signal);
    await settings.update(patch);
    expect(await routing.next(decision)).toMatchObject({ remoteId: null, route: { zone: 'local', reason } });
  });

  it('passes over a remote that was removed meanwhile', async () => {
    const { routing, remove } = await open({}, [first, second]);
    const decision = await routing.decide({ ...question, choice: 'remote' }, signal);
    remove(second.id);
    expect(await routing.next(decision)).toMatchObject({ remoteId: null, route: { reason: 'remote-failed' } });
  });

  it('keeps summaries here, whose statements are checked one by one, unless a rule sends them', async () => {
    const { routing } = await open({ qualityPreference: 1 }, [first]);
    expect((await routing.decide({ ...question, task: 'summary' }, signal)).route.reason).toBe('fits-local');
    const long = { ...question, task: 'summary', promptTokens: 20_000 } as const;
    expect((await routing.decide(long, signal)).route.reason).toBe('too-long-for-local');
  });
});
