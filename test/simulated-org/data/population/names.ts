/** Given and family names by the office's language; the Japanese ones keep their script. */
export const names: Readonly<Record<string, { readonly first: readonly string[]; readonly last: readonly string[] }>> =
  {
    de: {
      first: [
        'Anna',
        'Jürgen',
        'Katharina',
        'Lukas',
        'Märta',
        'Sören',
        'Beate',
        'Florian',
        'Zoë',
        'Matthias',
        'Ingrid',
        'Paul',
      ],
      last: [
        'Müller',
        'Schäfer',
        'Weiß',
        'Brandt',
        'Köhler',
        'Vogel',
        'Öztürk',
        'Huber',
        'Lindner',
        'Groß',
        'Nowak',
        'Seidl',
      ],
    },
    en_US: {
      first: [
        'Maria',
        'James',
        'Aoife',
        'Devon',
        'Priya',
        'Caleb',
        'Renée',
        'Marcus',
        'Hannah',
        'Tomás',
        'Wei',
        'Olivia',
      ],
      last: [
        "O'Brien",
        'Carter',
        'Nguyen',
        'Okafor',
        'Patel',
        'Fischer',
        'Garcia',
        'Lindqvist',
        'Shaw',
        'Ramírez',
        'Cohen',
        'Banks',
      ],
    },
    ja: {
      first: ['陽菜', '大輔', '美咲', '健太', '由紀子', '翔', '直樹', '彩'],
      last: ['佐藤', '鈴木', '高橋', '田中', '渡辺', '伊藤', '山本', '小林'],
    },
  };

const romanised: Readonly<Record<string, string>> = {
  陽菜: 'hina',
  大輔: 'daisuke',
  美咲: 'misaki',
  健太: 'kenta',
  由紀子: 'yukiko',
  翔: 'sho',
  直樹: 'naoki',
  彩: 'aya',
  佐藤: 'sato',
  鈴木: 'suzuki',
  高橋: 'takahashi',
  田中: 'tanaka',
  渡辺: 'watanabe',
  伊藤: 'ito',
  山本: 'yamamoto',
  小林: 'kobayashi',
};

/** A name as it is written in an e-mail address: lower-case ASCII letters. */
export function asciiName(name: string): string {
  const latin = romanised[name] ?? name.replaceAll('ß', 'ss').replaceAll('ø', 'o');
  return latin
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
