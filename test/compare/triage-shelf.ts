import type { LogisticRegressionClassifier } from 'natural/lib/natural/classifiers/index.js';
import { BayesClassifier, LogisticRegressionClassifier as Regression } from 'natural/lib/natural/classifiers/index.js';
import { NlpManager } from 'node-nlp';
import type { Example } from '#src/triage/train.ts';

/** What is learned and asked: the level ('none' where none applies) or the category. */
export type Target = 'severity' | 'category';
export type Judge = (text: string, lang: Example['lang']) => string | Promise<string>;

/** Something off the shelf: trains on labelled texts, gives back a judge. */
export interface Shelf {
  name: string;
  /** How many texts it is trained on at most; natural's regression takes hours on all of them, its Bayes on bigrams half of one. */
  most?: number;
  train: (examples: readonly Example[], target: Target) => Judge | Promise<Judge>;
}

export const labelOf = (example: Example, target: Target): string => example[target] || 'none';

type Classifier = BayesClassifier | LogisticRegressionClassifier;

function natural(make: () => Classifier, cut?: (text: string) => string[]): Shelf['train'] {
  return (examples, target) => {
    const classifier = make();
    for (const one of examples) classifier.addDocument(cut ? cut(one.text) : one.text, labelOf(one, target));
    classifier.train();
    // A text without one known word throws in natural: it counts as a guess at the most frequent label.
    const most = mostFrequent(examples.map((one) => labelOf(one, target)));
    return (text) => {
      try {
        return classifier.classify(cut ? cut(text) : text);
      } catch {
        return most;
      }
    };
  };
}

function mostFrequent(labels: readonly string[]): string {
  const counts = Map.groupBy(labels, (label) => label);
  return [...counts].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '';
}

function bigrams(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return Array.from({ length: Math.max(plain.length - 1, 1) }, (_, i) => plain.slice(i, i + 2));
}

const NLP_LANGUAGE = { en: 'en', 'zh-CN': 'zh', ja: 'ja' } as const;

async function nodeNlp(examples: readonly Example[], target: Target): Promise<Judge> {
  const manager = new NlpManager({
    languages: ['en', 'zh', 'ja'],
    forceNER: false,
    autoSave: false,
    nlu: { log: false },
  });
  for (const one of examples) manager.addDocument(NLP_LANGUAGE[one.lang], one.text, labelOf(one, target));
  await manager.train();
  return async (text, lang) => (await manager.process(NLP_LANGUAGE[lang], text)).intent;
}

/** The rules that a help desk writes in an afternoon: first match wins, the three languages in one list. */
const RULES: Readonly<Record<Target, readonly (readonly [label: string, words: RegExp])[]>> = {
  severity: [
    [
      'none',
      /\b(?:hello|thanks|price|quote|agent|human|printer|router)\b|你好|谢谢|报价|人工|打印机|こんにちは|見積|オペレーター|プリンター/iu,
    ],
    [
      'A',
      /\b(?:all users|everyone|nobody|whole company|production|outage|down|urgent|critical)\b|所有人|全公司|瘫痪|停产|紧急|全社|全員|停止|至急|障害/iu,
    ],
    [
      'C',
      /\b(?:how (?:do|can|to)|where|minor|workaround|cosmetic|not urgent)\b|怎么|如何|不急|哪里|方法|どうすれば|急ぎでは/iu,
    ],
    ['B', /./su],
  ],
  category: [
    ['human', /\b(?:agent|human|operator|real person|call me)\b|人工|真人|オペレーター|担当者|有人/iu],
    [
      'partner-center',
      /\b(?:partner cent(?:er|re)|reseller|csp)\b|合作伙伴中心|经销商|代理商|パートナーセンター|リセラー/iu,
    ],
    [
      'billing',
      /\b(?:invoice|bill|payment|subscription|licen[cs]e|renew\w*)\b|发票|账单|订阅|续费|付款|請求|支払|契約|ライセンス/iu,
    ],
    ['presales', /\b(?:price|quote|trial|buy|purchase)\b|价格|报价|试用|购买|価格|見積|購入|導入/iu],
    [
      'out-of-scope',
      /\b(?:printer|router|wi-?fi|gmail|zoom|slack|adobe|sap)\b|打印机|路由器|微信|钉钉|プリンター|ルーター/iu,
    ],
    ['how-to', /\b(?:how (?:do|can|to)|where (?:do|can))\b|怎么|如何|どうすれば|方法|手順/iu],
    ['chitchat', /^\W*(?:hi|hello|thanks?|bye|good \w+)\b|^(?:你好|谢谢|再见)|^(?:こんにちは|ありがとう|おはよう)/iu],
    ['technical', /./su],
  ],
};

/** natural's regression takes time by the square of its features: half a minute with this many texts. */
const OF_WORDS = 240;
const OF_BIGRAMS = 60;
/** Its Bayes looks through all features for each text, and node-nlp goes over all of them many times: with all texts a quarter of an hour was not enough. */
const OF_THE_PATIENT = 6000;

export const SHELF: readonly Shelf[] = [
  {
    name: 'keyword rules',
    train: (_, target) => (text) => RULES[target].find(([, words]) => words.test(text))?.[0] ?? '',
  },
  { name: 'natural Bayes, as it comes', train: natural(() => new BayesClassifier()) },
  {
    name: 'natural logistic regression, as it comes',
    most: OF_WORDS,
    train: natural(() => new Regression()),
  },
  {
    name: 'natural Bayes on character bigrams',
    most: OF_THE_PATIENT,
    train: natural(() => new BayesClassifier(), bigrams),
  },
  {
    name: 'natural logistic regression on character bigrams',
    most: OF_BIGRAMS,
    train: natural(() => new Regression(), bigrams),
  },
  { name: 'node-nlp', most: OF_THE_PATIENT, train: nodeNlp },
];
