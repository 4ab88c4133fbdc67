import { assertNever } from '../../shared/assert-never.ts';
import type { RemoteKind } from '../../shared/remote.ts';

/** Why a server does not begin an answer. */
export type FakeRefusalKind =
  | 'wrong-key'
  | 'no-credit'
  | 'forbidden'
  | 'unknown-model'
  | 'invalid'
  | 'too-long'
  | 'too-large'
  | 'rate-limit'
  | 'server-error'
  | 'bad-gateway'
  | 'overloaded';

/** A refusal as it goes out. */
export type FakeRefusal = { readonly status: number; readonly body: string };

type Said = { readonly status: number; readonly type: string; readonly message: string };

const chatRefusals: Readonly<Record<FakeRefusalKind, Said>> = {
  'wrong-key': { status: 401, type: 'invalid_api_key', message: 'Incorrect API key provided.' },
  'no-credit': { status: 429, type: 'insufficient_quota', message: 'You exceeded your current quota.' },
  forbidden: { status: 403, type: 'permission_denied', message: 'This key may not do that.' },
  'unknown-model': { status: 404, type: 'model_not_found', message: 'The model does not exist.' },
  invalid: { status: 400, type: 'invalid_request_error', message: 'The request is not valid.' },
  'too-long': {
    status: 400,
    type: 'context_length_exceeded',
    message: "This model's maximum context length is 8192 tokens.",
  },
  'too-large': { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size.' },
  'rate-limit': { status: 429, type: 'rate_limit_exceeded', message: 'Rate limit reached for requests.' },
  'server-error': { status: 500, type: 'server_error', message: 'The server had an error.' },
  'bad-gateway': { status: 502, type: 'bad_gateway', message: 'Bad gateway.' },
  overloaded: { status: 503, type: 'overloaded', message: 'The engine is overloaded.' },
};

/** What differs from OpenAI's, by vendor. */
const ownRefusals: Readonly<Record<RemoteKind, Partial<Record<FakeRefusalKind, Said>>>> = {
  openai: {},
  'openai-compatible': {
    'no-credit': { status: 402, type: 'payment_required', message: 'Insufficient credits.' },
    'too-long': {
      status: 400,
      type: 'exceed_context_size_error',
      message: 'the request exceeds the available context size, try increasing it',
    },
  },
  mistral: {
    'wrong-key': { status: 401, type: 'unauthorized', message: 'Unauthorized' },
    'no-credit': { status: 402, type: 'payment_required', message: 'Payment required.' },
    'unknown-model': { status: 400, type: 'invalid_model', message: 'Invalid model: none' },
    'too-long': {
      status: 400,
      type: 'invalid_request_message_order',
      message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
    },
  },
  anthropic: {
    'wrong-key': { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
    'no-credit': {
      status: 400,
      type: 'invalid_request_error',
      message: 'Your credit balance is too low to access the API.',
    },
    'unknown-model': { status: 404, type: 'not_found_error', message: 'model: none' },
    'too-long': {
      status: 400,
      type: 'invalid_request_error',
      message: 'prompt is too long: 210000 tokens > 200000 maximum',
    },
    overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  },
  google: {
    'wrong-key': {
      status: 400,
      type: 'INVALID_ARGUMENT',
      message: 'API key not valid. Please pass a valid API key.',
    },
    'no-credit': {
      status: 429,
      type: 'RESOURCE_EXHAUSTED',
      message: 'You exceeded your current quota, please check your plan and billing details.',
    },
    'unknown-model': { status: 404, type: 'NOT_FOUND', message: 'models/none is not found for API version v1beta.' },
    'too-long': {
      status: 400,
      type: 'INVALID_ARGUMENT',
      message: 'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).',
    },
    // The same words as for spent credit, with a time to wait.
    'rate-limit': {
      status: 429,
      type: 'RESOURCE_EXHAUSTED',
      message: 'You exceeded your current quota, please check your plan and billing details.',
    },
  },
};

function shapeOf(kind: RemoteKind, { status, type, message }: Said, details: readonly object[]): object {
  switch (kind) {
    case 'openai':
    case 'openai-compatible':
      return { error: { message, type, param: null, code: type } };
    case 'anthropic':
      return { type: 'error', error: { type, message }, request_id: 'req_1' };
    case 'google':
      return { error: { code: status, message, status: type, details } };
    case 'mistral':
      return { object: 'error', message, type, param: null, code: '1000' };
    default:
      return assertNever(kind);
  }
}

/** A refusal in the words of a vendor. `retryAfterSeconds` stands in the body too where the vendor puts it there. */
export function refusalOf(kind: RemoteKind, refusal: FakeRefusalKind, retryAfterSeconds: number | null): FakeRefusal {
  const said = ownRefusals[kind][refusal] ?? chatRefusals[refusal];
  const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds ?? 0}s` };
  const body = JSON.stringify(shapeOf(kind, said, retryAfterSeconds === null ? [] : [retry]));
  return { status: said.status, body };
}
