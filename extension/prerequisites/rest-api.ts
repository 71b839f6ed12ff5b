import { refusalOf, valueOf } from './answers.ts';
import { PLACES } from './places.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { caseOf, whenRefused } from './refusal-remedies.ts';
import { answered, lookAt, notAnswered } from './wording.ts';

/** OrganizationType values of the editions that come with the API. */
const WITH_API: ReadonlySet<string> = new Set(['Enterprise Edition', 'Unlimited Edition', 'Developer Edition']);

export const restApi: Prerequisite = {
  id: 'rest-api',
  title: 'The edition has the REST API and it answers',
  judge(answers) {
    const organization = valueOf(answers.organization);
    if (organization !== undefined) {
      const kind = organization.isSandbox ? `${organization.type}, a sandbox` : organization.type;
      const evidence = `REST API ${answers.apiVersion} answered. Organization “${organization.name}”: ${kind}.`;
      if (WITH_API.has(organization.type) || organization.type === 'Professional Edition') return pass(evidence);
      return warning(evidence, {
        text: 'Salesforce names Enterprise, Performance, Unlimited and Developer Edition (Professional with API on demand) as editions with API access. Ask your Salesforce account executive whether this edition keeps it.',
        who: 'salesforce',
      });
    }
    const look = lookAt(PLACES.companyInformation, 'Organization Edition, then run Verify again');
    const refusal = refusalOf(answers.organization);
    if (refusal === undefined) return unknown('The organization was not asked.', look);
    if (refusal.code === 'API_DISABLED') {
      const found = caseOf(refusal);
      return fail(answered(refusal), { ...look, who: 'salesforce', text: found?.remedy ?? look.text });
    }
    return unknown(notAnswered('The organization', refusal), whenRefused(refusal, look));
  },
};
