import { plainColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const quantumColumns = plainColumns(`
  LEDGER_REF ENTANGLEMENT_SCORE:Number OBSERVER_CHAIN:Set IS_COLLAPSED:Boolean SELECT ORDER 42_CODE NOTE:Text`);

/** A type that no documentation knows, with column names that are SQL keywords or start with a digit. */
export const quantumLedgerAccess: EventType = {
  name: 'QuantumLedgerAccess',
  free: false,
  columns: () => quantumColumns,
  events(day) {
    const recorder = new Recorder(day, 'QuantumLedgerAccess');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.15)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      recorder.add(at, session, {
        LEDGER_REF: `ql:${random.text(12)}`,
        ENTANGLEMENT_SCORE: random.chance(0.1) ? 'n/a' : (random.next() * 10).toFixed(4),
        OBSERVER_CHAIN: 'a,b,"c"',
        IS_COLLAPSED: random.chance(0.5) ? 'true' : 'maybe',
        SELECT: '*',
        ORDER: 'by, 1',
        '42_CODE': '0042',
        NOTE: 'Ψ = "up"\nor ↓ down',
      });
    }
    return recorder.events;
  },
};
