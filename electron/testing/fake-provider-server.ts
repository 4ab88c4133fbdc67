import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RemoteKind } from '../shared/remote.ts';
import { ServedAnswers } from './fake-provider/served-answers.ts';
import type { FakeAsked } from './fake-provider/asked.ts';
import { providerFolders } from './fake-provider/asked.ts';
import type { FakeProviderFault } from './fake-provider/faults.ts';
import type { FakeAnswer, FakeProviderRequest } from './fake-provider/served-answers.ts';
import type { SelfSignedCertificate } from './fake-provider/self-signed-certificate.ts';

/** How a fake provider is started. */
export type FakeProviderOptions = {
  /** Key that requests must carry; null lets everybody in. Default `test-key`. */
  readonly key?: string | null;
  /** Default: a free one. */
  readonly port?: number;
  /** Seed of the pieces that answers are cut into. Default 1. */
  readonly seed?: number;
  /** Names in the lists of models; every name of the list is answered, and no other. Default `large` and `small`. */
  readonly models?: readonly string[];
  /** What the lists say that each of them reads at once, where a vendor's list says it. Default 32,768. */
  readonly contextTokens?: number;
  /** Milliseconds between the pieces of an answer. Default 0. */
  readonly paceMs?: number;
  /** Serves https with it. */
  readonly certificate?: SelfSignedCertificate;
  /** Told of each request when its connection is done with it. */
  readonly onEnd?: (request: FakeProviderRequest) => void;
};

/** Large models elsewhere that are on this machine. */
export type FakeProviderServer = {
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  /** Base address of a remote of this kind. */
  baseUrl(kind: RemoteKind): string;
  /** Everything that came, oldest first. */
  readonly requests: readonly FakeProviderRequest[];
  /** What the next answers and lists do instead of what they should, first one first. */
  fail(...faults: readonly FakeProviderFault[]): void;
  /** What is said from now on. Default: the text of the last turn. */
  answer(say: (asked: FakeAsked) => FakeAnswer): void;
  setKey(key: string | null): void;
  close(): Promise<void>;
};

/**
 * Serves the interfaces of OpenAI, Anthropic, Google, Mistral and of servers that speak like OpenAI's: streamed answers,
 * lists of models, errors in the vendors' words, and faults when a test asks for them. Nothing is counted or kept elsewhere.
 */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProviderServer> {
  const { key = 'test-key', port = 0, seed = 1, models = ['large', 'small'], paceMs = 0, certificate } = options;
  const { contextTokens = 32_768 } = options;
  const served = new ServedAnswers({
    key,
    seed,
    models,
    contextTokens,
    paceMs,
    onEnd: options.onEnd ?? (() => undefined),
  });
  const listener: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
    served.serve(request, response).catch(() => response.destroy());
  };
  const server: Server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this shape.
  const { port: ownPort } = server.address() as AddressInfo;
  const address = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${ownPort}`;
  return {
    address,
    baseUrl: (kind) => `${address}${providerFolders[kind]}`,
    requests: served.requests,
    fail: (...faults) => void served.faults.push(...faults),
    answer: (say) => void (served.say = say),
    setKey: (next) => void (served.key = next),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
