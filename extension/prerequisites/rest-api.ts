import { refusalOf, valueOf } from './answers.ts';
import { fail, pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { answered, notAnswered } from './wording.ts';

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
      return warning(
        evidence,
        'Salesforce names Enterprise, Performance, Unlimited and Developer Edition (Professional with API on demand) as editions with API access. Ask your Salesforce account executive whether this edition keeps it.',
      );
    }
    const refusal = refusalOf(answers.organization);
    if (refusal === undefined) return unknown('The organization was not asked.', 'Run Verify again.');
    if (refusal.code === 'API_DISABLED') {
      return fail(
        answered(refusal),
        'Either the edition lacks the API: ask your Salesforce account executive for API access (an add-on in Professional Edition). Or this user lacks API Enabled: a System Administrator gives it with the connector profile (Setup › Users › Profiles).',
      );
    }
    return unknown(
      notAnswered('The organization', refusal),
      'Look at Setup › Company Settings › Company Information › Organization Edition, then run Verify again.',
    );
  },
};
