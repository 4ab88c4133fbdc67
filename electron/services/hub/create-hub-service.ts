import type { Egress } from '../../egress/egress.ts';
import type { ByteSource } from '../../inference/gguf/header-window.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { repositorySchema } from '../../shared/catalogue.ts';
import type { HubModel, HubQuery, HubRepository } from '../../shared/hub.ts';
import type { EgressPurpose } from '../../shared/ledger-entry.ts';
import { groupHubFiles } from './group-hub-files.ts';
import { foundModelSchema, foundModelsSchema, licenceOf, repositoryAnswerSchema } from './hub-answers.ts';
import { hubError } from './hub-errors.ts';
import type { AskedOfHub } from './hub-errors.ts';
import type { HubFileAddress, HubRange, HubRangeRequest, HubService } from './hub-service.ts';
import { createRangeSource } from './range-source.ts';
import { readBoundedJson } from './read-bounded-json.ts';

/** What the service is made of. */
export type HubServiceOptions = {
  readonly egress: Egress;
  readonly clock: Clock;
  /** The address of the settings at each call. */
  readonly address: () => Promise<string>;
  /** The person's token; null without one. */
  readonly token: () => Promise<string | null>;
};

const askedBy = 'models';
/** Finds of one search. */
const searchLimit = 50;
/** Time until a server begins to answer. */
const answerTimeoutMs = 30_000;
/** Where huggingface.co and its mirrors keep files: `cdn-lfs-us-1.hf.co`, `cas-bridge.xethub.hf.co`, `cdn-lfs.huggingface.co`. */
const storeHosts = ['hf.co', 'huggingface.co'];
const orderNames = { downloads: 'downloads', likes: 'likes', updated: 'lastModified' } as const;

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

type Question = AskedOfHub & {
  readonly url: string;
  readonly purpose: EgressPurpose;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirectHosts?: readonly string[];
  readonly accepts?: readonly number[];
};

/** The hub behind the way out. */
export function createHubService(options: HubServiceOptions): HubService {
  const { egress, clock } = options;

  const open = async (question: Question, signal: AbortSignal): Promise<Response> => {
    const token = await options.token();
    const slow = new AbortController();
    const timer = setTimeout(
      () => slow.abort(new AppError('download/stalled', 'The hub does not answer.')),
      answerTimeoutMs,
    );
    try {
      const headers = { ...question.headers, ...(token !== null && { authorization: `Bearer ${token}` }) };
      const { url, purpose, redirectHosts = [] } = question;
      const request = { url, purpose, askedBy, headers, redirectHosts };
      const response = await egress.fetch(request, AbortSignal.any([signal, slow.signal]));
      if (question.accepts?.includes(response.status) === true) return response;
      const error = hubError(response, question, { hasToken: token !== null, nowMs: clock.now() });
      if (error === null) return response;
      await response.body?.cancel();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  const base = async (): Promise<{ readonly origin: string; readonly host: string }> => {
    const { origin, host } = new URL(await options.address());
    return { origin, host };
  };

  const range: HubService['range'] = async (request, signal) => {
    const { origin, host } = await base();
    const { repository, path } = request;
    const question: Question = {
      url: addressOf(origin, request),
      host,
      repository,
      what: `${repository}/${path}`,
      purpose: 'model-download',
      headers: rangeHeaders(request),
      redirectHosts: [...storeHosts, new URL(origin).hostname],
      accepts: [200, 206],
    };
    return await readRange(await open(question, signal), request, host);
  };

  return {
    host: async () => (await base()).host,
    async search(query, signal) {
      const { origin, host } = await base();
      const url = `${origin}/api/models?${searchParameters(query)}`;
      const what = query.text;
      const response = await open({ url, host, what, purpose: 'model-search' }, signal);
      const found = foundModelsSchema.safeParse(await readBoundedJson(response, host));
      if (!found.success) throw unexpected(host);
      return found.data.flatMap((one) => toHubModel(one));
    },
    async repository(wanted, signal) {
      const { origin, host } = await base();
      const repository = parseRepository(wanted, host);
      const url = `${origin}/api/models/${repository}?blobs=true`;
      const question = { url, host, repository, what: repository, purpose: 'model-search' } as const;
      const response = await open(question, signal);
      const answer = repositoryAnswerSchema.safeParse(await readBoundedJson(response, host));
      if (!answer.success) throw unexpected(host);
      const { sha: revision, gated: isGated, tags, siblings } = answer.data;
      return {
        repository,
        revision,
        licence: licenceOf(tags),
        isGated,
        files: groupHubFiles(siblings),
      } satisfies HubRepository;
    },
    range,
    byteSource(address, sizeBytes, signal): ByteSource {
      return createRangeSource(async (start, end) => await range({ ...address, start, end }, signal), sizeBytes);
    },
  };
}

function searchParameters({ text, licence, order }: HubQuery): URLSearchParams {
  const parameters = new URLSearchParams({ search: text, limit: String(searchLimit), full: 'true' });
  parameters.append('filter', 'gguf');
  if (licence !== null) parameters.append('filter', `license:${licence}`);
  parameters.set('sort', orderNames[order]);
  parameters.set('direction', '-1');
  return parameters;
}

function toHubModel(find: unknown): readonly HubModel[] {
  const { data } = foundModelSchema.safeParse(find);
  if (data === undefined) return [];
  const { id: repository, downloads, likes, tags, gated: isGated, lastModified } = data;
  const updatedMs = Date.parse(lastModified ?? '');
  const updatedAt = Number.isFinite(updatedMs) && updatedMs >= 0 ? updatedMs : null;
  return [{ repository, downloads, likes, licence: licenceOf(tags), isGated, updatedAt }];
}

function parseRepository(wanted: string, host: string): string {
  const parsed = repositorySchema.safeParse(wanted);
  if (parsed.success) return parsed.data;
  throw new AppError('hub/not-found', 'This is no name of a repository.', { host, what: wanted.slice(0, 200) });
}

const unexpected = (host: string): AppError =>
  new AppError('hub/unexpected', 'The answer of the hub is none that is known.', { host });

const addressOf = (origin: string, { repository, revision, path }: HubFileAddress): string =>
  `${origin}/${repository}/resolve/${revision}/${encodePath(path)}`;

function rangeHeaders({ start, end, entityTag }: HubRangeRequest): Readonly<Record<string, string>> {
  if (start === 0 && end === undefined) return {};
  return { range: `bytes=${start}-${end ?? ''}`, ...(entityTag !== undefined && { 'if-range': entityTag }) };
}

/** Checks what the head says against what was asked (RFC 9110 section 14.4). */
async function readRange(response: Response, request: HubRangeRequest, host: string): Promise<HubRange> {
  const { headers, status, body } = response;
  const refuse = async (): Promise<never> => {
    await body?.cancel();
    throw unexpected(host);
  };
  // Asked for as it is; a body that was packed all the same is not the file.
  const coding = headers.get('content-encoding') ?? 'identity';
  if (body === null || coding !== 'identity') return refuse();
  const entityTag = headers.get('etag');
  if (status === 200) {
    const length = Number(headers.get('content-length') ?? 0);
    return { start: 0, totalBytes: length, entityTag, body };
  }
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  const [start, end, totalBytes] = [Number(from), Number(to), Number(total)];
  const wantedEnd = Math.min(request.end ?? totalBytes - 1, totalBytes - 1);
  if (from === undefined || start !== request.start || end !== wantedEnd) return refuse();
  return { start, totalBytes, entityTag, body };
}
