import { guardStalls } from '../../egress/guard-stalls.ts';
import type { ByteSource } from '../../inference/gguf/header-window.ts';
import { AppError } from '../../shared/app-error.ts';
import { repositorySchema } from '../../shared/catalogue.ts';
import type { HubModel, HubQuery, HubRepository } from '../../shared/hub.ts';
import { askHub, readHubJson, stallMs } from './ask-hub.ts';
import type { HubQuestion, HubServiceOptions } from './ask-hub.ts';
import { groupHubFiles } from './group-hub-files.ts';
import { foundModelSchema, foundModelsSchema, licenceOf, repositoryAnswerSchema } from './hub-answers.ts';
import type { HubFileAddress, HubRange, HubRangeRequest, HubService } from './hub-service.ts';
import { createRangeSource } from './range-source.ts';

/** Finds of one search. */
const searchLimit = 50;
/** Where huggingface.co and its mirrors keep files: `cdn-lfs-us-1.hf.co`, `cas-bridge.xethub.hf.co`, `cdn-lfs.huggingface.co`. */
const storeHosts = ['hf.co', 'huggingface.co'];
const foundProperties = ['downloads', 'likes', 'tags', 'gated', 'lastModified'];
const orderNames = { downloads: 'downloads', likes: 'likes', updated: 'lastModified' } as const;

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** The hub behind the way out. */
export function createHubService(options: HubServiceOptions): HubService {
  const base = async (): Promise<{ readonly origin: string; readonly host: string }> => {
    const { origin, host } = new URL(await options.address());
    return { origin, host };
  };

  const range: HubService['range'] = async (request, signal) => {
    const { origin, host } = await base();
    const { repository, path } = request;
    const question: HubQuestion = {
      url: addressOf(origin, request),
      host,
      repository,
      what: `${repository}/${path}`,
      purpose: 'model-download',
      headers: rangeHeaders(request),
      redirectHosts: [...storeHosts, new URL(origin).hostname],
      accepts: [200, 206],
    };
    const checked = await readRange(await askHub(options, question, signal), request, host);
    return { ...checked, body: guardStalls(checked.body, { clock: options.clock, stallMs }) };
  };

  return {
    host: async () => (await base()).host,
    async search(query, signal) {
      const { origin, host } = await base();
      const url = `${origin}/api/models?${searchParameters(query).toString()}`;
      const what = query.text;
      const found = foundModelsSchema.safeParse(
        await readHubJson(options, { url, host, what, purpose: 'model-search' }, signal),
      );
      if (!found.success) throw unexpected(host);
      return found.data.flatMap((one) => toHubModel(one));
    },
    async repository(wanted, signal) {
      const { origin, host } = await base();
      const repository = parseRepository(wanted, host);
      const url = `${origin}/api/models/${repository}?blobs=true`;
      const question = { url, host, repository, what: repository, purpose: 'model-search' } as const;
      const answer = repositoryAnswerSchema.safeParse(await readHubJson(options, question, signal));
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
  const parameters = new URLSearchParams({ search: text, limit: String(searchLimit) });
  // Named one by one: all that the hub knows of fifty repositories would be megabytes, with every file of theirs.
  for (const property of foundProperties) parameters.append('expand[]', property);
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
