import { t } from '@vscode/l10n';
import { shellWord } from '../shared/shell.ts';
import { sentences } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { answered, notAnswered, nothing, yours } from './wording.ts';

const RENEWALS = {
  'refresh-token': () => t('sf renews it with a refresh token'),
  jwt: () => t('sf renews it with the key of a JWT login'),
  none: () => t('sf has nothing to renew it with'),
} as const;

export const session: Prerequisite = {
  id: 'session',
  get title() {
    return t('The authorization is alive and renews itself');
  },
  judge(answers) {
    const { org } = answers;
    const command = `sf org login web --instance-url ${shellWord(org.instanceUrl)} --alias ${shellWord(org.requestedAs)}`;
    const login = yours(t('Authorize the org again: `{0}`.', command), command);
    const info = valueOf(answers.userInfo);
    if (info !== undefined && !sameId(info.orgId, org.orgId)) {
      return fail(
        t(
          'sf knows {0} as organization {1}, but {2} says it is {3}.',
          org.requestedAs,
          org.orgId,
          org.instanceUrl,
          info.orgId,
        ),
        login,
      );
    }
    if (info !== undefined || valueOf(answers.organization) !== undefined) {
      const whose =
        info === undefined
          ? t('{0} answered with the session of {1}', org.instanceUrl, org.username)
          : t(
              '{0} knows this session as {1}, user {2}, organization {3}',
              org.instanceUrl,
              info.username,
              info.userId,
              info.orgId,
            );
      return judgeRenewal(answers, whose, command);
    }
    const refusal = refusalOf(answers.userInfo);
    if (refusal?.code === 'SESSION_EXPIRED') return fail(answered(refusal), login);
    return unknown(notAnswered(t('Whose session it is'), refusal ?? nothing()), login);
  },
};

function judgeRenewal({ org }: Answers, whose: string, command: string) {
  const { renewal } = org;
  if (renewal === undefined) return pass(t('{0}.', whose));
  const evidence = t('{0}; {1}.', whose, RENEWALS[renewal]());
  if (renewal !== 'none') return pass(evidence);
  return warning(
    evidence,
    yours(
      sentences(
        t('When it ends, nothing more comes until somebody logs in.'),
        t('With a browser: `{0}`.', command),
        t('For a machine without one, docs/service-account.md leads through a JWT login.'),
      ),
      command,
    ),
  );
}

/** Ids come with 15 or 18 characters; the first 15 tell records apart. */
function sameId(left: string, right: string): boolean {
  return left.slice(0, 15) === right.slice(0, 15);
}
