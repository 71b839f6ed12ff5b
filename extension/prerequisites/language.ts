import { refusalOf, valueOf } from './answers.ts';
import { pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { administrator, notAnswered, updateUser } from './wording.ts';

export const language: Prerequisite = {
  id: 'language',
  title: 'The account speaks the language of the org',
  judge(answers) {
    const byHand = `Compare Setup › Company Information › Default Language with Setup › Users › ${answers.org.username} › Language.`;
    const refusal = refusalOf(answers.user) ?? refusalOf(answers.organization);
    const user = valueOf(answers.user)?.language;
    const organization = valueOf(answers.organization)?.language;
    if (refusal !== undefined) return unknown(notAnswered('The language', refusal), byHand);
    if (!user || !organization) return unknown('LanguageLocaleKey is not readable for this user.', byHand);

    const evidence = `LanguageLocaleKey of the user: ${user}; of the organization: ${organization}.`;
    if (user === organization) return pass(evidence);
    return warning(
      `${evidence} Texts of the Setup Audit Trail are localized: they arrive in another language than the org's administrators read.`,
      administrator(
        `Users › ${answers.org.username} › Edit › Language`,
        updateUser(answers, `LanguageLocaleKey=${organization}`),
      ),
    );
  },
};
