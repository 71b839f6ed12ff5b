import { SalesforceRefusal, refusalOf } from '../org/refusal.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Refusal } from './answers.ts';

/** Why the door did not bring an answer; what is no OrgwatchError is a defect and is thrown on, as is a cancellation. */
export function refusedByDoor(error: unknown): Refusal {
  if (!(error instanceof OrgwatchError) || error.code === 'CANCELLED') throw error;
  return { code: error.code, reason: reasonOf(error), ...errorCodeOf(error), error };
}

/** Salesforce's error body of one subrequest. */
export function refusedInComposite(status: number, body: unknown): Refusal {
  const error = refusalOf(status, JSON.stringify(body) ?? '', 'answer');
  return { code: error.code, reason: reasonOf(error), ...errorCodeOf(error) };
}

function errorCodeOf({ cause }: OrgwatchError): { errorCode?: string } {
  return cause instanceof SalesforceRefusal ? { errorCode: cause.errorCode } : {};
}

/** Salesforce's own code and words where there are any, else what the door says. */
function reasonOf(error: OrgwatchError): string {
  const { cause } = error;
  if (!(cause instanceof SalesforceRefusal)) return oneLine(error.message);
  const words = essence(cause.message);
  return words === '' || words === cause.errorCode ? cause.errorCode : `${cause.errorCode}: ${words}`;
}

/** SOQL errors carry the query and a caret before the sentence that matters, and advice after it. */
function essence(message: string): string {
  const last =
    message
      .split('\n')
      .filter((line) => line.trim() !== '')
      .at(-1) ?? '';
  return oneLine(last.split('. ')[0] ?? last);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
