import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { refusalOf, valueOf, type Answers } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { caseOf, whenRefused } from './refusal-remedies.ts';
import { answered, lookAt, notAnswered } from './wording.ts';

/** OrganizationType values of the editions that come with the API. */
const WITH_API: ReadonlySet<string> = new Set(['Enterprise Edition', 'Unlimited Edition', 'Developer Edition']);

export const restApi: Prerequisite = {
  id: 'rest-api',
  get title() {
    return t('The edition has the REST API and it answers');
  },
  judge(answers) {
    const organization = valueOf(answers.organization);
    if (organization !== undefined) {
      const kind = organization.isSandbox ? t('{0}, a sandbox', organization.type) : organization.type;
      const evidence = t(
        'REST API {0} answered. Organization “{1}”: {2}.',
        answers.apiVersion,
        organization.name,
        kind,
      );
      if (WITH_API.has(organization.type) || organization.type === 'Professional Edition') return pass(evidence);
      return warning(evidence, {
        text: t(
          'Salesforce names Enterprise, Performance, Unlimited and Developer Edition (Professional with API on demand) as editions with API access. Ask your Salesforce account executive whether this edition keeps it.',
        ),
        who: 'salesforce',
      });
    }
    const look = lookAt(PLACES.companyInformation, t('Organization Edition, then run Verify again'));
    const refusal = refusalOf(answers.organization);
    if (refusal === undefined) return unknown(t('The organization was not asked.'), look);
    if (refusal.code === 'API_DISABLED') {
      const found = caseOf(refusal);
      return fail(answered(refusal), { ...look, who: 'salesforce', text: found?.remedy() ?? look.text });
    }
    const remedy = whenRefused(refusal, look);
    // What is refused to every question has nothing to do with the organization's record.
    if (refusal.code !== 'QUOTA_RESERVED' && isSilent(answers)) {
      const error = refusal.error?.actions[0];
      return fail(answered(refusal), error === undefined ? remedy : { ...remedy, text: sentences(error, remedy.text) });
    }
    return unknown(notAnswered(t('The organization'), refusal), remedy);
  },
};

/** Whether not one question to the REST API was answered. */
function isSilent({ user, grants, signIns, eventTypes, sources }: Answers): boolean {
  return [user, grants, signIns, eventTypes, ...sources.values()].every((answer) => 'refused' in answer);
}
