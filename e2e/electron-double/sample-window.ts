/** What the sample's preload and page put on `window`. */
export type SampleWindow = {
  readonly sample: {
    readonly list: readonly unknown[];
    readonly nodeRefused: string;
    readonly memberRefused: string;
    readonly add: (left: number, right: number) => number;
    readonly twice: (callback: (value: number) => number) => number;
    readonly throws: () => void;
    readonly same: (value: unknown) => Promise<unknown>;
    readonly fail: () => Promise<void>;
    readonly unknown: () => Promise<void>;
    readonly choose: () => Promise<readonly string[]>;
    readonly copy: (text: string) => Promise<void>;
    readonly greetByPort: (greeting: string, text: string) => Promise<unknown>;
    readonly pathOf: (file: File) => string;
  };
  readonly samplePort: MessagePort;
  readonly askUtility: (question: unknown) => Promise<{ readonly echo: unknown; readonly from: number }>;
  onSampleMessage?: (message: Record<string, unknown>) => void;
};

declare global {
  interface Window extends SampleWindow {}
}
