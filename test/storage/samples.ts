import { randomUUID } from 'node:crypto';
import type { AgentRecord } from '#src/handoff/agent.ts';
import type { SentCode } from '#src/handoff/code.ts';
import type { Notice } from '#src/handoff/notice.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { Conversation, Job, LogRow } from '#src/log/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';

/** 2026-03-02T01:00:00Z. */
export const NOON = 1_772_413_200_000;

export const VOUCHED: Vouched = {
  host: 'contoso-admin',
  cloud: 'worldwide',
  tenant: 'contoso',
  subject: 'user-17',
  objectId: null,
  offering: 'worldwide',
  roles: ['Global Administrator'],
  reseller: null,
  purchase: 'direct',
  agreement: null,
  name: '佐藤 美咲',
  email: 'sato@contoso.example',
  phone: null,
  language: 'ja',
  timeZone: 'Asia/Tokyo',
  country: 'JP',
  at: 0,
};

export function agent(given: Partial<AgentRecord> = {}): AgentRecord {
  return {
    id: 'agent-1',
    name: 'Agnès 陈',
    role: 'agent',
    queues: ['worldwide', 'o365-21vianet'],
    languages: ['zh-CN'],
    categories: [],
    capacity: 3,
    presence: 'on-duty',
    seenAt: NOON,
    servedAt: 0,
    ...given,
  };
}

export function notice(given: Partial<Notice> = {}): Notice {
  return {
    key: 'handoff:talk:2',
    kind: 'handoff',
    conversation: 'talk',
    epoch: 2,
    request: null,
    severity: 'B',
    offering: 'o365-21vianet',
    language: 'zh-CN',
    state: 'open',
    rounds: 1,
    nextAt: NOON,
    since: NOON,
    activityId: null,
    by: null,
    ...given,
  };
}

export function conversation(given: Partial<Conversation> = {}): Conversation {
  return {
    id: randomUUID(),
    channel: 'directline',
    channelConversationId: randomUUID(),
    owner: 'bot',
    epoch: 0,
    agent: null,
    person: 'dl_person',
    tenant: null,
    language: 'zh-CN',
    offering: 'o365-21vianet',
    reference: { serviceUrl: 'https://example.test/', bot: { id: 'bot' } },
    state: { step: 'describe', case: { description: '邮件收不到 「メール」' } },
    imprints: [],
    pushes: [],
    version: 0,
    lastSeq: 0,
    inSeq: 0,
    doneSeq: 0,
    outSeq: 0,
    sentSeq: 0,
    waitingSince: null,
    ownedSince: NOON,
    deskAt: null,
    vouched: null,
    createdAt: NOON,
    updatedAt: NOON,
    ...given,
  };
}

export function logRow(given: Partial<LogRow> & Pick<LogRow, 'conversation' | 'seq'>): LogRow {
  return {
    direction: 'in',
    role: 'user',
    sourceId: null,
    replyTo: null,
    epoch: 0,
    body: { type: 'message', text: 'Exchange is down' },
    delivery: 'stored',
    at: NOON,
    ...given,
  };
}

export function code(given: Partial<SentCode> = {}): SentCode {
  return {
    id: randomUUID(),
    conversation: randomUUID(),
    digest: 'right',
    to: 'i…@contoso.example',
    agent: 'agent-1',
    sentAt: NOON,
    expiresAt: NOON + 600_000,
    triesLeft: 3,
    lastWrong: null,
    state: 'open',
    decidedAt: null,
    sent: 1,
    ...given,
  };
}

export function job(given: Partial<Job> = {}): Job {
  return {
    id: randomUUID(),
    kind: 'ticket',
    key: randomUUID(),
    payload: { number: 'SR-1' },
    attempts: 0,
    runAt: NOON,
    createdAt: NOON,
    lastError: null,
    ...given,
  };
}

export function request(given: Partial<ServiceRequest> = {}): ServiceRequest {
  return {
    offering: 'o365-21vianet',
    route: 'open',
    category: 'technical',
    product: 'exchange',
    description: 'Nobody in Shanghai gets mail',
    severity: 'B',
    proposedSeverity: 'A',
    evidence: [{ signal: 'all-users', text: 'Nobody', start: 0, end: 6 }],
    impact: 'Orders stand still',
    contact: { name: 'Li', method: 'email', email: 'li@example.test', language: 'zh-CN' },
    entitlement: 'directory',
    purchase: 'direct',
    language: 'en',
    number: `SR-${randomUUID()}`,
    submissionId: randomUUID(),
    conversation: randomUUID(),
    person: 'dl_person',
    personName: 'Li',
    tenant: 'tenant-1',
    state: 'open',
    createdAt: NOON,
    respondBy: '2026-03-03T01:00:00.000Z',
    provisional: false,
    ...given,
  };
}
