import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { evaluateFolder } from '../services/evaluation/evaluate-folder.ts';
import type { EvaluateFolderOptions, EvaluationFigures } from '../services/evaluation/evaluate-folder.ts';
import { createHiddenPlaces } from '../services/evaluation/hidden-places.ts';
import { makeCalibration } from '../services/evaluation/make-calibration.ts';
import { readEvaluation } from '../services/evaluation/read-evaluation.ts';
import { writeReport } from '../services/evaluation/write-report.ts';
import type { AppClient } from './app-client.ts';
import type { App, AppOptions } from './app.ts';
import { createAsker, createSummarizer } from './evaluation-answers.ts';

/** What is measured, and who is told how far it is. */
export type EvaluationChoice = Pick<EvaluateFolderOptions, 'modes' | 'parts' | 'onProgress'>;

/** An evaluation of a folder, before the app is open. */
export interface OpenedEvaluation {
  /** What the app must be opened with, so that answers can be taken out of its index. */
  readonly storageView: NonNullable<AppOptions['storageView']>;
  /** Indexes the folder in the app and measures. Throws what reading its documents throws. */
  run(app: App, client: AppClient, choice: EvaluationChoice, signal: AbortSignal): Promise<EvaluationFigures>;
  /** Writes a report in Markdown, its pictures beside it. */
  report(figures: EvaluationFigures, app: App, path: string): Promise<void>;
  /** Writes the threshold for withholding; false where nothing was asked, or no confidence measured. */
  calibrate(figures: EvaluationFigures, app: App, path: string): Promise<boolean>;
}

/** Reads the questions of a folder. Throws `file/not-found`, `app/invalid-input`. */
export async function openEvaluation(folder: string): Promise<OpenedEvaluation> {
  const evaluation = await readEvaluation(folder);
  const hidden = createHiddenPlaces();
  const headOf = async (app: App) => {
    const { model } = await app.services.status.current();
    return { folder: basename(folder), model: model?.name ?? null, date: new Date() };
  };
  return {
    storageView: (storage) => hidden.view(storage),
    run: async (app, client, choice, signal) => {
      const { documents } = app.services;
      const [ask, summarize] = [createAsker(client), createSummarizer(client)];
      return await evaluateFolder(evaluation, { ...choice, documents, ask, summarize, hidden }, signal);
    },
    report: async (figures, app, path) => await writeReport(figures, await headOf(app), path),
    calibrate: async ({ answers }, app, path) => {
      const calibration = answers && makeCalibration(answers, await headOf(app));
      if (calibration === null) return false;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(calibration, null, 2)}\n`);
      return true;
    },
  };
}
