import type { PortFrame } from './port-bridge.ts';

/** What the preload's world sends to the main process. */
export type PreloadMessage =
  | {
      readonly kind: 'send';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly string[];
    }
  | { readonly kind: 'invoke'; readonly channel: string; readonly args: readonly unknown[]; readonly call: number }
  | PortFrame;

/** What the main process sends to the preload's world. */
export type MainMessage =
  | {
      readonly kind: 'send';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly string[];
    }
  | { readonly kind: 'invoke-result'; readonly call: number; readonly isOk: boolean; readonly value: unknown }
  | PortFrame;

/** What the main process tells a preload when it starts. */
export type PreloadOptions = {
  /** Name of the DOM events between the two worlds of the page; a secret of this window. */
  readonly bridgeName: string;
  /** `process.platform` of the main process. */
  readonly platform: string;
};

/** A question that a preload asks while it waits; the main process writes `answer` into it through the debugger. */
export type FilePathQuestion = { readonly file: File; answer: string };
