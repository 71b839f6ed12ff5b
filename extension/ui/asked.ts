import { cancelled } from '../shared/abort.ts';

/** What a person answered. @throws OrgwatchError CANCELLED when the question was left */
export async function asked<T>(answer: Thenable<T | undefined>): Promise<T> {
  const given = await answer;
  if (given === undefined) throw cancelled();
  return given;
}
