import { t } from '@vscode/l10n';
import { sentences } from '../shared/wording.ts';
import { refusalOf, valueOf } from './answers.ts';
import { userPage } from './places.ts';
import { pass, unknown, warning } from './prerequisite.ts';
import type { Prerequisite } from './prerequisite.ts';
import { whenRefused } from './refusal-remedies.ts';
import { administrator, lookAt, notAnswered, prepare, updateUser } from './wording.ts';

export const language: Prerequisite = {
  id: 'language',
  get title() {
    return t('The account speaks the language of the org');
  },
  judge(answers) {
    const { username, userId } = answers.account;
    const place = userPage(userId);
    const look = lookAt(place, t('{0} › Language, against Company Information › Default Language', username));
    const refusal = refusalOf(answers.user) ?? refusalOf(answers.organization);
    const user = valueOf(answers.user)?.language;
    const organization = valueOf(answers.organization)?.language;
    if (refusal !== undefined) return unknown(notAnswered(t('The language'), refusal), whenRefused(refusal, look));
    if (!user || !organization) return unknown(t('LanguageLocaleKey is not readable for this user.'), look);

    const evidence = t('LanguageLocaleKey of the user: {0}; of the organization: {1}.', user, organization);
    if (user === organization) return pass(evidence);
    return warning(
      sentences(
        evidence,
        t(
          "Texts of the Setup Audit Trail (Display) are localized: they arrive in another language than the org's administrators read, and rules that look for words in them miss. Action codes stay the same.",
        ),
      ),
      administrator(
        place,
        `${username} › Edit › Language`,
        prepare(answers, 'language'),
        updateUser(answers, `LanguageLocaleKey=${organization}`),
      ),
    );
  },
};
