import { NETWORK_MAKERS, OTHER_MAKERS, OTHER_SERVICES, OURS_NAMED } from './brands.ts';
import { ENGLISH_FIRST } from './first.ts';
import type { LanguageWords } from './signal.ts';

const CANNOT =
  "(?:can(?:'?t| ?not)|couldn'?t|could not|unable to|not able to|impossible to|won'?t|will not|doesn'?t|does not|don'?t|do not|isn'?t|is not|aren'?t|are not|wasn'?t|no longer|fails? to|failed to|failing to|refus(?:es|ed|ing) to)(?! (?:want|need|mind|matter|know|have to|like|care|really matter))";
const PEOPLE =
  'users?|people|persons?|staff|employees?|colleagues?|mailboxes|brokers|agencies|companies|firms|tenants|directors|clerks|contractors|technicians|developers|partners|pupils|patients|subscribers|analysts|couriers|schools|hotels|clinics|workers?|members?|students?|teachers?|seats|agents|pcs|computers|laptops|machines|customers|clients|accounts|nurses|doctors|engineers|devices|folks|guys|stores?|shops?|branches|sites|offices|locations|departments|cashiers|drivers|traders|lawyers|coworkers|co-workers|teams|operators';
const NUMBER =
  '(?:\\d{1,3}(?:,\\d{3})+|\\d{1,7}|(?:(?:a|two|three|four|five|six|several) )?(?:hundred|thousand|dozen)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)';
const SERVICE =
  'access|open|log ?in|log ?on|log into|sign ?in|sign into|connect|reach|work|works|working|start|load|loading|send|receive|get into|get in|use|join|boot|respond|responding|launch|login|function|functioning|come up|read|get (?:there |their |our |my |any |the )?e?-?mails?|get any|make calls|make any|call|message|chat|reachable|accessible|available|deliver\\w{0,4}|do anything|see any|authenticate|ping|rdp|ssh|dial';

/** English, as people type it. */
export const ENGLISH: LanguageWords = {
  first: ENGLISH_FIRST,
  words: {
    'not-urgent': [
      "(?:not|isn'?t|wasn'?t|aren'?t|nothing|never) (?:at all |that |very |really |super |so |too |terribly |an? |exactly )?(?:urgent|critical|emergency|time[- ]critical|priority|important|pressing|in a (?:hurry|rush))",
      'no (?:rush|hurry|urgency|pressure|panic)\\b',
      '(?:low|lowest|lower) prio(?:rity)?',
      'non-?(?:urgent|critical)',
      'when(?:ever)? (?:you|someone|somebody|u|anyone) (?:have|has|get|gets|find|finds|are) (?:a |some |the )?(?:time|chance|moment|minute|spare|free)',
      "whenever (?:it'?s |is )?(?:convenient|possible|suits)",
      'take your time|at your convenience|can (?:easily )?wait|just curious|out of curiosity|nice to have|no big deal|not a (?:big deal|blocker|show-?stopper)|can live with|low urgency|(?:doesn.?t|does not|don.?t|do not) (?:really )?(?:mind|matter|care)(?: much)?|no (?:stress|drama|harm|worries)|harmless|trivial|just (?:a )?(?:nuisance|annoyance|for the record|so you know|telling you|reporting)|at your leisure|no need to (?:hurry|rush)|next week is (?:fine|ok)',
    ],
    'others-fine': [
      '(?:every ?(?:one|body)|the (?:whole|entire) \\w{1,12}|all of (?:us|them))(?: in (?:the|our) \\w{1,12})? (?:uses?|works?|is (?:working|using)|can (?:work|use)|chats?|calls?|mails?)\\b[^.,!?\\n]{0,20}\\b(?:happily|fine|normally|as usual|without (?:any )?(?:problem|trouble|issue)s?)',
      "(?:every ?(?:one|body) else|anyone else|the others|(?:all )?others|the rest|the other (?:half|\\w{1,12}s|one)|the remaining \\w{1,12}|all (?:the )?other \\w{1,12})(?:'s|'re)? (?!(?:also|too|can'?t|cannot|could ?n|has the same|have the same|fails?|(?:is|are) (?:also|down|out|affected|offline|being|getting|following|next))\\b)(?:is|are|can|does|do|gets?|signs?|works?|opens?|logs?|has|have|chats?|sees?|sends?|seems?|receives?|joins?|uses?|carr(?:y|ies)|runs?)\\b",
      "(?:every ?(?:one|body) else|(?:all )?(?:the )?others?|all (?:the )?other (?:users|people|colleagues|staff|employees|sites|mailboxes)|(?:my |his |her |the )?(?:other )?(?:colleagues?|coworkers|teammates)|the rest(?: of (?:the|us|our|them)(?: \\w{1,15})?)?)(?:'s|'re| is| are| seems?| can| works?| has| have| don'?t| doesn'?t| do not| report)(?: all| still| to be| to)? ?(?:working |work |have |see |having )?(?:fine|ok|okay|good|unaffected|normal(?:ly)?|not affected|no (?:problems?|issues?|trouble)|the (?:problem|issue)|this|it|open it|access it|send|sign in|log in)?",
      "(?:nobody|no ?one|none) else(?:'s)?(?: (?:is|has|was|have|seems|reported|noticed|complained)(?: \\w{1,12}){0,2})?",
      'works? (?:fine |ok |well )?for (?:every ?(?:one|body) else|others|all others|my colleagues|the others|other users)',
    ],
    'nobody-affected': [
      'not true that|exaggerat\\w{1,4}|(?:it|that|this) (?:is|was) (?:just |only )?(?:a )?(?:joke|hoax|rumou?r|misunderstanding)|purely (?:visual|cosmetic)',
      "(?:(?<!not )\\bno|not an?|isn'?t an?|wasn'?t an?|never an?|not even an?) (?:real |actual |total |full |major |general |service )*(?:outage|incident|emergency|crisis|alarm|disaster|downtime|failure|breakdown|fault|malfunction)s?\\b|nothing(?:'s| is| was| has)? (?:actually |really |seriously )?(?:broken|wrong|down|failed|happened|serious|dramatic|stopped|urgent)(?! with the (?:card|account|bank|internet|network))|(?:not|isn'?t|aren'?t) (?:actually |really )?(?:broken|down|offline|failing|crashing)|nobody (?:has )?(?:ever )?(?:notic\\w{1,4}|complain\\w{0,4}|car(?:es|ed)|mind(?:s|ed)?|is hindered)|no (?:one|body) (?:is )?(?:hindered|held up|bothered|stuck|stopped|prevented)",
      "(?:nobody|no ?one) (?:needs|uses|is using|will need|works with|depends on|relies on)|(?:nobody|no ?one|none of (?:us|the users|our users|them))(?:'s| is| was| are| has been| have been| seems| seems to be| has| have)?(?: currently| really| yet| directly| actually| been)? (?:affected|impacted|blocked|complain\\w{0,4}|waiting|notic\\w{1,4}|bothered|hit|stopped|hurt|prevented|losing)",
      'no (?:real |major |significant |business |user |production |noticeable |current |immediate |actual |visible |big )*(?:impact|effect|disruption|interruption|downtime|damage|harm)\\b(?: (?:on|to) (?:anyone|anybody|users?|us|business|production|work))?',
      "(?:doesn'?t|does not|don'?t|do not|didn'?t|did not|isn'?t|is not|hasn'?t|not) (?:really |actually )?(?:affect\\w{0,3}|impact\\w{0,3}|block\\w{0,3}|disrupt\\w{0,3}|stop\\w{0,4} (?:us|anyone|anybody|work|me))(?: (?:any ?(?:one|body)|us|work|users?|business|our work|me|production|anything))?",
      'without (?:any )?(?:impact|affecting)',
      '(?:work|business|mail|everything)(?: else)? (?:is |goes |runs |carries |keeps )(?:going |running )?(?:on )?(?:as usual|on normally|fine|normally|smoothly)',
      'nothing (?:is|was) (?:broken|down|affected|blocked|lost)|not down\\b|no outage|everything (?:is )?(?:works|working|fine|ok)',
    ],
    'over-now': [
      "(?:not|no|never|none|nothing)\\b[^.,!?\\n]{0,25}\\bsince(?=[^\\w\\n]{0,8}(?:[.,;!?\\n]|$))|(?:had|has|have)(?: all)? come (?:in|back|through)|(?:green|clean) (?:again|since)|(?:consider (?:it|this) |please |can be |may be )closed?\\b|last month|as (?:we'?d |we had )?planned\\b|nothing to do\\b|for your statistics|for the file",
      '(?:back|up|running|over|gone|recovered|fixed) (?:again )?(?:within|after|in) (?:\\w{1,8} )?(?:\\d+ ?)?(?:s|sec\\w{0,4}|min\\w{0,4}|moments?|h\\w{0,4})\\b|(?:heal|recover|resolv|fix|restart|repair)(?:s|ed) (?:itself|themselves|on its own)|(?:since then|ever since|in the meantime|meanwhile|by now) (?:\\w{1,10} ){0,3}(?:fine|ok|quiet|good|normal|works?|stable)|(?:was|were) (?:just )?(?:a )?(?:joke|joking|misunderstanding|false|mistake on our side)|\\bjoking\\b',
      "(?<!not |n't |never |stopped |nor |cannot |quit |be )\\b(?:works?|working|worked|running|up|fine|ok|okay|normal|good|stable|accessible|flowing|online) (?:again|now|since)\\b(?! for \\w{1,8} (?:seconds?|minutes?|hours?))",
      "back (?:to normal|online|up|again|in service|to life|on line)|(?:is|are|was|came|everything|mail|service|teams|it's) back\\b",
      '(?<!until it |until this |until that |when it |when this |once this |if this |if it |unless |until |when |once |if )(?:has been|have been|had been|was|were|is|got|is now|is already|seems|now|already|meanwhile|it.s|it.s been|that.s|all) (?:now |already |since |fully )?(?:resolved|fixed|restored|recovered|solved|sorted|repaired)\\b',
      '(?:resolved|fixed|solved|cleared|recovered|sorted|healed|went away|disappeared)(?: (?:itself|on its own|by itself|all by itself|itself out))',
      "it (?:has |already )?recovered|no longer (?:happening|happens|occurs|an issue|a problem|affected|down|broken)|it'?s over\\b|(?:been (?:quiet|stable|fine|ok|smooth)|(?:is|are|was) (?:quiet|stable|smooth)|(?:is|are) (?:fine|ok) (?:since|again|now))|written (?:summary|explanation|statement)|(?:yesterday|last (?:week|monday|tuesday|wednesday|thursday|friday|night))'?s? (?:outage|incident|downtime|disruption)|all (?:good|clear) now|(?:problem|issue|error) (?:is |has )?gone|post-?mortem|root cause|rca\\b|(?:was|were) down (?:yesterday|this morning|last|for|earlier|from|between)|false alarm|never ?mind",
    ],
    'no-workaround': [
      "no (?:known |other |possible )?(?:work-?arounds?|alternatives?|other way|way around|plan b|fallback)|without (?:a |any )?work-?around|nothing (?:helps|helped|we tried)|(?:same|also fails?|neither|not) (?:on|in|from|with|via) (?:the )?(?:web|browser|owa|phone|mobile|any|every|all)|on (?:any|every|all) (?:device|browser|network|machine)s?|(?:web|browser|owa|mobile)(?: (?:version|client|app))? (?:too|as well|either|also)|(?:both|neither) (?:desktop|web|the (?:app|desktop))|tried everything|work-?around (?:doesn'?t|does not|failed|no longer)",
    ],
    workaround: [
      '\\b(?:joins?|gets? (?:at )?(?:it|them)|reads?|opens? (?:it|them)|sends?|takes?|answers?|do(?:es)? (?:it|this|that)|logs? (?:in|on)|reach\\w{0,3} (?:it|them)|access\\w{0,3} (?:it|them)|edits? (?:it|them)|downloads?) (?:\\w{1,10} ){0,3}?(?:from|through|via|in|using|with|on) (?:the |a |my |his |her |their |another )?(?:browser|web|phone|mobile|owa|tablet|second|other|old|colleague|online)\\b',
      '(?:using|with|via|use) [^.,!?\\n]{1,30} instead|instead (?:is|works|and|of it|so)|simply (?:delete|pick|click|change)|one click|does the job|do the job|i (?:just )?click|easy to (?:change|fix)|(?:switch|set|change|put) it back|paste\\w{0,2} it|screenshots?',
      'work-?arounds?\\b',
      '(?:outlook on the web|outlook web(?: app)?|owa|webmail|(?:the )?(?:web|browser|online|mobile|phone|desktop)(?: (?:version|client|app|apps|access))?|incognito(?: mode)?|powershell|safe mode)(?: (?:is|are|still|does|seems|it|also))? (?:works?|working|fine|ok|okay|good|opens|loads)',
      "(?<!not |n't |nor )\\b(?:works?|worked|fine|ok|possible|opens|loads|succeeds|send|sends|sync|syncs|goes through|working|do it|doable|done) (?:it |them |mail |fine |ok |okay |well |perfectly |normally |correctly |just fine |without problems? )?(?:in|on|from|via|through|over|using|with|by using) (?:the |my |his |her |a |our |another |other |any |an )?(?:web|browser|phone|mobile|iphone|ipad|android|owa|outlook on|incognito|private|inprivate|edge|chrome|firefox|desktop|laptop|another|different|other|safe mode|home|powershell|second|old|new)",
      '(?:can|could|able to|we|i|they|he|she|users?) (?:still |also |just |now |always )?(?:use|using|work|get by|manage|switch|go)\\b[^.,!?\\n]{0,30}(?:web|browser|phone|mobile|owa|powershell|another|instead|other|webmail|manually|laptop)',
      'in the mean ?time|for the time being|for now (?:we|i|they|he|she|using|use)|instead for now|by hand|manually|(?:restart|reboot|refresh|reload|re-?open|log(?:ging)? (?:out|off) and)\\w{0,4}(?: (?:it|outlook|teams|the (?:pc|page|app)))? (?:helps?|fixes|solves|works)|after (?:a |i )?(?:restart|reboot|refresh|reload)\\w{0,3}[^.,\\n]{0,16}(?:works|fine|ok|goes away)|using (?:my|his|her|their) (?:phone|personal|other)|other(?:wise)? fine\\b|i can (?:just )?(?:copy|download|retype|print)',
    ],
    'still-works': [
      "(?:otherwise|apart from (?:that|this)|other than that|aside from that|besides that|everything else|all else),? (?:everything |all |it |they )?(?:is |are |'s |does |still )?(?:works?|fine|ok|okay|opens?|normal|functional|good|there)",
      '(?<!not |nothing |neither |nor |when |until |if |only |before )(?:everything|all of it|it|they|that|which|the (?:\\w{1,12} ){0,2}?(?:mails?|e-?mails?|files?|data|calls?|meetings?|messages?|apps?|documents?|content|numbers?|figures|page|functions?|features?|results?|site|links?|buttons?|tool|button|attachments?|tasks?|form|video|sound)|work|mail|sync|sending|receiving|chat|editing|saving|printing) (?:itself |themselves |still |all |does |do |otherwise |always |just |actually |then |(?:is|are) still )*(?:works?|opens?|arrives?|plays?|prints?|sends?|saves?|loads?|runs?|goes out|go out|comes? through|gets? (?:there|through)|fine|ok|correct|right|intact|complete|usable|readable|unaffected|normal)\\b(?! (?:for|only|in|on|from|with|via|through|until|when|very|slow\\w*|too|like|up|out of|if|again|around|\\d))',
      '(?:can|could|may) (?:still |just |simply |easily |perfectly |happily |of course )*(?:click|press|dismiss|close|ignore|skip|live with|plan around|scroll|carry on|work normally|work on|use it|read (?:it|them)|be (?:used|read|opened|ignored|dismissed|closed|skipped))',
      '\\bi (?:just |simply |always |can )?(?:click|press|dismiss|close|ignore|skip|flip|scroll|plan around|delete|drag|move|pick|choose|untick|tick|undo|change|turn|set) (?:it|them|that|the|past|on|ok|away|around|back|no|cancel|through)\\b',
      "(?:no (?:data|information|mails?|messages?|files?|functions?|functionality|work|content|entries) (?:is |are |was |were |has been |have been |got )?(?:lost|missing|harmed|lacking)|nothing (?:is |was |gets |got |'s |has been )?(?:lost|missing|hindered|held up|blocked|affected|serious))",
      'works? (?:as (?:ever|expected|usual|it should|before|always)|perfectly|normally|nonetheless|anyway|regardless)|(?:still|all) (?:works?|opens?|usable|readable|arrives?|reachable|prints?|syncs?)\\b|(?:clicks?|opens?|reads?|works?|arrives?|goes|sends?|signs? in|logs? in) [^.,!?\\n]{0,30}anyway\\b|usable\\b',
      "(?:doesn'?t|does not|don'?t|won'?t|isn'?t) (?:really |actually )?(?:bother|hurt|hinder|disturb|harm|hold|get in the way|matter|prevent|bothering|hurting|hindering)|(?:not|isn'?t) (?:a )?(?:hindrance|obstacle|hindering|stopping|in the way)",
    ],
    'one-person': [
      "(?<!not |n't )(?:only|just) (?:me|i\\b|my|one|him|her|a single|1\\b|this one|this (?:user|account|mailbox|person|pc)|on (?:my|one|this)|for (?:me|one|this|him|her)|happens to me|affects (?:me|one))",
      '\\b(?:one|1|(?<!every |each |not a )single|individual|a|this|that|particular|certain|specific|another|the) (?:new |remote |sales |senior |junior |vip |finance |hr |affected )?(?:user|employee|colleague|coworker|co-worker|person|staff member|mailbox|member|manager|assistant|intern|teacher|student|new hire|accountant|secretary|pc|laptop|computer|machine|guy|lady|gentleman|contractor|consultant)\\b(?!s)',
      '(?<!not |every |each |single )one of (?:our|my|the) (?:\\w{1,15} )?(?:users|employees|colleagues|people|staff|guys|mailboxes|managers|customers|pcs|laptops)',
      '\\bmy (?:own )?(?:work |office |desktop |new |company )?(?:outlook|mailbox|account|laptop|pc|teams|inbox|calendar|computer|onedrive|excel|word|powerpoint|phone|iphone|profile|signature|mail|email|e-mail|screen|machine|password|mac|office|contacts?|drive|files?|archive|out of office|desktop|browser|authenticator|photo|meeting|microphone|camera|headset|audio|notifications?|rules?|quota)\\b',
      '\\b(?:our|the|my) (?:ceo|cfo|cto|coo|boss|manager|director|president|vip|chairman|owner|managing director|receptionist|vice president|vp|general manager|colleague|secretary|assistant)\\b',
      '\\bfor me\\b',
    ],
    minor: [
      "bit of a (?:bother|nuisance|pain)|nuisance|irritat\\w{1,5}|\\bmeh\\b|looks? (?:silly|off|wrong|different|dated)|blurry|blurred|cropped|faded|crooked|(?:header|background|stock|wrong|old) (?:picture|image|photo)s?|wallpaper|placeholder|cafeteria|no more than that|that'?s all\\b|eyesore|pedantic|by the way|\\bfyi\\b|just (?:noticed|letting you know|a heads-?up|wondering)|curious|suggestion|feature request|would be nice|i(?:'d| would) prefer|tiny|mildly|(?:the )?colou?rs?\\b|icons?\\b|tooltips?|autocomplet\\w{1,4}|\\btoggle\\b",
      'thumbnails?|display name|check ?marks?|background (?:picture|image)|sort(?:ed|ing) order|sort order|column order|order of|pinned|preview|mirrored|ringtone|zoom (?:level|factor|slider)|speech bubble|start screen|start(?:s)? screen|middle initial|building name|unread count|wrong order|sort(?:ed|s) oddly|(?:cut|cuts) off|listed twice|shows? (?:up )?twice|two copies|keyboard shortcut|palette|tab title|\\bgifs?\\b',
      'cosmetic\\w{0,4}|typo\\b|spelling|slightly|a (?:tiny|little|small|minor|bit) |\\bminor\\b|small (?:issue|glitch|thing|annoyance|problem|bug)|annoying|(?:wrong|different|odd|strange|weird|ugly|old) (?:colou?r|icon|font|logo|picture|photo|greeting|date format|theme|language|name)|profile (?:photo|picture)|looks? (?:odd|ugly|weird|funny|strange)|dark mode|emojis?\\b|nitpick|reaction|bold text|alignment|misaligned|tooltip|avatar',
    ],
    'test-only': [
      'test (?:environment|tenant|system|server|lab|account|mailbox|vm|subscription|user|group|site|machine|instance|team|domain|database)|sandbox|dev(?:elopment)? (?:box|environment|vm|server|tenant|subscription|database)|staging|non-?prod(?:uction)?|\\bpilot\\b|our lab\\b|in the lab|(?<!like a |not a |no )\\bdrill\\b|fire drill|exercise|simulat\\w{1,5}|rehears\\w{1,4}|demo (?:tenant|environment|account)|proof of concept|\\bpoc\\b',
    ],
    hypothetical: [
      'what (?:happens|would happen|if|should (?:we|i|one) do (?:if|when|in case))|in case (?:of|the|we|all|everything)|\\bif (?:mail|the|a|our|we|teams|sharepoint|everything|all|one day|something|exchange|azure|it|there)\\b[^.?!\\n]{0,50}(?:goes? down|went down|were down|was down|were to|should (?:go|fail|be)|ever|would|one day)|hypothetical\\w{0,2}|disaster recovery|business continuity|contingency|scenario|prepar(?:e|ing) for|planning (?:to|for|a)|suppos(?:e|ing) (?:that |we|our|the|all|mail|teams)|let.?s (?:say|assume)\\b|assum(?:e|ing) (?:that |we|our|the|all)|imagine (?:that |we|our|the|all)|\\bif (?:nobody|no ?one|every ?(?:one|body)|all of us|both|half)\\b|we plan to|(?:read|heard) (?:about|that)|in the news|how (?:do|does|would|should) (?:we|you|one|i) (?:handle|deal|react|report|respond)|next (?:month|quarter|year)',
    ],
    everyone: [
      "(?<!not |n't )\\b(?:every ?(?:one|body)|all (?:of )?(?:our |the |my |their |\\d[\\d,]{0,8} )?(?:\\w{1,14} )?(?:" +
        PEOPLE +
        '|of us|hands|services|subscribers|of them)|(?:whole|entire|complete|full) (?:company|organi[sz]ation|org|firm|business|tenant|school|hospital|staff|workforce|user base|domain|university|group|enterprise|agency|place|corporation|bank|hotel|service|platform)|(?:company|organi[sz]ation|org|tenant|enterprise|firm|campus|system|nation|country)[- ]?wide|across (?:the |our )?(?:whole |entire |all )?(?:company|org\\w{0,12}|board|tenant|offices|sites|locations)|(?:nobody|no ?one|none of (?:us|our|the|my)(?: \\d{1,6})?|not (?:a single|one) (?:user|person|one|of (?:our|the|us|my))|no (?:users?|employees?|staff|colleagues))(?! else|(?: \\w{1,10}){0,2} (?:remember|admit|notic|know|knew|care|complain|told|tells?|said|says?|explain|answer|repl|respond|understand|mind|ask|pick|touch|chang|use[sd]?|need|hinder|bother|stuck|listen|helps?|reads?|looks|ordered|bought)\\w*)\\b|we all|all of us|each and every|every (?:single )?(?:user|employee|mailbox|office|department|site|person|device|pc|store|branch|client|computer|colleague|service)|widespread|global outage|total outage|complete outage|100 ?%|the company (?:can|is|has)|everywhere|all over the|any(?:one|body) (?:here|of us)|any(?:one|body) (?:in|at) (?:the|our) (?:\\w{1,12} )?(?:company|firm|office|organi[sz]ation|school|building|team|department|hospital|factory|plant)|no (?:mailbox|account|device|computer|phone)s? (?:in|of|at) (?:the|our)|for any(?:one|body)|every (?:single )?(?:visitor|page|message|customer|account|call|outbound|inbound|employee|team|location|classroom|shop)|evry ?(?:one|body)|every1|eveyone|everbody|everone|all (?:our |the )?(?:inbound|outbound|incoming|outgoing)|(?:whole|entire) comp\\w{1,4})\\b',
    ],
    many: [
      '\\b(?:most|majority|half(?! an? )|two thirds|a third|a quarter|dozens|hundreds|thousands|scores|tons) (?:of )?(?:the |our |all |my )?(?:\\w{1,12} )?(?:' +
        PEOPLE +
        '|company|organi[sz]ation|us|them|workforce)?\\b|(?:many|lots of|a lot of|large number of|multiple|numerous|countless) (?:of our |of the |other |different )?(?:\\w{1,12} )?(?:' +
        PEOPLE +
        ")|phones? (?:is|are|keeps?|won'?t stop|doesn'?t stop) ringing|flood(?:ed|ing) (?:with|of)|not (?:only|just) (?:me|one|my)|more and more (?:users|people)|several (?:departments|sites|offices|branches|locations|teams|stores|services)|both (?:mail|exchange|teams|offices|sites|sharepoint|email)",
    ],
    site: [
      '(?:two|three|four|five|six|seven|eight|nine|ten|\\d{1,4}|all|several|both|our) (?:of our |our |the )?(?:factories|plants|clinics|hospitals|hotels|schools|subsidiaries|warehouses|sites|offices|branches|stores|wards|shops|restaurants|depots|facilities|airports|houses)|(?:whole|entire|complete|full|all) (?:the )?(?:\\w{1,14} )?(?:office|department|dept|team|floor|branch|factory|warehouse|site|class|store|shop|plant|building|campus|call cent(?:er|re)|helpdesk|unit|division|location|region|clinic|ward|lab|faculty|newsroom|control room|institute|terminal|depot)\\b|(?:our|the|my) (?:\\w{1,14} )?(?:office|branch|plant|factory|warehouse|campus|call cent(?:er|re)|headquarters|hq|shop floor|clinic|hospital|school|subsidiary|showroom)\\b(?! (?:365|app|apps|suite|manager|license|lic))|every ?(?:one|body) (?:in|at|on|from) (?:the|our|my)|(?:department|team|branch|office|site)-?wide',
    ],
    production: [
      "(?:tickets?|taxis?|ferr(?:y|ies)|rooms?|guests?|visitors?|appointments?|prescriptions?|vouchers?|parcels?|trailers?|trains?|batches|lots|pupils|callers) (?:\\w{1,12} ){0,3}?(?:can'?t|cannot|aren'?t|isn'?t|won'?t|not) (?:be |being )?(?:sold|sent|found|served|move|moving|moved|dispatched|delivered|booked|released|looked up|bought|buy|book|order|reach)|(?:can'?t|cannot|unable to) (?:\\w{1,8} )?(?:sell|dispatch|check in|release|balance|book (?:guests|tables|rooms))|off the air|off sale|stand(?:s|ing)? (?:still|idle)|turning (?:people|guests|customers|patients) away|we'?re cancell?ing|zero revenue|shut until",
      "(?:people|staff|citizens|customers|employees|workers|patients|pupils|teams?) (?:are |were |have been |are being |being )?sent (?:home|away)|stopped (?:shipping|production|deliver\\w{1,4}|selling|trading)|(?:order processing|production|shipping|checkout|month[- ]end(?: closing)?) (?:is |are )?(?:down|halted|at a halt|on hold|stopped)|los(?:e|es|ing) (?:around |about |roughly |over )?\\d|sells? nothing|lessons (?:\\w{1,8} )?(?:cannot|can'?t|are cancelled)|(?:cannot|can'?t) be (?:issued|shipped|served|treated|paid|delivered)",
      "production (?:is |has |line |lines |floor )?(?:has |is |are )?(?:stop\\w{0,4}|down|halt\\w{0,3}|at a standstill|standing|affected|blocked|dead|stuck)|(?:standstill|stand ?still|halted|paraly[sz]ed|idle|grinding to a halt|ground to a halt|dead in the water|twiddling)|(?:can'?t|cannot|can not|unable to|not able to|nobody can|no one can) (?:do (?:any|our|their) )?work\\b(?! with)|sen[dt]\\w{0,3} (?:people|staff|everyone|everybody|them|employees|workers) home|stopped work\\b|work (?:has )?(?:completely |totally )?stopped|business (?:has |is )?(?:completely |totally )?(?:stopped|down|halted|dead|on hold)|operations? (?:has |have |is |are )?(?:completely |totally )?(?:stopped|down|halted|on hold|suspended)|at a (?:complete )?stop|assembly line|shut ?down the line",
      '(?:los(?:e|es|ing|t)|cost\\w{0,3}|burning)\\b (?:us |our |a lot of |lots of |\\w{1,12} ){0,4}(?:money|revenue|sales|orders?|customers?|business|deals?|contracts?|dollars?|euros?|yuan|rmb|per (?:hour|minute|day)|an hour|a minute|every (?:hour|minute))|[$€£¥]\\s?\\d|\\d ?k? (?:usd|eur|rmb|cny|dollars|euros|yuan) ?(?:per|an|a|/)',
      "(?:orders?|shipments?|deliver(?:y|ies)|trucks?|payments?|payroll|trading|checkout|web ?shop|customers|patients?|surger(?:y|ies)|flights|passengers|cashiers?|tills?|transactions?|bookings?|reservations?|claims|trades|wire transfers?|salar(?:y|ies)|ambulances?|invoicing|sales)\\b (?:\\w{1,10} )?(?:can'?t|cannot|can not|are (?:not|stuck|piling|waiting|being lost|blocked|standing|missed|lost|delayed)|aren'?t|is (?:down|stuck|blocked|at risk|impossible|stopped|not)|waiting|wait|stuck|blocked|piling|stopped|at risk|have stopped|has stopped|come to)|(?:can'?t|cannot|can not|unable to|not able to) (?:\\w{1,10} )?(?:ship|invoice|take (?:\\w{1,8} )?orders?|process (?:\\w{1,10} )?(?:orders?|payments?)|sell|trade|bill|serve|pay (?:salaries|staff|our)|check in (?:guests|passengers|patients)|admit|produce|deliver to|accept payments?|run payroll)",
      "in production\\b|production (?:\\w{1,12} )?(?:environment|servers?|systems?|databases?|workloads?|site|app|cluster|vms?|sql|web ?site|api|tenant|service)|(?:our |the )?(?:customers|clients|public|visitors|shoppers) (?:see|get|are getting|face|cannot|can'?t|complain)|mission[- ]critical|business[- ]critical|revenue|penalt(?:y|ies)|contract(?:ual)? (?:penalty|fine|breach)|sla breach|emergency (?:line|room|calls|services)|stock exchange|regulatory filing",
    ],
    down: [
      "without (?:any )?(?:e-?mails?|mails?|teams|access|phones?|telephony|service|sharepoint|onedrive|one drive|outlook|calendars?|sign-?in|working)\\b(?! (?:trouble|problems?|issues?))|(?:nobody|no ?one|none of (?:us|our \\w{1,12}|the \\w{1,12}))(?! else)(?: (?:in|at|from|of|on) (?:\\w{1,12} ){1,3})? ?(?:has|have|got) (?:any )?(?:e-?mails?|mails?|access|teams|phones?|a line|signal)\\b|unexpectedly quit|(?:won'?t|don'?t|doesn'?t) (?:boot|launch|start) (?:up|any ?more|at all)|not ?ready\\b|(?:lost|losing) (?:\\w{1,10} ){0,2}(?:access|connection|connectivity|e?-?mails?|sign-?ins?|teams|sharepoint|nodes|service)\\b|(?:can'?t|cannot|could not|couldn'?t|unable to) (?:sign|log|get) back in|(?:nobody|no ?one|none of|not (?:a single|one))(?! else)[^.,!?\\n]{0,40}\\b(?:can|could|able|gets?|receives?|reach(?:es)?|works?|opens?)\\b|\\b(?:all|everything) (?:is |are )?(?:red|dead|frozen|gone)\\b|red across|(?:is|are|has been|have been|got) (?:frozen|shut out|gone|cut off|signed out)\\b|gone at once|sells? nothing|nothing leaves|black for (?:all|every)",
      '(?<!(?:write|take|put|note|jot|let|calm|bring) (?:that|this|it|them|me|you) )(?<!(?:slows?|slowed|slowing|pull|pulls|pulling|pulled|hold|holding|track|turn|scroll|scrolling|break|hunt|calm|list|lists) (?:\\w{1,10} ){1,3})(?<!shut |shuts |shutting |slow |slowed |slowing |drop|drop-|scroll |scrolling |narrow |calm |write |turn |turned |upside |break |count |page |cut |cutting |come |sit |put |note )\\bdown\\b(?!\\s?(?:load|grade|side|stream|the road|to (?:\\d|one|a|the)|arrow|menu|list|syndrome|payment))',
      CANNOT + ' (?:\\w{1,10} ){0,2}(?:' + SERVICE + ')\\b',
      'outages?\\b|neither \\w{1,12} nor|(?:all|completely) red|gone (?:completely|entirely|at once)|has(?: been)? (?:stopped|gone(?! (?:to|on|into|back|well|down in|live|home))|vanished)|rejects? (?:all|every)|no one gets|nobody gets|no (?:mails?|e-?mails?|access|connection|service|teams|messages?|dial ?tone|sound at all|response)\\b(?! (?:impact|needed))|inaccessible|unreachable|unavailable|unusable|unresponsive|(?:not|stopped|quit|ceased|stops|stop|never) (?:\\w{1,10} )?(?:working|responding|syncing|sending|receiving|loading|delivering|flowing|arriving|accepting|going out|coming in|reachable|accessible|available|opening|starting|work)',
      '\\bdead\\b(?!line)|kaput|\\bcrashed\\b|service unavailable|(?:http|error|status|code|a)?\\s?\\b50[0234]s?\\b(?! (?:users|people|staff|licen|employees|seats|mailboxes|gb|mb|rmb|usd|yuan|per))|nothing (?:works|goes|comes|loads|happens|is (?:working|arriving|coming|going|loading))|lost (?:all |our |the |my )?(?:access|connection|connectivity|e?-?mail)|locked out|(?:blank|white|black) (?:page|screen)|broken\\b|blackout|gone dark|knocked out|out of (?:service|order)|wiped out|collapsed|does nothing|offline',
    ],
    'held-up': [
      "(?:hold|holds|held|holding) (?:\\w{1,12} ){0,3}up\\b|(?:delay|slow)(?:s|ed|ing)? (?:\\w{1,12} ){0,3}(?:down|work|orders|customers|everything|us|me|them)\\b|(?:cost|costs|costing|lose|loses|losing|lost|wast\\w{1,3}|eats?|eating|takes? up) (?:us |me |them |him |her |the team |everyone |each of us )?(?:an?|about|half|roughly|two|three|\\d+|extra|hours?|so much|a lot|too much|valuable|\\w+ hours?)\\b[^.,\\n]{0,16}(?:hours?|minutes?|time|day|days|mornings?|afternoon)|behind (?:schedule|with)|sit(?:s|ting)? (?:idle|around)|idle\\b|twiddling|can'?t (?:do|finish|continue|get on with|complete|start) (?:my|his|her|their|our|any|the) (?:work|job|tasks?)|(?:really |still |completely )stuck\\b|stuck (?:until|because)|on paper\\w{0,4}|productivi\\w{1,3}|complain\\w{0,4}|complaints|waiting (?:for|on)|awkward|embarrass\\w{0,4}|painful|struggl\\w{1,4}|tedious|laborious|retyp\\w{1,4}|re-?do(?:ing|ne)?\\b|rework|miss(?:ed|ing|es)? (?:\\w{1,10} )?(?:calls?|appointments?|orders?|deadlines?|mails?|enquiries|requests)|need(?:s|ed)? (?:it|this|them|that) (?:back|for|by|today|urgently|to|working)|hamper\\w{0,3}|imped\\w{1,3}|hinder(?:s|ed|ing) (?:us|me|our|the|work)|disrupt\\w{0,4}|chas(?:e|es|ing)|annoyed customers|customers? (?:are |is |keep |start )?(?:asking|annoyed|calling)|(?:every|each) (?:single )?(?:order|invoice|mail|message|call|time) (?:has|have|needs?|must)|(?:has|have|had) to (?:call|phone|re|drive|print|send|do|type|copy|carry|walk|run|redo|resend|do it)\\w*|backlog|inefficien\\w{1,3}|slower\\b",
    ],
    'first-person': ["\\b(?:i|i'm|i've|me|my|mine)\\b"],
    several: [
      '\\b(?:several|some|a few|few|couple of|two|three|four|five|six|seven|eight|nine|both)(?: of)?(?: our| the| my| new)? (?:\\w{1,12} )?(?:' +
        PEOPLE +
        ')\\b|(?:my|our|the|one) (?:\\w{1,14} )?(?:team|department|dept|group|crew)\\b|various (?:users|people)|a handful|certain users|sales\\b|finance\\b|accounting\\b|marketing\\b|\\bhr\\b',
    ],
    impaired: [
      'again and again|turned up empty|(?:is|are|stays?|comes? up|came) (?:empty|blank)|thrown out|kicked out|arrives? as|lag(?:s|ging)?\\b|jump(?:s|ing)|every (?:\\w{1,8} )?(?:minutes?|seconds?)|twice a day|crash\\w{0,3}|merged|don.t trigger|over and over|clos(?:es|ing) (?:unexpectedly|by itself)|scrambl\\w{0,3}|weird characters|never (?:appeared|arrives?|arrived|came|shows)|doubled|loops?\\b|endless|overwrit\\w{1,4}|vanish\\w{0,2}|straight to voicemail|directly to voicemail|(?:locked|stuck)\\b|slow\\w{0,3}|sluggish|lagg?(?:y|ing|s)?\\b|intermittent\\w{0,2}|sometimes|occasional\\w{0,2}|on and off|from time to time|every now and then|now and then|random\\w{0,2}|delay\\w{0,3}|\\blate\\b|garbled|freez\\w{1,4}|froze\\b|chopp\\w{1,2}|flaky|(?:keeps?|constantly|repeatedly) (?:\\w{1,10}ing)|partial\\w{0,2}|partly|takes? (?:forever|ages|\\d{1,3}|a long|minutes|very long|up to|about|so long|half|several|over|more than|too long)|degraded|unstable|performance|out of sync|duplicat\\w{1,4}|echo\\b|stutter\\w{0,4}|disconnect\\w{0,4}|drops?\\b|dropping|hangs?\\b|hanging|pixel\\w{0,4}|one in \\w{1,6}|out of \\d|flicker\\w{0,4}|glitch\\w{0,3}|unreliable|poor (?:audio|video|quality)|corrupt\\w{0,3}|distort\\w{1,3}|mixed up|grayed out|greyed out|missing|disappear\\w{0,3}|wrong',
    ],
    cannot: [
      CANNOT + ' (?:\\w{1,12} )?\\w{2,14}',
      'not (?:shown|showing|appearing|updating|saved|saving|listed|visible|possible|allowed)',
    ],
    error: [
      'errors?\\b|exception|\\b0x[0-9a-f]{4,8}\\b|aadsts\\d{4,7}|\\b[45]\\.\\d\\.\\d{1,3}\\b|fail(?:s|ed|ing|ure|ures)?\\b|denied|rejected|bounc\\w{1,4}|\\bndr\\b|non-?delivery|time[sd]? out|timing out|timeout|invalid|\\b40[0-9]\\b|crash\\w{0,3}|stack trace|warning|refused|undeliver\\w{1,5}|quarantin\\w{1,4}|stuck',
    ],
    question: [
      "what is the (?:\\w{1,10} )?(?:limit|maximum|minimum length|size)|where.?s (?:the|that)|which (?:ports?|role|version|licen)|how 2\\b|how (?:do|can|could|should|would|to|does|might)\\b|how (?:i|we) (?:can|could|should)|where (?:do|can|is|are|would|should)\\b|(?:what|which) (?:is|are|would be|'s) the (?:best |right |correct |easiest |proper |recommended )?(?:way|steps?|procedure|command|setting|method|process|menu|role|permission|limit|cmdlet|policy)|is (?:there|it) (?:a way|any way|possible|an option|a setting|a guide|allowed)|(?:can|could) (?:you|someone|somebody|anyone) (?:please )?(?:tell|explain|show|guide|walk|help|advise|point|describe)|(?:steps|instructions|guide|tutorial|documentation|walkthrough) (?:to|for|on)|(?:i|we)(?:'d| would) (?:like|love|want) to (?:know|learn|set|configure|add|create|enable|change|let|give|allow|have|understand|share)|(?:want|need|trying|looking|like|wish) to (?:know how|learn|set ?up|configure|add|create|enable|disable|change|give|grant|allow|share|restrict|turn|schedule|set|export|forward|hide|rename|block|delegate|convert|limit|import|migrate|move)|looking for (?:a way|instructions|the|how)|which (?:setting|admin|dns|command|cmdlet|records?|format|menu|option)|what (?:format|settings?|do i need|do we need|permissions?)|any (?:guide|instructions|idea how)|powershell command|what should (?:we|i) do|what'?s the (?:way|trick|command|procedure|best)|can i\\b|can we\\b|may i ask|do i need to|does .{1,30} support|which role|teach me|show me",
    ],
    asks: [
      '(?:can|could|may|should|must|do|does|did|will|would|shall) (?:i|we|you|this|it|one|someone|somebody|anyone|they|guests|users|customers|external|unused)\\b|(?:is|are) (?:there|it) (?:a|an|any|possible|allowed|some|really|documentation)\\b|(?<=(?:^|[.!?\\n])\\W{0,3})(?:is|are|does|do|can|could|which|what|where|how|who|will|would|may|wich)\\b|(?:what|which|where|how|who|when) (?:is|are|do|does|can|could|should|would|will|must|happens|much|many|long|far|often|else|one|to)\\b|(?:which|what|wich) \\w{1,14} (?:is|do|does|can|should|must|has|have|lets|hides|for|sets|changes)\\b|instructions|procedure|documentation|guide\\b|how-?to\\b',
    ],
    deadline: [
      "by (?:tomorrow|tonight|noon|midnight|end of|eod|cob|close of|monday|tuesday|wednesday|thursday|friday|\\d)|(?:in|within) (?:an?|one|two|three|half an?|\\d{1,3}) ?(?:hours?|minutes?|mins?|hrs?|h|days?)\\b|dead ?line|go(?:ing|es)?[- ]?live|\\blaunch|cut-?over|board meeting|auditors?\\b|(?:month|quarter|year)[- ]?end|closing|before (?:the |our |my )?(?:meeting|launch|demo|weekend|opening|deadline|lunch|exam|presentation|release)|today|tonight|tomorrow|due\\b|right before|exam\\b|tender|at \\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock)|black friday|rollout",
    ],
    'billing-wrong': [
      '(?:charged|billed|debited) (?:\\w{1,10} ){0,3}(?:twice|double|for|in|again)|overcharg\\w{0,2}|double[- ](?:charg|bill)\\w{0,3}|refund|declined|(?:wrong|incorrect) (?:amount|price|quantity|invoice|company|currency)|higher than|more than (?:agreed|before|last)|money back|(?:will|is going to|about to) be (?:disabled|suspended|cut|stopped|cancelled|blocked)|never (?:came|ordered|bought|received)|not (?:arrived|match|activated)|n.t match|still (?:shows?|says?|charg|bill)|although we|already paid|we paid|went through|(?:payment|renewal|order|card|transaction) (?:\\w{1,8} ){0,3}(?:fail|declin|reject|refus|not go)\\w{0,4}|zero licen[cs]es|only the old|keep(?:s)? paying|still pay|we owe|overdue although|dispute|refuses? to pay|(?:debits?|debited|charges?|charged|deduct\\w{1,3}) (?:\\w{1,10} ){0,4}(?:since|after|although|though|still)|by mistake|reinstat\\w{1,3}|service credit|scheduled changes|grace period',
    ],
    'billing-stop': [
      '(?:subscriptions?|licen[cs]es?|contract|plan|payments?|renewal|invoice|bill)\\b[^.!?\\n]{0,60}\\b(?:expired?|expires|cancel\\w{0,6}|terminat\\w{1,4}|suspend\\w{0,3}|lapsed|ran out|run out|unpaid|overdue|disabled|declined|bounced|returned|switched off|cut off)\\b|(?:cancel\\w{0,6}|terminat\\w{1,4}|suspend\\w{0,3}|expired?|unpaid|overdue|unpaid|wrong) (?:\\w{1,12} ){0,4}(?:subscriptions?|licen[cs]es?|contract|plan|payments?|bill|invoice)\\b',
    ],
    security: [
      'hack\\w{0,3}|phish\\w{0,3}|compromis\\w{1,3}|malware|ransomware|virus|spoof\\w{0,3}|stolen|suspicious|breach|unauthori[sz]ed|\\bspam\\b|leak\\w{0,2}|attack',
    ],
    'data-loss': [
      '(?:files?|mails?|e-?mails?|data|documents?|messages?|folders?|contacts?|calendar|site|mailbox|library)(?: \\w{1,10}){0,3} (?:gone|deleted|lost|disappeared|vanished|missing|erased|wiped|overwritten)|accidentally (?:deleted|removed|overwrote)|(?:lost|deleted) (?:\\w{1,10} ){0,2}(?:files?|mails?|data|documents?|everything)|restore|recover\\b|recycle bin',
    ],
    urgent: [
      'urgent(?:ly)?|asap|a\\.s\\.a\\.p|emergenc(?:y|ies)|immediate(?:ly)?|right (?:now|away)|as soon as possible|critical(?:ly)?|help{1,3}!|quickly|this instant|top priority|high priority|red alert|life or death|mayday|s\\.?o\\.?s\\b|sos|hurry|at once|unacceptable|ridiculous|furious|angry|disaster|catastroph\\w{1,4}',
    ],
    'sign-in': [
      '(?:sign|log|logg)(?:ed|ing|s)?[- ]?(?:in|on|into)\\b|(?:forg[eo]t\\w{0,3}|los[te]|remember|reset|expired) (?:\\w{1,8} ){0,3}(?:passwords?|passcode|pin)\\b|login|password|mfa|authenticator|credentials?|two[- ]factor|2fa|verification code|locked (?:out|account)|account (?:is )?(?:locked|disabled|blocked)',
    ],
    'asks-person': [
      '(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through|get me|get|give me|want|need|escalate(?: me)?|contacted(?: by phone)?|answered|helped|let me (?:talk|speak)|reach|hand me(?: over)?|pass me) (?:to |with |on to |over to |by )?(?:an? |the |some |your |one of your |another )?(?:real |live |actual |human |support |customer |proper |customer service |technical |senior |service |l2 )*(?:person|human(?: being)?|agents?|representatives?|rep|operators?|someone|somebody|colleague|engineers?|people|supervisor|manager|advisor|staff|support team|team|hotline|real people)\\b|(?:real|live|actual) (?:person|human|agent|people)|human (?:please|agent|support|being|now)|agent please|^\\s*(?:human|agent|operator|person|representative|real person)\\b|call(?:s|ed)? me(?: back)?|customer service|take over|(?:want|like) to (?:chat|talk|speak) (?:with|to) a|have a word|on the line|a consultant|in person|complain to|hotline|someone (?:real|human|to call|call me)|not (?:a |with a |to a )?(?:bot|robot|machine)|no (?:more )?bots?\\b|anybody there|is anyone there|anyone (?:real|human)|stop (?:the )?bot|phone (?:call )?with|let a (?:human|person)',
    ],
    greeting: [
      '^\\s{0,400}\\W{0,4}(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|howdy|yo|greetings|hiya|sup|morning)\\b',
    ],
    thanks: [
      "\\bthanks?\\b(?! (?:in advance|to (?:the|your)))|thank you(?! in advance)|thx|cheers|\\bty\\b|bye\\b|goodbye|see you|have a (?:nice|good|great)|appreciate|good job|well done|great (?:job|work|help|bot)|you'?re (?:great|awesome|the best|welcome)|awesome|perfect|never ?mind|lol|haha|nice one|got it|no more questions|that'?s all",
    ],
    'about-bot': [
      "are you (?:a |an |real|human|there|chatgpt|ai\\b|still|ok)|who (?:are|made|built|created|programmed) (?:you|u)|what(?:'s| is| are) your (?:name|job|favou?rite|purpose)|what can you do|can you (?:speak|sing|dance|understand|tell me a joke|write)|how (?:are|old are|r) (?:you|u)|tell me (?:a joke|something|about yourself)|joke|weather|your name|do you (?:like|speak|dream|sleep|have|love|know)|how'?s it going|what'?s up|favou?rite|birthday|lottery|football|poem|recipe|meaning of life|test(?:ing)? (?:test|123|1 2 3)",
    ],
    billing: [
      '\\bbill(?:s|ed|ing)?\\b|invoices?\\b|charg(?:e|es|ed|ing)\\b|refund\\w{0,3}|payments?\\b|paid\\b|pay(?:ing)?\\b|credit card|debit|renew\\w{0,3}|subscriptions?|cancel(?:s|led|ling|ed|ing|lation)? (?:\\w{1,10} ){0,3}(?:subscription|plan|licen|account|trial|renewal|order)|expir(?:e|es|ed|ing|y|ation)|fapiao|\\bvat\\b|tax\\b|purchase order|\\bpo number|overcharged|billed twice|seats?\\b|direct debit|statement|receipt|auto-?renew\\w{0,2}|cost\\w{0,2} (?:went|doubled|increas)|(?:trial|free) (?:to|into) (?:a )?paid|balance|downgrade|upgrade (?:my|our|the|to|from)|suspended for|past due|overdue|bank transfer|\\bwire transfer|unpaid|(?:licen[cs]es?|plan) (?:\\w{1,8} )?(?:ran out|lapsed)|money back|usd|eur\\b|prorated|\\btrial\\b|credit note|billed|\\bpaid',
    ],
    price: [
      '\\bpric(?:e|es|ing|ey)\\b|quotes?\\b|quotation|discount|compare|comparison|(?:difference|differ) (?:between|from)|differences? (?:\\w{1,8} ){0,3}(?:plans?|editions?|licen[cs]es?|packages?)|which (?:plan|edition|licen[cs]e|package|subscription)|what (?:plan|plans|edition)|how much (?:is|are|does|do|would|will|for)|(?:want|thinking|considering|interested|plan\\w{0,4}|looking|like|going) (?:to buy|to purchase|about buying|about|in buying|in purchasing|in|of buying|at buying|on buying)|before (?:we )?(?:buy|purchas)\\w{0,3}|sales (?:rep|team|person|people|contact|department|phone|line)|\\bbusiness (?:basic|standard|premium)|\\be[135]\\b|\\bf[13]\\b|non-?profit|education(?:al)? (?:pricing|discount|plan|licen)|estimate|what (?:would|does|do) (?:it|you) (?:cost|charge)|does it cost|minimum (?:number|order)|how is it sold|cost per (?:year|month|user)|per year|roughly what|is copilot available|would you (?:offer|recommend)|advantages of|choosing between|before we (?:decide|sign|commit)|what.?s included|find (?:a|me a|us a) (?:partner|reseller)|partner (?:near|in|who can sell)|evaluate|evaluating|pre-?sales|free trial|trial version|(?:a|the) trial (?:for|to)|try (?:it|this|teams)|if it suits|competitor|offers? a plan|volume pric\\w{1,3}|before purchas\\w{1,3}|demo\\b|switch(?:ing)? from|new customer|not (?:yet )?(?:a )?customers?|brochure|per (?:user|month|seat)',
    ],
    licence: ['licen[cs]es?\\b|licen[cs]ing|\\bsku\\b|seats?\\b'],
    reseller: [
      'partner ?cent(?:er|re)|\\bcsp\\b|resell\\w{0,4}|(?:we|i) (?:are|am) (?:a |an |the )?(?:\\w{1,14} )?(?:reseller|partner|distributor|csp|msp|indirect|tier)|indirect (?:provider|reseller)|delegated admin|\\bgdap\\b|partner (?:portal|dashboard|account|id|profile|program|earned|tenant|user)|tier[ -]?[12]|\\bmpn\\b|reseller relationship|(?:my|our) partner center|incentives?|partner agreement|on behalf of (?:a |our |my |the )?(?:customers?|clients?)|price ?list|margin|\\bmsp\\b',
    ],
    'end-customer': [
      "(?:our|my|a|the|one of our|one of my|this|their|several|some|two|all|for a) (?:\\w{1,12} )?(?:end )?(?:customers?|clients?|tenants?)(?:'s|')?\\b|customer'?s? (?:tenant|subscription|account|order|portal)|on behalf|behalf of|\\bclient (?:of (?:ours|mine))",
    ],
    'third-party': [
      OTHER_MAKERS,
      '\\b(?:alarm panel|burglar alarm|cameras in|surveillance|recorder|turnstile|card reader|badge reader|time clock|coffee machine|vending|elevator|thermostat|air ?con\\w{0,12}|copier|photocopier|fax machine|scanner|printers?|label printer|tv|television|projector|beamer|smart ?board|cash register|pos terminal|card terminal|ups battery|usb stick|washing machine|parking|antivirus|anti-virus|password manager|browser extension|accounting (?:software|program|package)|crm\\b|erp\\b|payroll software|booking software|video editor|landline|kindle)\\b',
      '\\b(?:netflix|youtube|repair|laptop screen|door (?:badge|system|lock)|badge system|cctv|alarm system|elevator|coffee machine|hosting provider|norton|ora-\\d{3,6}|salesforce|slack|gmail|google|g ?suite|adobe|acrobat|photoshop|sap|oracle|dropbox|box\\.com|wechat|dingtalk|feishu|lark|wps|qq|whatsapp|trello|jira|confluence|atlassian|notion|asana|quickbooks|sage|citrix|vmware|mcafee|norton|kaspersky|symantec|trend micro|crowdstrike|mimecast|proofpoint|veeam|wordpress|shopify|hubspot|docusign|autocad|autodesk|webex|cisco|gotomeeting|anydesk|teamviewer|icloud|itunes|chrome extension|thunderbird|lotus notes|hp printer|epson|canon|xerox|brother|printer|scanner|aws|amazon|alibaba cloud|aliyun|tencent|netsuite|workday|servicenow|zendesk|freshdesk|1password|lastpass|okta|grammarly|evernote|telegram|signal|netflix|spotify|facebook|instagram|tiktok|steam|playstation|iphone bought|samsung tv|tv|add-?ins? (?:from|by|of)|third[- ]party|3rd[- ]party|erp|kingdee|yonyou)\\b',
    ],
    network: [
      NETWORK_MAKERS,
      '\\b(?:router|wi-?fi|wlan|vpn|firewall|isp|modem|switch(?:es)? (?:port|in|is|stack)|cable|ethernet|lan\\b|fib(?:er|re)|broadband|access point|internet (?:is|connection|line|access|provider|goes|keeps|down|speed)|network (?:cable|switch|admin|printer|card|team|closet)|dhcp|our (?:own )?(?:network|internet)|office network|home network|proxy server|bandwidth|starlink|4g|5g|hotspot|nas)\\b',
    ],
    exchange: [
      '\\b(?:outlook|exchange|e-?mails?|mails?|mailbox(?:es)?|inbox|owa|eac|calendars?|autodiscover|shared mailbox|mail ?flow|smtp|imap|pop3|ndr|distribution (?:list|group)s?|transport rules?|spam|junk|attachments?|send button|contacts?|out of office|pst|ost|dkim|dmarc|spf|mx record|quarantine|room mailbox|global address|address book|gal|meeting request|free/busy|activesync|migration batch)\\b',
    ],
    sharepoint: [
      '\\b(?:sharepoint|share ?point|onedrive|one drive|spo|document librar(?:y|ies)|site collections?|intranet|team site|lists?\\b|odfb|external sharing|sync client|files? sync|libraries)\\b',
    ],
    'teams-skype': [
      '\\b(?:teams|skype|lync|sfb|meetings?|conference|calls|calling|chats|chat (?:window|history|messages?|and|doesn|isn|won|list|is)|teams chat|channel(?:s)?|voip|pstn|presence|instant messag\\w{1,3}|screen ?shar\\w{1,3}|webinar|call queue|auto attendant|voicemail|breakout|headset|microphone|audio|video)\\b',
    ],
    apps: [
      '\\b(?:excel|word|powerpoint|onenote|office apps?|microsoft 365 apps|office (?:365 )?(?:pro ?plus|install\\w{0,6}|suite|activation|setup)|activat\\w{1,4}|install\\w{0,6}|visio|project|access database|macros?|vba|pivot|spreadsheet|xlsx|docx|pptx|click-to-run|add-?ins?|office (?:20\\d\\d|updates?|on (?:my|mac))|product key|unlicensed|publisher|ribbon)\\b',
    ],
    identity: [
      '\\b(?:entra|azure ad|aad|active directory|ad connect|adfs|ad fs|sso|single sign[- ]on|mfa|authenticator|password|passwords|sign[- ]?ins?|log ?ins?|login|conditional access|directory sync\\w{0,15}|dirsync|sync(?:hroni[sz]ation)? (?:of )?(?:users|accounts|ad)|federat\\w{1,4}|aadsts\\d{1,7}|account locked|locked out|guest users?|upn|saml|token|two[- ]factor|2fa|self-service password|user accounts?|credentials?)\\b',
    ],
    azure: [
      '\\b(?:azure|vms?|virtual machines?|app service|storage account|blob|sql (?:database|server|managed|db)|cosmos|aks|kubernetes|functions? app|vnet|virtual network|load balancer|resource group|subscription quota|key vault|service bus|event hub|logic apps?|expressroute|application gateway|front door|cdn|web app|data factory|redis|container\\w{0,3}|ssd|disk|snapshot|backup vault|availability (?:set|zone)|deployment slots?|arm template|databricks|iot hub|hdinsight|china (?:north|east)|rdp|ssh|nsg|public ip|site recovery|vpn gateway|azure devops)\\b',
    ],
    'other-service': [
      OTHER_SERVICES,
      '(?:admin|compliance|security) (?:center|centre|portal)|active users page|service status|groups?\\b(?= (?:settings|expir))|task board|survey|questionnaire',
    ],
    'ours-named': [OURS_NAMED, '\\b365\\b'],
  },
  people: PEOPLE,
  counts:
    '\\b(' +
    NUMBER +
    ')\\+?(?:-(?:ish|odd))?\\s?(?:of (?:our |the |my )?(?:\\d{1,7} )?)?(?:\\w{1,14} ){0,2}?(?:' +
    PEOPLE +
    ')\\b',
  parts:
    '(?<!not |not a |no |than |even )\\b(?<few>' +
    NUMBER +
    ') (?:\\w{1,12} )?(?:out of|of|in|from) (?:our |the |my |their |his |her |its |about |around |some |roughly |all |those |these |~ ?|a )*(?<all>' +
    NUMBER +
    ')\\b(?! ?(?:a\\.?m|p\\.?m|minutes|hours|%|percent|times|days|cases|attempts))',
  shares: '(\\d{1,3})(?:\\.\\d)? ?(?:%|percent|per cent)',
  filler:
    "a|an|the|is|are|was|were|be|been|has|have|had|and|but|or|so|it|it's|its|this|that|these|we|our|us|i|in|on|at|of|for|to|by|now|still|just|please|currently|right|again|also|too|very|really|completely|totally|there|all|any|with|at the moment|since|today|everything|anymore|yet|though|however",
};
