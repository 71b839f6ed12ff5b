import { refusalOf, valueOf } from './answers.ts';
import { fail, pass, unknown } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { answered, notAnswered } from './wording.ts';

export const session: Prerequisite = {
  id: 'session',
  title: 'The authorization is alive',
  judge(answers) {
    const { org } = answers;
    const login = `Authorize the org again: \`sf org login web --instance-url ${org.instanceUrl} --alias ${org.requestedAs}\`.`;
    const info = valueOf(answers.userInfo);
    if (info !== undefined) {
      if (!sameId(info.orgId, org.orgId)) {
        return fail(
          `sf knows ${org.requestedAs} as organization ${org.orgId}, but ${org.instanceUrl} says it is ${info.orgId}.`,
          login,
        );
      }
      return pass(
        `${org.instanceUrl} knows this session as ${info.username}, user ${info.userId}, organization ${info.orgId}.`,
      );
    }
    if (valueOf(answers.organization) !== undefined) {
      return pass(`${org.instanceUrl} answered with the session of ${org.username}.`);
    }
    const refusal = refusalOf(answers.userInfo);
    if (refusal?.code === 'SESSION_EXPIRED') return fail(answered(refusal), login);
    return unknown(notAnswered('Whose session it is', refusal ?? { code: 'INTERNAL', reason: 'nothing' }), login);
  },
};

/** Ids come with 15 or 18 characters; the first 15 tell records apart. */
function sameId(left: string, right: string): boolean {
  return left.slice(0, 15) === right.slice(0, 15);
}
