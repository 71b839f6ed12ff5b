import { refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { answered, notAnswered, yours } from './wording.ts';

const RENEWALS = {
  'refresh-token': 'sf renews it with a refresh token',
  jwt: 'sf renews it with the key of a JWT login',
  none: 'sf has nothing to renew it with',
} as const;

export const session: Prerequisite = {
  id: 'session',
  title: 'The authorization is alive and renews itself',
  judge(answers) {
    const { org } = answers;
    const command = `sf org login web --instance-url ${org.instanceUrl} --alias ${org.requestedAs}`;
    const login = yours(`Authorize the org again: \`${command}\`.`, command);
    const info = valueOf(answers.userInfo);
    if (info !== undefined && !sameId(info.orgId, org.orgId)) {
      return fail(
        `sf knows ${org.requestedAs} as organization ${org.orgId}, but ${org.instanceUrl} says it is ${info.orgId}.`,
        login,
      );
    }
    if (info !== undefined || valueOf(answers.organization) !== undefined) {
      const whose =
        info === undefined
          ? `${org.instanceUrl} answered with the session of ${org.username}`
          : `${org.instanceUrl} knows this session as ${info.username}, user ${info.userId}, organization ${info.orgId}`;
      return judgeRenewal(answers, whose, command);
    }
    const refusal = refusalOf(answers.userInfo);
    if (refusal?.code === 'SESSION_EXPIRED') return fail(answered(refusal), login);
    return unknown(notAnswered('Whose session it is', refusal ?? { code: 'INTERNAL', reason: 'nothing' }), login);
  },
};

function judgeRenewal({ org }: Answers, whose: string, command: string) {
  const { renewal } = org;
  if (renewal === undefined) return pass(`${whose}.`);
  const evidence = `${whose}; ${RENEWALS[renewal]}.`;
  if (renewal !== 'none') return pass(evidence);
  return warning(
    evidence,
    yours(
      `When it ends, nothing more comes until somebody logs in. With a browser: \`${command}\`. For a machine without one, docs/service-account.md leads through a JWT login.`,
      command,
    ),
  );
}

/** Ids come with 15 or 18 characters; the first 15 tell records apart. */
function sameId(left: string, right: string): boolean {
  return left.slice(0, 15) === right.slice(0, 15);
}
