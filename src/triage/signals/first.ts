import type { Words } from './signal.ts';

/**
 * What is read before any reassurance, for it would be taken for one: "none of our 210 colleagues has mail" holds "colleagues
 * has", "it isn't fixed" holds "fixed". `relapse` is good news denied, or gone again.
 */
const NOT_HIT =
  '(?! (?:\\w{1,10} ){0,3}?(?:affected|impacted|bothered|hindered|concerned|at risk|blocked|complain\\w{0,4}|notic\\w{1,4}|minds?|cares?|uses?|needs?|waiting))';

export const ENGLISH_FIRST: Words = {
  everyone: [
    '(?:every|each)(?: single| and every)? one of (?:our|the|my|us|them|these)(?: \\d[\\d,]{0,6})?',
    `(?:none|not (?:a single )?one|not any) of (?:our|the|my|these|their|us)\\b(?: (?!is |are |was |were |has |have |can |gets? )\\w{1,12}\\b){0,3}${NOT_HIT}`,
    `not a single (?:user|person|employee|colleague|one of|soul|member|phone|account|mailbox)\\b${NOT_HIT}`,
    'the (?:whole )?lot of us|the whole way round|no matter who\\b|whoever (?:tries|opens|logs|signs|we|you|calls)|whole co\\b|in both directions|every last\\b|from the (?:shop floor|top|porter|boss) to the',
    '(?:to|from|at|on) any of (?:us|our|the) (?:\\w{1,12} ){0,2}\\w{2,14}',
  ],
  relapse: [
    "(?:not|isn'?t|no longer) (?:the|a|our|in the) (?:test|demo|lab|dev|sandbox|staging)\\w{0,8}|(?:this|it|that)(?:'s| is) (?:not a|no) (?:drill|test|joke|exercise)|(?:ran|went|run|pushed|deployed) (?:against|to|into|on) (?:the )?prod\\w{0,7}|the real (?:one|thing)\\b",
    "(?:not|n't|never) (?:really |actually |yet |been |properly |fully |at all )*(?:solved|fixed|resolved|restored|recovered|repaired|sorted)\\b|hasn'?t lasted|(?:down|dead|gone|out|offline|broken|failing|mute) again\\b|went (?:down |out )?again\\b|thought (?:it|that|this) (?:was|had|resolved|got|would)[^.!?\\n]{0,30}",
    "(?:isn'?t|is not|it'?s not|that'?s not|hardly|no) (?:a |an |much of a )?(?:acceptable |real |proper )?work-?around|(?:had|was) a work-?around[^.!?\\n]{0,60}(?:stopped|gone|fails?|no longer)",
    "(?:may|might|could) be nothing\\b|sounds? (?:so )?(?:minor|harmless|small|trivial)|looks? (?:so )?harmless|(?:not|n't) (?:be )?exaggerat\\w{1,4}|says? (?:that )?(?:i|we) exaggerate|nothing too dramatic",
  ],
};

export const CHINESE_FIRST: Words = {
  everyone: [
    '(?:没有|没)(?:任何)?一(?:个|位|名|台|条|封|部|家|通|张)(?:人|员工|用户|同事|老师|学生|护士|医生|店|电话)?(?:能|可以|收到|登|打|会|开|进|用得|响|接)',
    '(?:均|都)(?:未|没)(?:有)?(?:能|收到|登|打开)|一(?:个|台|部|封|条|位|家|通|份|张)[^,.!?\\s]{0,8}?(?:都|也)(?:没|不|打不|进不|登不|收不|发不|开不|上不|用不)(?!丢|少|缺|影响|受|坏|报错|有受)|一(?:个|家|台)不(?:落|剩|漏)|一(?:封|通|份|单)没(?:有|收|发|接|到)?(?!丢|少)',
    '谁(?:都|也)(?:没|不|打不|进不|登不|收不|发不|开不|上不|用不|连不)(?!受|影响|抱怨|投诉|发现|注意|用|需要|有受)|出不去,?(?:也)?进不来|收发(?:全|都)(?:断|停|不)|(?:全部|统统)(?:都)?(?:哑|黑|挂|断|停)了?',
  ],
  relapse: [
    '(?:又|再次|重新)(?:全|都|全都)?(?:挂|断(?!断)|掉|崩|瘫|不行|坏|停)了?|(?<!有)(?:没|未|并没|并未)(?:有)?(?:真正)?(?:解决|修好|恢复)|以为[^,.!?]{0,12}(?:好了|恢复|解决)',
    '不是(?:在)?(?:测试|演习|演练|演示|沙箱|开玩笑|夸张)|(?:没有|不|并不)夸张|跑到(?:了)?生产|(?:这|那)(?:可)?(?:不叫|不算)(?:什么)?(?:办法|解决)|(?:希望|但愿|也许|可能)(?:是|不是|不算)(?:个)?(?:小事|大事|什么)|(?:听着|听起来)(?:是)?(?:小事|不大)|看着多无害|连(?:这个|它)也不行',
  ],
};

export const JAPANESE_FIRST: Words = {
  everyone: [
    '(?:誰|だれ|どなた)(?:一人|ひとり)?(?:も|にも|とも|のところにも|からも)(?![^.,\\n]{0,8}(?:困|影響|気|待|使わ|使って|支障|いませ|いない))',
    '(?:一|1)(?:人|通|件|台)(?:も|として)(?!影響|困)|(?:どこ|どちら)(?:に|から|で|まで)?も(?:届|来|つなが|使え(?:な|ま)|同じ|403|エラー)|\\d{1,4}件中0件|出ない,入らない',
  ],
  relapse: [
    '(?:また|再び|再度)(?:全員|全部|みんな)?(?:落ち|切れ|止ま|だめ|ダメ|使えな|つながらな)|(?:直って|解決して|解消して|復旧して|戻って)(?:は)?(?:い(?:ない|ません|なく)|おりません)|直ったと思(?:い|っ)|(?:それ|これ)も使え(?:ず|ません|なく)|今(?:も|なお)(?:その|同じ)まま',
    '(?:検証|テスト|訓練|演習|冗談|大げさ|デモ)(?:環境|テナント|用)?(?:では|じゃ)(?:ありません|ない|なく|ございません)|本番に流れ|(?:それ|これ)(?:は|を)回避策とは|(?:たいした|大した|大)(?:こと|事)で(?:は)?(?:な(?:い|け)|ありませ)[^.,]{0,4}(?:かも|れば|と(?:よい|いい))|(?:と言うと|だけ聞くと)(?:些細|軽|無害)',
  ],
};
