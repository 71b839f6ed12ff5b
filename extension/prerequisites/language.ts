import { refusalOf, valueOf } from './answers.ts';
import { userPage } from './places.ts';
import { pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

export const language: Prerequisite = {
  id: 'language',
  title: 'The account speaks the language of the org',
  judge(answers) {
    const { username, userId } = answers.account;
    const place = userPage(userId);
    const look = lookAt(place, `${username} › Language, against Company Information › Default Language`);
    const refusal = refusalOf(answers.user) ?? refusalOf(answers.organization);
    const user = valueOf(answers.user)?.language;
    const organization = valueOf(answers.organization)?.language;
    if (refusal !== undefined) return unknown(notAnswered('The language', refusal), whenRefused(refusal, look));
    if (!user || !organization) return unknown('LanguageLocaleKey is not readable for this user.', look);

    const evidence = `LanguageLocaleKey of the user: ${user}; of the organization: ${organization}.`;
    if (user === organization) return pass(evidence);
    return warning(
      `${evidence} Texts of the Setup Audit Trail (Display) are localized: they arrive in another language than the org's administrators read, and rules that look for words in them miss. Action codes stay the same.`,
      administrator(
        place,
        `${username} › Edit › Language`,
        prepare(answers, 'language'),
        updateUser(answers, `LanguageLocaleKey=${organization}`),
      ),
    );
  },
};
