import type { Unit } from '#src/log/ports.ts';
import { Agents } from './agents.ts';
import { Audit } from './audit.ts';
import { Codes } from './codes.ts';
import { Conversations } from './conversations.ts';
import { Erasure } from './erasure.ts';
import { Feedback } from './feedback.ts';
import { Files } from './files.ts';
import { IncidentLinks } from './incident-links.ts';
import { Jobs } from './jobs.ts';
import { Mails } from './mails.ts';
import { Notices } from './notices.ts';
import type { Lane } from './query.ts';
import { Promises } from './promises.ts';
import { Requests } from './requests.ts';
import { Retention } from './retention.ts';
import { Rows } from './rows.ts';
import { isSpent, spendOnce } from './spent.ts';

/** Everything that may be asked inside the one transaction that this lane is. */
export function unitOn(lane: Lane): Unit {
  return {
    conversations: new Conversations(lane),
    rows: new Rows(lane),
    jobs: new Jobs(lane),
    requests: new Requests(lane),
    agents: new Agents(lane),
    notices: new Notices(lane),
    promises: new Promises(lane),
    incidents: new IncidentLinks(lane),
    files: new Files(lane),
    codes: new Codes(lane),
    feedback: new Feedback(lane),
    mails: new Mails(lane),
    audit: new Audit(lane),
    retention: new Retention(lane),
    erasure: new Erasure(lane),
    spend: (id, expiresAt) => spendOnce(lane, id, expiresAt),
    isSpent: (id) => isSpent(lane, id),
  };
}
