import { z } from 'zod';

/** What computes a model: a graphics processor through one of three interfaces, or the processor itself. */
export const backendSchema = z.enum(['metal', 'cuda', 'vulkan', 'cpu']);
export type Backend = z.infer<typeof backendSchema>;

/** The person's choice; `auto` is the fastest that passed its dry run. */
export const backendChoiceSchema = z.enum(['auto', ...backendSchema.options]);
export type BackendChoice = z.infer<typeof backendChoiceSchema>;

/** One graphics processor as the inference library names it; sizes in bytes. */
export const graphicsDeviceSchema = z
  .object({ name: z.string(), memoryBytes: z.int().nonnegative(), freeBytes: z.int().nonnegative() })
  .readonly();
export type GraphicsDevice = z.infer<typeof graphicsDeviceSchema>;

/**
 * Why a backend is not used: its library is not part of this installation, it found no device, its dry run ended
 * abnormally or in time, it crashed with a model before, the device has too little memory, or the person chose otherwise.
 */
export const backendProblemSchema = z.enum([
  'not-installed',
  'no-device',
  'crashed',
  'timed-out',
  'failed',
  'crashed-before',
  'too-little-memory',
  'not-chosen',
]);
export type BackendProblem = z.infer<typeof backendProblemSchema>;

/** What a dry run in a process of its own found out about one backend. */
export const backendReportSchema = z
  .object({
    backend: backendSchema,
    isUsable: z.boolean(),
    /** Null when usable. */
    problem: backendProblemSchema.nullable(),
    devices: z.array(graphicsDeviceSchema).readonly(),
  })
  .readonly();
export type BackendReport = z.infer<typeof backendReportSchema>;

/** Precisions of weights that a machine is measured with; others compute about like one of these. */
export const measuredTypeSchema = z.enum(['F16', 'Q8_0', 'Q6_K', 'Q4_K', 'Q4_1', 'Q4_0']);
export type MeasuredType = z.infer<typeof measuredTypeSchema>;

/** How fast one precision is computed. */
export const typeRateSchema = z
  .object({
    type: measuredTypeSchema,
    decodeBytesPerSecond: z.number().positive(),
    prefillOperationsPerSecond: z.number().positive(),
  })
  .readonly();
export type TypeRate = z.infer<typeof typeRateSchema>;

/** How fast this machine computes models with one backend, measured with a made model. */
export const machineProbeSchema = z
  .object({
    backend: backendSchema,
    /** Milliseconds since 1970. */
    measuredAt: z.int().nonnegative(),
    /** Bytes of quantised weights that decoding goes through in a second. */
    decodeBytesPerSecond: z.number().positive(),
    /** Multiplications and additions (two operations a weight and token) in a second while a prompt is read. */
    prefillOperationsPerSecond: z.number().positive(),
    /** What a token costs beside its weights, in milliseconds: each block of the model, and once for the token. */
    blockOverheadMs: z.number().nonnegative(),
    tokenOverheadMs: z.number().nonnegative(),
    /** Each precision that there was time for; the two rates above are those of most downloads, `Q4_K`. */
    rates: z.array(typeRateSchema).readonly(),
  })
  .readonly();
export type MachineProbe = z.infer<typeof machineProbeSchema>;

/** What the app knows of the machine that models run on. */
export const machineReportSchema = z
  .object({
    cores: z.int().positive(),
    memoryBytes: z.int().positive(),
    availableMemoryBytes: z.int().nonnegative(),
    backends: z.array(backendReportSchema).readonly(),
    /** The one that models are loaded with. */
    backend: backendSchema,
    /** Null before the first probe. */
    probe: machineProbeSchema.nullable(),
  })
  .readonly();
export type MachineReport = z.infer<typeof machineReportSchema>;
