// `npm run campaign -- database-damage [TRIALS] [SEED]`: flips a bit of, or cuts, the database or its log, then opens,
// inspects and rescues it. Ends with 1 unless every damage to the database is detected and every conversation that it did
// not hit comes back whole, damage to the log costs commits from its end only, which the counter tells, and no process dies.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';
import {
  createDamageSubject,
  createLogSubject,
  pickDamage,
  tryDatabaseDamage,
  tryFileDamageUnderLog,
  tryLogDamage,
} from '../../electron/testing/damage-trials.ts';
import type { DamageSubject, LogSubject } from '../../electron/testing/damage-trials.ts';

/** Trials of one process. */
const batchSize = 100;
const inside = '--batch';
const parts = ['database', 'database', 'database', 'log', 'database', 'under-log'] as const;

function tryOne(trial: number, random: () => number, subject: DamageSubject, log: LogSubject): unknown {
  const part = parts[trial % parts.length];
  switch (part) {
    case 'log': {
      const damage = pickDamage(random, log.sizeBytes);
      return { part, damage, ...tryLogDamage(log, damage) };
    }
    case 'under-log': {
      const damage = pickDamage(random, log.fileSizeBytes);
      return { part, damage, ...tryFileDamageUnderLog(log, damage) };
    }
    default: {
      const damage = pickDamage(random, subject.sizeBytes);
      return { part: 'database', damage, lost: 0, ...tryDatabaseDamage(subject, damage) };
    }
  }
}

async function runBatch(trials: number, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-damage-'));
  const random = createSeededRandom(seed);
  const key = randomBytes(32);
  try {
    const subject = await createDamageSubject(folder, key);
    const log = createLogSubject(folder, key, 40);
    for (let trial = 0; trial < trials; trial += 1) {
      console.log(JSON.stringify(tryOne(trial, random, subject, log)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Line = {
  readonly part: string;
  readonly code: string;
  readonly lost: number;
  readonly problems: readonly string[];
};

function runAll(trials: number, seed: number): boolean {
  const lines: Line[] = [];
  let deaths = 0;
  for (let done = 0; done < trials; done += batchSize) {
    const args = [import.meta.filename, inside, String(Math.min(batchSize, trials - done)), String(seed + done)];
    const { status, signal, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) {
      deaths += 1;
      console.error(`A process ended with ${status ?? signal}.`);
    }
    // Our own lines, as `runBatch` writes them.
    const found = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    for (const line of found.filter(({ problems }) => problems.length > 0)) console.error(JSON.stringify(line));
    lines.push(...found);
    console.log(`${lines.length} of ${trials}`);
  }
  const database = lines.filter(({ part }) => part === 'database');
  const log = lines.filter(({ part }) => part === 'log');
  const underLog = lines.filter(({ part }) => part === 'under-log');
  const failed = lines.filter(({ problems }) => problems.length > 0);
  const detected = database.filter(({ code }) => code === 'storage/corrupt').length;
  const losses = log.map(({ lost }) => lost);
  console.log(`Database: ${detected} of ${database.length} damages detected.`);
  console.log(
    `Log: ${log.length} damages, ${losses.filter((lost) => lost > 0).length} cost commits, ${Math.max(0, ...losses)} at most; all told.`,
  );
  const healed = underLog.filter(({ code }) => code === 'opened').length;
  console.log(
    `Database under a full log: ${underLog.length - healed} of ${underLog.length} detected, ${healed} made good by it.`,
  );
  console.log(`${failed.length} broken promises, ${deaths} processes died.`);
  return failed.length === 0 && deaths === 0 && lines.length === trials;
}

const [first, second, third] = process.argv.slice(2);
if (first === inside) await runBatch(Number(second), Number(third));
else process.exitCode = runAll(Number(first ?? 2_000), Number(second ?? 1)) ? 0 : 1;
