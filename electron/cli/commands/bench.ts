import type { LoadRequest } from '../../inference/engine.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Command } from '../command.ts';
import type { BenchSurroundings } from '../bench/bench-surroundings.ts';
import { measureBusy } from '../bench/measure-busy.ts';
import { measureDecode } from '../bench/measure-decode.ts';
import { measureFollowUp } from '../bench/measure-follow-up.ts';
import { measureEventLoop, measureIndexing } from '../bench/measure-indexing.ts';
import { measureMemory } from '../bench/measure-memory.ts';
import { measureQuickAsk } from '../bench/measure-quick-ask.ts';
import { measureRestart } from '../bench/measure-restart.ts';
import { measureStops } from '../bench/measure-stop.ts';
import { spreadOf } from '../bench/spread.ts';
import { modelChange } from '../model-option.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from '../wrong-value-error.ts';

/** What is wanted of each figure: ratios at least, durations (milliseconds, 95th percentile; of event-loop delays, the 99th of each run) at most. */
const bars = {
  decode: 0.95,
  followUp: 8,
  indexing: 0.9,
  stopToLastTextMs: 200,
  stopToFreeMs: 500,
  eventLoopDelayMs: 50,
  busy: 0.8,
  /** At most. */
  memory: 1.1,
  /** At most. */
  quickAsk: 1.5,
} as const;

/** `sotto bench`: ratios within one run, since times differ from machine to machine. */
export const benchCommand: Command = {
  name: 'bench',
  usage: '[--repeats N] [--model MODEL]',
  words: 'command.bench',
  options: {
    repeats: { type: 'string', placeholder: 'N', words: 'option.repeats' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
  },
  positionals: [0, 0],
  examples: ['sotto bench', 'sotto bench --repeats 10 --json'],
  run: async ({ options, terminal, signal, openSession }) => {
    const repeats = wholeNumber('--repeats', options.text('repeats'), { least: 5, most: 50, otherwise: 5 });
    await using session = await openSession({ ...modelChange(options), isAlone: true });
    const { app, client } = session;
    if (app === null) throw new Error('A session of its own runs in this process');
    const surroundings: BenchSurroundings = { client, engine: app.engine, repeats, signal };
    const { path } = await app.services.models.embedder();
    await app.engine.load({ slot: 'embedding', path }, { signal });
    const current = await app.services.models.current();
    if (current === null) throw new AppError('model/none', 'There is no chat model.');
    const loadOptions = await app.services.models.loadOptions(current.description.id);
    const chat = { id: current.description.id, load: { ...loadOptions, slot: 'chat', path: current.path } } as const;
    const report = await measure(surroundings, chat, terminal);
    printReport(report, terminal);
    const { model } = await app.services.status.current();
    const { cores } = app.platform;
    return { json: { ...report, repeats, model: model?.name ?? null, machine: { cores, architecture: process.arch } } };
  },
};

type Report = Awaited<ReturnType<typeof measure>>;

async function measure(
  surroundings: BenchSurroundings,
  chat: { readonly id: string; readonly load: LoadRequest },
  terminal: Terminal,
) {
  const { t } = terminal;
  const measuring = (what: string): void => terminal.progress(t('terminal:bench.measuring', { what }));
  measuring(t('terminal:bench.decode'));
  const decode = await measureDecode(surroundings);
  measuring(t('terminal:bench.followUp'));
  const followUp = await measureFollowUp(surroundings);
  measuring(t('terminal:bench.quickAsk'));
  const quickAsk = await measureQuickAsk(surroundings);
  measuring(t('terminal:bench.stop'));
  const stops = await measureStops(surroundings);
  measuring(t('terminal:bench.indexing'));
  const indexing = await measureIndexing(surroundings);
  measuring(t('terminal:bench.eventLoop'));
  const eventLoopDelaysMs = await measureEventLoop(surroundings);
  measuring(t('terminal:bench.busyDecode'));
  const busy = await measureBusy(surroundings);
  measuring(t('terminal:bench.restart'));
  const restart = await measureRestart(surroundings, chat.load, chat.id);
  // Last: it puts the models to sleep.
  measuring(t('terminal:bench.memory'));
  const memory = await measureMemory(surroundings);
  return {
    ratios: {
      decode: ratio(decode, bars.decode),
      followUp: ratio(followUp, bars.followUp),
      // Nothing where the machine has no folder in memory.
      followUpAfterRestart: restart.length === 0 ? null : ratio(restart, bars.followUp),
      indexing: ratio(indexing, bars.indexing),
      busyDecode: ratio(busy.decode, bars.busy),
      busyEmbedding: ratio(busy.embedding, bars.busy),
    },
    memory: atMost(memory, bars.memory),
    quickAsk: atMost(quickAsk, bars.quickAsk),
    durations: {
      stopToLastText: duration(
        stops.map(({ toLastTextMs }) => toLastTextMs),
        bars.stopToLastTextMs,
      ),
      stopToFree: duration(
        stops.map(({ toFreeMs }) => toFreeMs),
        bars.stopToFreeMs,
      ),
      eventLoopDelay: duration(eventLoopDelaysMs, bars.eventLoopDelayMs),
    },
    stops,
  };
}

function ratio<Pair extends { readonly ratio: number }>(pairs: readonly Pair[], bar: number) {
  const spread = spreadOf(pairs.map((pair) => pair.ratio));
  return { ...spread, bar, isMet: spread.median >= bar, pairs };
}

function atMost<Pair extends { readonly ratio: number }>(pairs: readonly Pair[], bar: number) {
  const spread = spreadOf(pairs.map((pair) => pair.ratio));
  return { ...spread, bar, isMet: spread.median <= bar, pairs };
}

function duration(valuesMs: readonly number[], barMs: number) {
  const spread = spreadOf(valuesMs);
  return { ...spread, barMs, isMet: spread.p95 <= barMs };
}

function printReport({ ratios, durations, memory, quickAsk }: Report, terminal: Terminal): void {
  const { t } = terminal;
  const rows = [
    [t('terminal:bench.decode'), ratios.decode],
    [t('terminal:bench.followUp'), ratios.followUp],
    [t('terminal:bench.restart'), ratios.followUpAfterRestart],
    [t('terminal:bench.indexing'), ratios.indexing],
    [t('terminal:bench.busyDecode'), ratios.busyDecode],
    [t('terminal:bench.busyEmbedding'), ratios.busyEmbedding],
  ] as const;
  for (const [name, measured] of rows) {
    if (measured === null) continue;
    const { median, least, most, bar } = measured;
    const [middle, low, high] = [median, least, most].map((value) => value.toFixed(2));
    terminal.print(t('terminal:bench.ratio', { name, median: middle, least: low, most: high, bar }));
  }
  const limits = [
    [t('terminal:bench.quickAsk'), quickAsk],
    [t('terminal:bench.memory'), memory],
  ] as const;
  for (const [name, { median, least, most, bar }] of limits) {
    const [middle, low, high] = [median, least, most].map((value) => value.toFixed(2));
    terminal.print(t('terminal:bench.atMost', { name, median: middle, least: low, most: high, bar }));
  }
  const times = [
    [t('terminal:bench.stopShown'), durations.stopToLastText],
    [t('terminal:bench.stop'), durations.stopToFree],
    [t('terminal:bench.eventLoop'), durations.eventLoopDelay],
  ] as const;
  for (const [name, { p95, median, barMs }] of times) {
    terminal.print(t('terminal:bench.duration', { name, p95: p95.toFixed(0), median: median.toFixed(0), bar: barMs }));
  }
}
