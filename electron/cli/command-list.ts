import type { Command } from './command.ts';
import { askCommand } from './commands/ask.ts';
import { benchCommand } from './commands/bench.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evalCommand } from './commands/eval.ts';
import { hostCommand } from './commands/host.ts';
import { indexCommand } from './commands/index-documents.ts';
import { keysRemoveCommand, keysSetCommand, keysStatusCommand } from './commands/keys.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { modelsFitCommand } from './commands/models/fit-models.ts';
import { modelsImportCommand } from './commands/models/import-model.ts';
import { modelsInstallCommand } from './commands/models/install-model.ts';
import { modelsListCommand } from './commands/models/list-models.ts';
import { modelsInfoCommand } from './commands/models/model-info.ts';
import { modelsRemoveCommand } from './commands/models/remove-model.ts';
import { modelsSearchCommand } from './commands/models/search-models.ts';
import { remotesAddCommand } from './commands/remotes/add-remote.ts';
import { remotesChangeCommand } from './commands/remotes/change-remote.ts';
import { remotesModeCommand } from './commands/remotes/cloud-mode.ts';
import { remotesListCommand } from './commands/remotes/list-remotes.ts';
import { remotesRemoveCommand } from './commands/remotes/remove-remote.ts';
import { remotesModelsCommand, remotesTestCommand } from './commands/remotes/test-remote.ts';
import { searchCommand } from './commands/search.ts';
import { summarizeCommand } from './commands/summarize.ts';
import { exportCommand, importCommand } from './commands/transfer.ts';

/** Every command, in the order of the help. */
export const commandList: readonly Command[] = [
  askCommand,
  summarizeCommand,
  indexCommand,
  searchCommand,
  modelsListCommand,
  modelsSearchCommand,
  modelsInstallCommand,
  modelsImportCommand,
  modelsRemoveCommand,
  modelsFitCommand,
  modelsInfoCommand,
  exportCommand,
  importCommand,
  remotesListCommand,
  remotesAddCommand,
  remotesChangeCommand,
  remotesTestCommand,
  remotesModelsCommand,
  remotesRemoveCommand,
  remotesModeCommand,
  keysStatusCommand,
  keysSetCommand,
  keysRemoveCommand,
  ledgerCommand,
  doctorCommand,
  benchCommand,
  evalCommand,
  hostCommand,
];
