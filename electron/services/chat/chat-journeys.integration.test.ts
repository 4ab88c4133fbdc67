import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../platform/system-clock.ts';
import { messageText } from '../../shared/message.ts';
import type { Message } from '../../shared/message.ts';
import type { Storage } from '../../storage/storage.ts';
import { openChatServices, resourcesFolder } from '../../testing/open-chat-services.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { createRealEngine, starterModelPath } from '../../testing/real-engine.ts';
import { createTitlesService } from '../titles/create-titles-service.ts';
import type { StartedAnswer } from './chat-service.ts';

const signal = new AbortController().signal;
const model = { description: { id: 'sha256:b179c9523d0e6a0f', name: 'SmolLM2' }, path: starterModelPath };

/** The real engine with the small model, and the real database. */
describe('a chat with a real model', () => {
  const clock = createSystemClock();
  const { engine } = createRealEngine({ contextTokens: 512 });
  let storage: Storage;
  let services: ReturnType<typeof openChatServices>;

  beforeAll(async () => {
    storage = await openTestStorage({ clock });
    services = openChatServices({ storage, clock, engine, models: [model] });
    await storage.settings.update({ temperature: 0, answerTokenLimit: 24 });
  });
  afterAll(async () => {
    await services.runs.close();
    await engine.close();
    await storage.close();
  });

  async function finish(started: StartedAnswer): Promise<Message> {
    await services.runs.finished(started.runId);
    const message = await storage.messages.get(started.answerId);
    if (message === null) throw new Error('The answer is not stored.');
    return message;
  }
  const noticesOf = ({ parts }: Message) => parts.flatMap((part) => (part.type === 'notice' ? [part.name] : []));

  it('goes on after the length limit as if it had never stopped, and answers an edited question anew', async () => {
    const text = 'Explain in two sentences what a lighthouse is for.';
    const first = await services.chat.send({ text });
    const cut = messageText(await finish(first));
    const grown = await finish(await services.chat.continue(first.answerId));
    expect(messageText(grown).startsWith(cut)).toBe(true);
    expect(messageText(grown).length).toBeGreaterThan(cut.length);
    await storage.settings.update({ answerTokenLimit: 48 });
    const whole = messageText(await finish(await services.chat.send({ text })));
    // A penalty for repeated words looks at the answer only, so a continued one may take another word; its beginning may not.
    expect(messageText(grown).slice(0, cut.length)).toBe(whole.slice(0, cut.length));
    const edited = await services.chat.edit({ questionId: first.questionId, text: 'What is the capital of France?' });
    expect(messageText(await finish(edited))).toMatch(/Paris/);
    expect(await services.conversations.outline(first.conversationId)).toHaveLength(4);
  });

  it('counts exactly what the model’s prompt then has', async () => {
    const text = 'What grows in a garden in spring, and what in autumn?';
    const { conversationId } = await services.chat.send({ text: 'I like gardens.' }).then(async (started) => {
      await finish(started);
      return started;
    });
    const meter = await services.chat.meter({ conversationId, text }, signal);
    expect(meter.isEstimate).toBe(false);
    const answer = await finish(await services.chat.send({ conversationId, text }));
    const counted = meter.systemTokens + meter.summaryTokens + meter.historyTokens + meter.draftTokens;
    expect(Math.abs(counted - (answer.usage?.inputTokens ?? 0))).toBeLessThanOrEqual(4);
  });

  it('summarises the oldest turns when a conversation outgrows the window', async () => {
    const options = { trimming: 'summarise-oldest' as const, answerTokenLimit: 16 };
    const { id } = await services.conversations.create({ documentIds: [], options });
    const fact = 'My dog is called Brutus and he is four years old.';
    const long = 'We walked along the river and talked about the weather and the boats. '.repeat(7);
    let last: Message | null = null;
    for (let index = 0; index < 6; index += 1) {
      const text = index === 0 ? `${fact} ${long}` : `${index}. ${long}`;
      last = await finish(await services.chat.send({ conversationId: id, text }));
      if (noticesOf(last).includes('history-summarised')) break;
    }
    expect(last === null ? [] : noticesOf(last)).toContain('history-summarised');
    const summary = last?.parentId == null ? null : await storage.messages.historySummary(last.parentId);
    expect(summary?.text.length).toBeGreaterThan(20);
  });

  it('names a conversation by words that stand in it', async () => {
    const titles = createTitlesService({
      ...services,
      storage,
      settings: storage.settings,
      engine,
      clock: { ...clock, delay: (_delayMs, own) => clock.delay(0, own) },
      resourcesFolder,
    });
    await storage.settings.update({ answerTokenLimit: 32 });
    const texts = [
      'How do I bake bread with rye flour?',
      'Why is the sky blue at noon?',
      'Which trees lose their leaves?',
    ];
    for (const text of texts) await finish(await services.chat.send({ text }));
    const named = async () =>
      (await storage.conversations.list()).filter(({ titleOrigin }) => titleOrigin === 'model').length;
    await expect.poll(named, { timeout: 60_000 }).toBeGreaterThan(0);
    await titles.close();
  });
});
