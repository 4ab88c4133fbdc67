import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { messageText } from '../../../electron/shared/message.ts';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import type { HostClient } from '../../app/host-client.ts';
import { checkDatabase } from './check-database.ts';
import { KeptChats } from './kept-chats.ts';
import { importFile, writeSomething, type Writer } from './random-writes.ts';
import type { Random } from './random-texts.ts';
import { examineAnswer, watchAnswer, type StreamedAnswer } from './streamed-answer.ts';
import { enter, startVictim, type VictimHost } from './victim-host.ts';

const passphrase = 'four unrelated words';
const writers = 3;
/** Latest moments of a kill, in milliseconds after what it is to hit. */
const latestMs = { start: 700, unlock: 900, write: 350, import: 2_500, stream: 2_500 } as const;
/** So often an answer is continued before another one is asked for. */
const continuations = 3;

/** What a campaign is to do. */
export type KillPlan = {
  readonly kills: number;
  /** Every so many kills hit an answer of the real model in `modelFolder`. */
  readonly streamEvery: number;
  readonly modelFolder: string;
  readonly seed: number;
  /** Hears what is going on. */
  readonly say: (line: string) => void;
};

/** What a campaign found; times in milliseconds. */
export type KillReport = {
  kills: number;
  acknowledged: number;
  streamKills: number;
  /** Answers that were being written when they were killed, by the time that was lost of each. */
  readonly lostMs: number[];
  continued: number;
  readonly problems: string[];
};

/** Kills the built host again and again over one data folder, and looks each time at what is left. */
export async function killAgainAndAgain(plan: KillPlan): Promise<KillReport> {
  // The sockets of a data folder want a short path.
  const folder = mkdtempSync(join(tmpdir(), 'sotto-kills-'));
  const campaign = new Campaign(plan, folder);
  try {
    await campaign.prepare();
    while (campaign.report.kills < plan.kills && campaign.report.problems.length === 0) await campaign.round();
    await campaign.finish();
    return campaign.report;
  } finally {
    await campaign.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Campaign {
  readonly report: KillReport = { kills: 0, acknowledged: 0, streamKills: 0, lostMs: [], continued: 0, problems: [] };
  readonly #plan: KillPlan;
  readonly #dataFolder: string;
  readonly #emptyFolder: string;
  readonly #chats = new KeptChats();
  readonly #random: Random;
  #marks = 0;
  #host: VictimHost | null = null;
  #cut: { readonly answer: StreamedAnswer; readonly killedAt: number } | null = null;
  #isCutExamined = false;
  #continuedTimes = 0;
  /** Conversations of answers that are cut: no other change is made there. */
  readonly #streamed = new Set<string>();

  constructor(plan: KillPlan, folder: string) {
    this.#plan = plan;
    this.#random = createSeededRandom(plan.seed);
    this.#dataFolder = join(folder, 'data');
    this.#emptyFolder = join(folder, 'models');
    mkdirSync(this.#emptyFolder);
  }

  /** Chooses the passphrase; titles stay as they are given. */
  async prepare(): Promise<void> {
    const { client, close } = await enter(this.#start(this.#emptyFolder), passphrase);
    await client.access.keep({ keeping: 'passphrase', passphrase });
    await client.settings.update({ hasAutomaticTitles: false, isFirstStartDone: true });
    close();
    await this.#host?.close();
  }

  async round(): Promise<void> {
    const { report } = this;
    const isStream = report.kills % this.#plan.streamEvery === this.#plan.streamEvery - 1;
    const host = this.#start(isStream ? this.#plan.modelFolder : this.#emptyFolder);
    const share = this.#random();
    if (!isStream && share < 0.05) {
      await delay(this.#random() * latestMs.start);
    } else if (!isStream && share < 0.15) {
      await this.#killWhileOpening(host);
    } else {
      const entered = await enter(host, passphrase);
      await this.#examine(entered, false);
      if (isStream) await this.#stream(entered, host);
      else await this.#write(entered, host);
      await host.kill();
      await entered.closed;
      // What had arrived before the line was gone has its turn.
      await delay(0);
    }
    await host.kill();
    report.kills += 1;
    report.acknowledged = this.#chats.acknowledged;
    if (report.kills % 50 === 0) await this.#say();
  }

  /** Looks at everything once more, continues what was cut, and ends in good order. */
  async finish(): Promise<void> {
    const entered = await enter(this.#start(this.#plan.modelFolder), passphrase);
    const cut = this.#cut;
    await this.#examine(entered, true);
    if (cut !== null && !cut.answer.hasEnded) await this.#continueToItsEnd(entered, cut.answer);
    entered.close();
    await this.#host?.close();
    this.report.problems.push(...(await checkDatabase(this.#dataFolder, passphrase)));
  }

  async end(): Promise<void> {
    if (this.#host?.hasEnded() === false) await this.#host.kill();
  }

  #start(modelFolder: string): VictimHost {
    this.#host = startVictim({ dataFolder: this.#dataFolder, modelFolder });
    return this.#host;
  }

  async #killWhileOpening(host: VictimHost): Promise<void> {
    const entering = enter(host, passphrase).then(
      (entered) => entered.close(),
      () => undefined,
    );
    await host.address;
    await delay(this.#random() * latestMs.unlock);
    await host.kill();
    await entering;
  }

  async #examine({ client }: HostClient, isWhole: boolean): Promise<void> {
    const { report } = this;
    const isDue = isWhole || report.kills % 50 === 49;
    report.problems.push(...(await this.#chats.examine(client, isDue)));
    if (this.#cut === null || this.#isCutExamined) return;
    this.#isCutExamined = true;
    const { answer, killedAt } = this.#cut;
    const { lostMs, problems } = await examineAnswer(client, answer, killedAt);
    report.problems.push(...problems);
    if (!answer.hasEnded) report.lostMs.push(Math.round(lostMs));
  }

  /** Several at a time, until the kill. */
  async #write(host: HostClient, victim: VictimHost): Promise<void> {
    let isKilled = false;
    const hasImport = this.#random() < 0.08;
    const work = Array.from({ length: writers }, async (_, at) => {
      const writer: Writer = {
        host,
        chats: this.#chats,
        random: this.#random,
        nextMark: () => `M${(this.#marks += 1)}`,
        isMine: (id) => !this.#streamed.has(id) && Number.parseInt(id.slice(-6), 16) % writers === at,
        isFirst: at === 0,
      };
      for (let change = 0; !isKilled; change += 1) {
        try {
          await (hasImport && at === 0 && change === 0 ? importFile(writer) : writeSomething(writer));
        } catch (error) {
          if (isKilled) return;
          this.report.problems.push(`A change was refused: ${String(error)}`);
          return;
        }
      }
    });
    await delay(this.#random() * (hasImport ? latestMs.import : latestMs.write));
    isKilled = true;
    await victim.kill();
    await Promise.race([Promise.all(work), host.closed.then(async () => await delay(50))]);
  }

  /** Asks, or goes on with what the last kill cut, and kills somewhere in the answer. */
  async #stream(host: HostClient, victim: VictimHost): Promise<void> {
    const { client } = host;
    const { answer, runId } = await this.#beginAnswer(client);
    const isEarly = this.#random() < 0.1;
    const { promise: begun, resolve } = Promise.withResolvers<undefined>();
    const watching = watchAnswer(client, runId, answer, () => resolve(undefined)).catch(() => undefined);
    await Promise.race([isEarly ? delay(500) : begun, watching]);
    await Promise.race([delay(this.#random() * latestMs.stream), watching]);
    const killedAt = performance.now();
    await victim.kill();
    await watching;
    this.#cut = { answer, killedAt };
    this.#isCutExamined = false;
    this.report.streamKills += 1;
  }

  async #beginAnswer(client: HostClient['client']) {
    const cut = this.#cut?.answer;
    if (cut !== undefined && !cut.hasEnded && this.#continuedTimes < continuations) {
      this.#continuedTimes += 1;
      this.report.continued += 1;
      return await goOn(client, cut);
    }
    this.#continuedTimes = 0;
    const text = `M${(this.#marks += 1)} Write a long story about a lighthouse keeper and the sea.`;
    const started = await this.#chats.add(
      { text },
      () => client.chat.send({ text }),
      ({ questionId }) => `message:${questionId}`,
    );
    const { conversationId, answerId, questionId, runId } = started;
    this.#chats.place(questionId, conversationId);
    this.#streamed.add(conversationId);
    return { answer: { conversationId, answerId, text: '', deltas: [], hasEnded: false }, runId };
  }

  async #continueToItsEnd({ client }: HostClient, cut: StreamedAnswer): Promise<void> {
    const before = await keptText(client, cut);
    const { answer, runId } = await goOn(client, cut);
    const { promise: grown, resolve } = Promise.withResolvers<undefined>();
    const watching = watchAnswer(client, runId, answer, () => {
      if (answer.text.length > before.length) resolve(undefined);
    });
    await Promise.race([grown, watching]);
    await client.runs.stop({ runId });
    await watching;
    const { problems } = await examineAnswer(client, answer, performance.now());
    this.report.problems.push(...problems);
    const after = await keptText(client, cut);
    if (!after.startsWith(before) || after.length <= before.length) {
      this.report.problems.push(`A continued answer is "${after.slice(-80)}" and was "${before.slice(-80)}"`);
    }
    this.report.continued += 1;
  }

  async #say(): Promise<void> {
    const { kills, acknowledged, streamKills, lostMs } = this.report;
    const worst = Math.max(0, ...lostMs);
    this.#plan.say(
      `${kills} kills, ${acknowledged} acknowledged changes, ${streamKills} cut answers (at most ${worst} ms lost)`,
    );
    this.report.problems.push(...(await checkDatabase(this.#dataFolder, passphrase)));
  }
}

/** The answer, growing again: its run tells first what is kept of it. */
async function goOn(client: HostClient['client'], { conversationId, answerId }: StreamedAnswer) {
  const { runId } = await client.chat.continue({ answerId });
  return {
    answer: { conversationId, answerId, text: '', deltas: [], hasEnded: false } satisfies StreamedAnswer,
    runId,
  };
}

async function keptText(client: HostClient['client'], { answerId }: StreamedAnswer): Promise<string> {
  const kept = (await client.conversations.branch({ tipId: answerId })).at(-1);
  return kept === undefined ? '' : messageText(kept);
}
