import type { RemoteKind } from './remote.ts';

/** What is known of a vendor, so that a person needs nothing but the key. */
export type RemoteVendor = {
  /** As the vendor writes it; no word of the catalogue, because it is the same in every language. */
  readonly name: string;
  readonly baseUrl: string;
  /** What the vendor says that it does with what comes through its programming interface. */
  readonly policyUrl: string;
};

/** Official addresses, as the vendors' documentation gives them. */
export const remoteVendors: Readonly<Record<Exclude<RemoteKind, 'openai-compatible'>, RemoteVendor>> = {
  openai: {
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    policyUrl: 'https://platform.openai.com/docs/guides/your-data',
  },
  anthropic: {
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    policyUrl: 'https://www.anthropic.com/legal/commercial-terms',
  },
  google: {
    name: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    policyUrl: 'https://ai.google.dev/gemini-api/terms',
  },
  mistral: {
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    policyUrl: 'https://mistral.ai/terms',
  },
};

/** The vendor of a kind; null for a kind that many speak. */
export function vendorOfKind(kind: RemoteKind): RemoteVendor | null {
  return kind === 'openai-compatible' ? null : remoteVendors[kind];
}
