import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectHost, type HostClient } from '../../app/host-client.ts';

const program = join(import.meta.dirname, '../../../out/main/host.js');

/** Where the host works. */
export type VictimFolders = { readonly dataFolder: string; readonly modelFolder: string };

/** A started host that is the head of a process group of its own, so that a kill takes its engine and readers too. */
export type VictimHost = {
  /** Resolves with the printed address; rejects when the host ends before. */
  readonly address: Promise<string>;
  readonly hasEnded: () => boolean;
  /** SIGKILL to the whole group; resolves when the host is gone. */
  kill(): Promise<void>;
  /** The end that a person asks for; resolves when the host is gone. */
  close(): Promise<void>;
};

/** Starts the built host without a keychain. */
export function startVictim({ dataFolder, modelFolder }: VictimFolders): VictimHost {
  const child = spawn(process.execPath, [program, '--port', '0', '--no-open'], {
    detached: true,
    env: { ...process.env, SOTTO_DATA_DIR: dataFolder, SOTTO_MODEL_DIR: modelFolder, SOTTO_KEYCHAIN: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const address = readAddress(child);
  // A kill before the address is no failure of anybody's.
  address.catch(() => undefined);
  return {
    address,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      if (child.pid !== undefined) endGroup(child.pid, 'SIGKILL');
      await ended;
    },
    async close() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    const match = /Sotto is ready at (\S+)/.exec(output);
    if (match?.[1] !== undefined) resolve(match[1]);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  child.once('exit', (code) => reject(new Error(`The host ended with ${String(code)}:\n${output}`)));
  return await promise;
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself; what comes of that is seen at the next start.
  }
}

/** Enters the host and waits until its chats are open; throws with the state for any other end. */
export async function enter(host: VictimHost, passphrase: string): Promise<HostClient> {
  const connected = await connectHost(await host.address);
  try {
    for await (const state of await connected.client.access.watch()) {
      if (state.state === 'locked') await connected.client.access.unlock({ passphrase });
      else if (state.state === 'open' && state.lostCommits > 0)
        throw new Error(`${state.lostCommits} commits are lost`);
      else if (state.state === 'open') return connected;
      else if (state.state !== 'opening') throw new Error(`The chats are ${JSON.stringify(state)}`);
    }
    throw new Error('The host ended while its chats were opened');
  } catch (error) {
    connected.close();
    throw error;
  }
}
