import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import { alreadyRunning } from '../already-running.ts';
import { announcementFolder, readAnnouncements, removeAnnouncement } from './announcement.ts';
import type { FramedPort } from './framed-port.ts';
import { isNodeError } from '../../platform/node-error.ts';
import { Presence } from './presence.ts';
import { probe, type ProbeResult } from './probe.ts';

/** This process owns the folder until `release`; others that come reach it through `serve`. */
export type OwnedFolder = {
  readonly status: 'owned';
  serve(accept: (port: FramedPort) => void): void;
  release(): Promise<void>;
};

/** Another process owns it. `port` is a connection to that process, or null when it does not answer; to be closed. */
export type TakenFolder = { readonly status: 'taken'; readonly pid: number; readonly port: FramedPort | null };

/** How long starters may get in each other's way; two of them settle within milliseconds. */
const contentionLimitMs = 15_000;

/** Two started at once, and the other goes first. */
type Yielding = { readonly status: 'yield'; readonly pid: number };

type Neighbour = { readonly name: string; readonly pid: number; readonly result: ProbeResult };

/**
 * Makes this process the owner of a data folder, or finds out who is. Each process announces itself first and looks at
 * the others then, and owns the folder only when it sees nobody else alive: of two that start at once, at least one
 * sees the other. What a killed process left behind is cleared safely, because no name is used twice.
 *
 * Throws AppError `disk/not-writable` or `disk/full` when the folder cannot be used, and `app/already-running` when
 * starters keep getting in each other's way.
 */
export async function claimDataFolder(
  dataFolder: string,
  operatingSystem: NodeJS.Platform,
): Promise<OwnedFolder | TakenFolder> {
  let contenderPid = process.pid;
  try {
    const folder = await announcementFolder(dataFolder);
    const startedAt = performance.now();
    while (performance.now() - startedAt < contentionLimitMs) {
      const presence = await Presence.announce(folder, operatingSystem);
      const claim = await settle(folder, presence).catch(async (error: unknown) => {
        await presence.withdraw();
        throw error;
      });
      if (claim.status !== 'yield') return claim;
      contenderPid = claim.pid;
      // Apart, so that the next round does not end as this one did.
      await delay(10 + Math.random() * 50);
    }
  } catch (error) {
    throw diskError(error, dataFolder);
  }
  throw alreadyRunning(contenderPid, dataFolder);
}

async function settle(folder: string, presence: Presence): Promise<OwnedFolder | TakenFolder | Yielding> {
  for (;;) {
    const neighbours = await lookAround(folder, presence.announcement.name);
    const owner = neighbours.find(({ result }) => result.state === 'owner' || result.state === 'silent');
    if (owner !== undefined) {
      await presence.withdraw();
      return { status: 'taken', pid: owner.pid, port: owner.result.state === 'owner' ? owner.result.port : null };
    }
    if (neighbours.length === 0) {
      presence.own();
      return {
        status: 'owned',
        serve: (accept) => presence.serve(accept),
        release: async () => await presence.withdraw(),
      };
    }
    const rival = neighbours.find(({ name }) => name < presence.announcement.name);
    if (rival !== undefined) {
      await presence.withdraw();
      return { status: 'yield', pid: rival.pid };
    }
    await delay(10);
  }
}

/** Everybody else who is alive. Clears away what the dead left. */
async function lookAround(folder: string, ownName: string): Promise<readonly Neighbour[]> {
  const others = (await readAnnouncements(folder)).filter(({ name }) => name !== ownName);
  const neighbours = await Promise.all(
    others.map(async (other) => {
      const result = await probe(other);
      if (result.state === 'dead') await removeAnnouncement(folder, other);
      return { name: other.name, pid: other.pid, result };
    }),
  );
  return neighbours.filter(({ result }) => result.state !== 'dead');
}

function diskError(error: unknown, path: string): unknown {
  if (isNodeError(error, 'ENOSPC', 'EDQUOT'))
    return new AppError('disk/full', 'The data folder has no room', { path }, { cause: error });
  if (isNodeError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT')) {
    return new AppError('disk/not-writable', 'The data folder cannot be written', { path }, { cause: error });
  }
  return error;
}
