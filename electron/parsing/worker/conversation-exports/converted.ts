import type { ImportedConversation, ImportedMessage } from '../../protocol/export-protocol.ts';
import type { ImportReport } from '../../../shared/transfer.ts';

/** Why something is left out. */
export type SkipReason = ImportReport['skipped'][number]['reason'];

/** What became of one conversation of an export. */
export type Converted = {
  /** Null where the conversation is left out as a whole, which `leftOut` then says. */
  readonly conversation: ImportedConversation | null;
  /** Parents first. */
  readonly messages: readonly ImportedMessage[];
  readonly leftOut: readonly { readonly reason: SkipReason; readonly count: number }[];
  /** For the report. */
  readonly title: string;
};

/** A conversation that is left out as a whole. */
export function leftOutWhole(reason: SkipReason, title: string): Converted {
  return { conversation: null, messages: [], leftOut: [{ reason, count: 1 }], title };
}
