import type { SimulatedOrgAddress } from '../simulated-org/server.ts';

/**
 * Speaks to the control URL of a simulated org. @param request such as `GET /faults`
 * @throws Error with what the org says is wrong
 */
export async function control<T>(
  org: Pick<SimulatedOrgAddress, 'controlUrl'>,
  request: string,
  body?: unknown,
): Promise<T> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(`${org.controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
