import path from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';

/** Options of every command. */
export interface CommonOptions {
  readonly targetOrg?: string;
  readonly dataDir: string;
  readonly json?: true;
}

export function withCommonOptions(command: Command): Command {
  return command
    .option(
      '-o, --target-org <org>',
      'alias or username of an org that sf is authorized for (default: sf’s target-org); for a lake also its organization id',
    )
    .addOption(dataDirOption())
    .option('--json', 'print one JSON document on stdout')
    .helpOption('-h, --help', 'print help');
}

export function dataDirOption(): Option {
  return new Option('--data-dir <folder>', 'folder of the lakes')
    .default('.orgwatch')
    .env('ORGWATCH_DATA_DIR')
    .argParser((folder: string) => path.resolve(folder));
}
