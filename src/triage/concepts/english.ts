import type { ConceptWords } from './concept.ts';

/** English, as people type it. */
export const ENGLISH_CONCEPTS: ConceptWords = {
  none: 'nobody, no one, noone, none, neither, not one, not a single, nothing, zero, nowhere, never, no',
  all: 'all, every, everyone, everybody, everything, everywhere, entire, whole, complete, completely, total, totally, anyone, any, each, full, lot of us, across the board, wide, wall to wall, throughout',
  only: 'only, just, merely, sole, solely, single, alone, exclusively, simply, nothing but, apart from, except, except for, other than, one of',
  part: 'some, several, few, a few, half, third, quarter, partly, partially, certain, handful, couple, two, three, four, five, six, seven, eight, part of, out of, of our, of the, percent, minority',
  many: 'hundreds, thousands, dozens, dozen, most, many, lots, masses, majority, plenty, numerous, tons',
  others: 'else, others, other, rest, remaining, colleague*, coworker*, co-worker*, teammate*, neighbour*, neighbor*',
  myself: "i, me, my, mine, myself, i'm, i've",
  ourselves: "we, our, us, ours, we've, we're",
  'third-person': 'he, she, his, her, him, hers',
  staff:
    'staff, employee*, worker*, personnel, workforce, crew, team*, folks, people, persons, users, user, workstation*, desks, headcount, workmates',
  boss: 'boss, ceo, cfo, cto, director, manager, president, head, chief, chairman, supervisor, executive*, vip, managing, partner upstairs, principal',
  'office-role':
    'secretary, assistant, accountant*, bookkeeper*, clerk, receptionist*, reception, controller*, payroll, hr, recruiter*, planner*, dispatcher*, buyer*, purchasing, auditor*, analyst*, intern, trainee, apprentice, temp',
  medical:
    'patient*, nurse*, doctor*, surgeon*, surger*, hospital*, clinic*, ward*, medic*, pharmac*, ambulance*, dentist*, prescription*, theatre, lab, insulin, physician*, triage',
  school:
    'school*, teacher*, pupil*, student*, lesson*, class*, lecture*, exam*, campus, universit*, professor*, faculty, kindergarten',
  public:
    'citizen*, council*, municipal*, ministry, county, police, fire brigade, emergency, dispatch, court, judge, election*, government, authority, prefecture',
  factory:
    'factory, factories, plant*, production, lines, assembly, machine*, shift, warehouse*, forklift*, welder*, mes, conveyor, furnace, press, presses, shop floor, foundry, mill',
  logistics:
    'truck*, lorr*, trailer*, shipment*, shipping, ship, ships, deliver*, parcel*, courier*, driver*, freight, customs, harbour, port, airport, flight*, train*, dispatch*, dock, container*',
  retail:
    'shop*, store*, till*, cashier*, checkout, counter, branch*, restaurant*, hotel*, guest*, reservation*, booking*, ticket*, festival, pos',
  customers:
    'customer*, client*, caller*, buyers, supplier*, vendor, partner firm*, visitors, guests, tenants, subscribers, members',
  'money-loss':
    'losing, lost, loss, losses, revenue, turnover, money, sales, penalty, penalties, fine, fines, damages, bankrupt, sue, lawsuit, millions, per hour, an hour, per minute',
  orders:
    'order*, invoic*, quote*, quotation*, contract*, payment*, transaction*, trade, trading, salaries, wages, payout*, claims, tax, declaration*, filing, budget, tender',
  stopped:
    'stopped, stop, stops, halt*, standstill, stand still, standing still, idle, paralys*, paralyz*, frozen, shut, closed, ceased, suspended, on hold, twiddling, coffee, sent home, sit around, piling, queue*, stuck, waiting, backlog, postponed, put off, cancelled',
  dead: 'dead, down, gone, offline, blank, white page, black, mute, silent, unreachable, unavailable, vanished, dark, kaput, broke, broken, collapse*, crash*, outage*, refuses, refuse, refused, out of service, knocked, destroyed, wiped, deleted, encrypted, ransom*',
  cannot:
    "can't, cannot, cant, unable, couldn't, won't, doesn't, don't, isn't, aren't, not able, impossible, fails, failed, fail, failing, denied, blocked, locked, rejected, shut out, kicked",
  slow: 'slow*, sluggish, delay*, late, lag*, minutes, seconds, forever, ages, takes, longer, latency, hang*, freez*, spinning, spinner, spins, timeout*, times out, timed out',
  flaky:
    'sometimes, intermittent*, occasionally, now and then, on and off, random*, drop*, flap*, choppy, robotic, echo, cuts out, one in, every few, again and again, repeatedly, keeps, unstable, glitch*, flicker*',
  wrong:
    'wrong, incorrect, garbled, mixed up, misplaced, missing, lost, disappear*, duplicate*, twice, double, doubled, outdated, old, corrupt*, empty, misaligned, truncated',
  cosmetic:
    'cosmetic*, icon*, logo*, colour*, color*, font*, blurry, typo*, spelling, pixel*, greenish, label*, badge, emoji*, picture, photo, display name, banner, wording, translation, sorting, order of, sort*, theme, dark mode, layout, tile, border, ribbon, spacing, tooltip, breadcrumb*, counter, unread, thumbnail*, preview, umlaut*, language of, font size',
  accept:
    "live with, used to, don't mind, doesn't bother, doesn't matter, no bother, ignore*, whatever, meh, no harm, harmless, trivial, nuisance, annoying, annoyance, no big, click it away, one click, delete them, delete it, no consequence, no impact, no effect, not needed, fine with, used for nothing, skip it, close it",
  'info-only':
    'for the record, for the file, for information, fyi, just saying, only saying, just to let you know, letting you know, reporting, report it, curious, curiosity, wondering, wonder, mention*, heads up, notice, noticed, observation, in case, some time, sometime, someday, eventually, whenever, no hurry, no rush, not urgent',
  'over-now':
    "since then, again, back, recovered, restored, resolved, fixed, solved, returned, yesterday, last week, last month, last night, was down, were, came back, healed, earlier, previously, gone now, all good, all's well, normal",
  relapse:
    "until, but then, hasn't lasted, still is, again down, once more, came back to, same again, to this day, ever since, still isn't, not fixed, still not, still down",
  workaround:
    'workaround*, instead, meanwhile, by hand, manually, another, alternative*, web version, browser, owa, phone app, mobile, restart*, reboot*, refresh*, resend*, retry, copy, print, download*, export, second try, use the other, temporarily, for now, get by, spare',
  'no-workaround':
    'no other, no way around, nothing helps, no alternative, no workaround, nothing else, no fallback, neither, tried everything, reinstall*, cleared cache, same on, same error, disabled by, also fails',
  test: 'test*, sandbox*, demo, dev, development, staging, lab, pilot, training tenant, practice, drill*, exercise, simulation, rehears*, decommissioned, unused, spare, trial tenant, pen test*, invented, dummy',
  hypothetical:
    'if, suppose, would, were to, in case of, what if, scenario, plan, planning, prepar*, handbook, document*, imagine, assume, in advance, theory, hypothetic*',
  production: 'production, prod, live, customer-facing, public, go-live, real one, mission, critical, core',
  deadline:
    'deadline*, tonight, today, noon, midnight, tomorrow, within, in an hour, in ten, in 20, minutes, by five, closes, due, opening, begins, starts, presentation, meeting, launch, hearing, quarter, month end, month-end, closing',
  shout:
    'help, urgent*, asap, emergency, alarm, critical, sos, please help, desperate, omg, panic, immediately, right now, hurry, quick, disaster',
  calm: "politely, hope you're well, good day, kindly, thank you in advance, no need, sorry to, would be glad, quiet note, minor, small matter, polite, fact, facts, apparently, it appears, it seems, may be nothing",
  said: "says, said, wrote, called, named, claims, told, reads, shouted, titled, reported, allegedly, supposedly, heard, rumour, rumor, exaggerat*, actually, in fact, contrary, false, merely, turned out, isn't true",
  security:
    'phish*, hack*, attack*, malware, virus, ransom*, breach*, leak*, compromis*, suspicious, stolen, spoof*, spam',
  exchange:
    'mail*, e-mail*, email*, outlook, mailbox*, inbox, calendar*, owa, exchange, smtp, ndr, bounce*, distribution list, sender*, recipient*, attachment*, spam, quarantine, transport rule, out of office, shared mailbox, room mailbox, meeting invite*, signature, archive, mailflow, mx, dkim, dmarc, auto-reply, address book, autocomplete, junk, outbox',
  sharepoint:
    'sharepoint, onedrive, one drive, intranet, document librar*, site collection*, team site, library, list view, versions, recycle bin, permissions, sync client, file share, folder*, files, site page*, wiki, web part*, sharing link*',
  teams:
    'teams, meeting*, call*, chat*, channel*, headset*, microphone*, camera, screen sharing, voicemail, dial tone, phone system, skype, presence, lobby, webinar*, recording*, call queue*, auto attendant, conference, phones, ringing, ring, transcript',
  apps: 'word, excel, powerpoint, onenote, office apps, visio, access, macro*, add-in*, addin, ribbon, workbook*, spreadsheet*, document*, formula*, template*, slide*, activation, activate*, pivot, font, click-to-run, desktop app*, xlsx, docx, pptx, publisher',
  identity:
    'sign in*, sign-in*, signin*, log in, login*, logon*, password*, mfa, authenticator, account*, entra, aad, azure ad, conditional access, sso, adfs, federat*, guest, locked out, verification code, two-factor, 2fa, sspr, directory sync, aad connect, group membership, role*, tenant, identity, token*',
  azure:
    'azure, vm*, virtual machine*, subscription id, resource group*, storage account*, blob*, sql, app service*, function app*, kubernetes, aks, vnet, vpn gateway, load balancer, front door, cosmos, redis, key vault, nsg, firewall policy, backup vault, disk*, cluster, node*, region, deploy*, pipeline*, portal, quota, container*, api management, iot hub, scale set, snapshot*, event hub, databricks, arm, bicep, terraform, endpoint*, replica*',
  'other-service':
    'power automate, power apps, power app, power bi, powerapps, dynamics, intune, planner, forms, to do, yammer, viva, stream, bookings, defender, purview, ediscovery, flow*, dataset*, dashboard*, autopilot, compliance, retention label*, sensitivity label*, project online, loop, copilot, windows 365, cloud pc*, whiteboard, lists app, crm',
  bill: 'invoice*, bill, bills, billing, billed, statement*, receipt*, credit note, charge*, charged, debit*, debited, refund*, amount, vat, tax id, po number, purchase order, credit card, card, payment method, bank, direct debit, overdue, past due, dunning, proration, prepaid, balance, paid, pay, payer, euro*, dollar*, money back, overcharg*',
  subscription:
    'subscription*, licen*, seat*, renew*, cancel*, trial, expire*, expir*, annual, monthly, upgrade, downgrade, plan, term, auto-renew*, recurring, quantity, credit, reservation*, true-up, add-on*, terminate*',
  'buy-intent':
    'price*, pricing, cost*, how much, offer, quote, quotation, estimate, compare, comparing, comparison, difference between, which plan, which edition, which package, suit*, recommend*, before buying, before we sign, considering, thinking of, plan to buy, interested in, discount*, sales, salesperson, demo, evaluate, evaluating, switch to you, come over, become your customer, budget, new customer, not yet a customer, buy, buying, purchase, tender, nonprofit, cheapest, worth it, edition, package, bundle',
  partner:
    'reseller*, partner center, partner centre, csp, msp, indirect provider, distributor, my customer*, our customer*, my client*, our client*, on behalf, their tenant, gdap, delegated admin, incentive*, mpn, solutions partner, provider, administer, look after, earnings, deal registration, competenc*, price list, reconciliation',
  'third-party':
    'zoom, webex, slack, gmail, google, sap, oracle, adobe, acrobat, dropbox, salesforce, jira, atlassian, confluence, whatsapp, facebook, instagram, linkedin, tiktok, netflix, spotify, apple, iphone, icloud, ipad, samsung, android, aws, ec2, cisco, avaya, fortinet, sonicwall, sage, quickbooks, xero, datev, lexware, docusign, paypal, stripe, shopify, wordpress, godaddy, kaspersky, norton, mcafee, chrome, firefox, thunderbird, hp, canon, epson, brother, zebra, xerox, dell, lenovo, autocad, autodesk, photoshop, wechat, alipay, dingtalk, line app, vmware, citrix, teamviewer, anydesk, notion, trello, asana, mailchimp, hubspot, zendesk, servicenow, workday, adp, ncr, tesla, sonos, alexa, siri, chatgpt, starlink, vodafone, telekom, comcast, verizon',
  'own-network':
    "router*, switch*, wifi, wi-fi, wlan, cable*, firewall, proxy, printer*, print server, toner, lan, internet, isp, provider's line, power cut, electricity, projector, screen, monitor, keyboard, mouse, battery, laptop battery, server room, basement, own server, local server, nas, time clock, scanner, badge reader, fibre, fiber, dns server of our, dhcp, access point*, telecom, pbx, tv, fridge, coffee machine",
  'ask-how':
    'how, how do, how can, how to, how would, where do, where can, where is, which command, steps, instructions, guide, procedure, tutorial, walk me, explain, show me, best practice, best way, recommended, is it possible, is there a way, can one, script, set up, setting up, configure, enable, turn on, turn off, find out, create, add, change, rename, export, import, migrate, move, assign, schedule',
  'want-person':
    'human, agent, operator, representative, real person, person, someone, somebody, call me, ring me, call back, callback, put me through, connect me, transfer me, speak to, speak with, talk to, talk with, supervisor, hotline, phone number, live chat, advisor, employee of yours, colleague of yours, engineer on the phone',
  'not-bot': 'bot, robot, machine, chatbot, automated, articles, links, tips, no more, enough, useless, not helping',
  'small-talk':
    'hello, hi, hey, morning, good morning, good evening, thanks, thank you, cheers, bye, goodbye, weekend, christmas, birthday, weather, joke, funny, love, nice, lol, haha, ok, perfect, great, wow, cat, dog, coffee, tired, congratulations, happy new year, who are you, who made you, are you, sorry for that',
  'not-ours':
    'not yours, not microsoft, their software, another provider, other vendor, our own, ourselves, third-party, third party, nothing of yours, your competitor, private',
  device:
    'laptop*, pc, pcs, computer*, notebook*, tablet*, mac, macs, workstation, terminal*, kiosk*, desktop*, mobile*, surface, device*, browser tab',
  'error-code':
    'error, errors, code, exception, 0x*, aadsts*, http, status, warning, message, correlation, stack, log, logs',
  since:
    'since, started, begins, from, this morning, after the update, after, update*, upgrade*, migration, patch, change*, rollout, overnight',
  consequence:
    'need*, depend*, rely, job, work, working, must, have to, hours, day, every day, overtime, complain*, grumbl*, annoyed, embarrass*, behind, costs, twice as long, half as much, hinder*, handicap, blocks, slows',
};
