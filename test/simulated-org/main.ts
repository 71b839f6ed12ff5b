import { parseArgs } from 'node:util';
import { scenarios } from './scenarios.ts';
import { startSimulatedOrg } from './server.ts';

const USAGE = `Usage: node test/simulated-org/main.ts [--port P] [--scenario NAME] [--seed N] [--scale S] [--latency MS]

A Salesforce org on the loopback interface. Prints one JSON line when it is ready; Ctrl+C ends it.
Scenarios: ${[...scenarios.keys()].join(', ')}
`;

function numberOf(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} takes a number, not "${text ?? ''}"`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      scenario: { type: 'string', default: 'shield' },
      seed: { type: 'string' },
      scale: { type: 'string' },
      latency: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return;
  }
  const { close, ...address } = await startSimulatedOrg({
    port: numberOf('port', values.port, 0),
    scenario: values.scenario,
    seed: numberOf('seed', values.seed, 1),
    scale: numberOf('scale', values.scale, 1),
    latency: numberOf('latency', values.latency, 0),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
});
