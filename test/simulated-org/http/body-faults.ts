import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { FaultInput, FaultKind } from './faults.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** The body as it goes over the wire with the given faults. Only `reset` needs the response: it destroys its socket. */
export function withFaults(body: Bytes, faults: ReadonlyMap<FaultKind, FaultInput>, response: ServerResponse): Bytes {
  let result = body;
  const trickle = faults.get('trickle');
  const truncated = faults.get('truncated');
  const reset = faults.get('reset');
  if (faults.has('corrupt-gzip') && response.getHeader('content-encoding') === 'gzip') result = corrupted(result);
  if (trickle !== undefined) result = slowly(result, trickle.bytesPerSecond ?? 1024);
  if (truncated !== undefined) result = cutShort(result, truncated.afterBytes);
  if (reset !== undefined) result = thenReset(cutShort(result, reset.afterBytes), response);
  return result;
}

/** Flips bits in the middle of every chunk, so that inflating fails or the checksum does not hold. */
async function* corrupted(body: Bytes): Bytes {
  for await (const chunk of body) {
    const copy = Buffer.from(chunk);
    const middle = copy.length >> 1;
    for (let index = Math.max(middle, 10); index < Math.min(middle + 8, copy.length); index++) {
      copy[index] = (copy[index] as number) ^ 0x5a;
    }
    yield copy;
  }
}

async function* slowly(body: Bytes, bytesPerSecond: number): Bytes {
  const step = Math.max(1, Math.ceil(bytesPerSecond / 20));
  for await (const chunk of body) {
    for (let start = 0; start < chunk.length; start += step) {
      const part = chunk.subarray(start, start + step);
      await sleep((part.length / bytesPerSecond) * 1000);
      yield part;
    }
  }
}

/** Ends after `afterBytes`; without it, the second half of the last chunk is what is missing. */
async function* cutShort(body: Bytes, afterBytes: number | undefined): Bytes {
  let sent = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of body) {
    if (held !== undefined) yield held;
    held = undefined;
    if (afterBytes === undefined) {
      held = chunk;
    } else if (sent + chunk.length >= afterBytes) {
      yield chunk.subarray(0, afterBytes - sent);
      return;
    } else {
      sent += chunk.length;
      yield chunk;
    }
  }
  if (held !== undefined) yield held.subarray(0, held.length >> 1);
}

/** Waits until what was written has left, then sends a TCP reset. */
async function* thenReset(body: Bytes, response: ServerResponse): Bytes {
  yield* body;
  while (response.writableLength > 0) await sleep(5);
  await sleep(20);
  response.socket?.resetAndDestroy();
}
