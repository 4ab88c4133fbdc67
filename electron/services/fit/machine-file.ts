import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelMeasurementSchema } from '../../shared/fit.ts';
import { backendSchema, machineProbeSchema } from '../../shared/machine.ts';

const fileName = 'machine.json';
const mostMeasurements = 200;

const ratioSchema = z.number().min(0.1).max(10);

/** What was measured against what was predicted, by backend; 1 before anything ran. */
export const calibrationSchema = z
  .object({ backend: backendSchema, decode: ratioSchema, prefill: ratioSchema, memory: ratioSchema })
  .readonly();
export type Calibration = z.infer<typeof calibrationSchema>;

/** What was measured on this machine; nothing in it is about the person. */
export const machineRecordSchema = z
  .object({
    version: z.literal(1),
    /** Of the processor: a disk that was moved into another machine begins anew. */
    machine: z.string(),
    probes: z.array(machineProbeSchema).max(8).readonly(),
    calibrations: z.array(calibrationSchema).max(8).readonly(),
    /** By the digest of the model's file. */
    measurements: z
      .array(z.object({ sha256: z.string(), measured: modelMeasurementSchema }).readonly())
      .max(mostMeasurements)
      .readonly(),
  })
  .readonly();
export type MachineRecord = z.infer<typeof machineRecordSchema>;

/** Nothing measured yet. */
export function emptyRecord(machine: string): MachineRecord {
  return { version: 1, machine, probes: [], calibrations: [], measurements: [] };
}

/** What is kept of a machine in the data folder. A file that is missing, damaged or of another machine is none: all can be measured again. */
export async function readMachineRecord(dataFolder: string, machine: string): Promise<MachineRecord> {
  try {
    const text = await readFile(join(dataFolder, fileName), 'utf8');
    const { data } = machineRecordSchema.safeParse(JSON.parse(text));
    return data?.machine === machine ? data : emptyRecord(machine);
  } catch {
    return emptyRecord(machine);
  }
}

/** Replaces the file in one step. Throws what the disk throws; calls must not overlap. */
export async function writeMachineRecord(dataFolder: string, record: MachineRecord): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const temporaryPath = join(dataFolder, `${fileName}.${randomUUID()}.partial`);
  const kept = { ...record, measurements: record.measurements.slice(-mostMeasurements) };
  try {
    await using file = await open(temporaryPath, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(kept, null, 2)}\n`);
    await file.sync();
    await rename(temporaryPath, join(dataFolder, fileName));
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}
