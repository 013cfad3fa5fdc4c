import { parseCase } from '#dialogs/case.ts';
import type { Tools } from '#dialogs/question.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { maskedMail, nextCode } from '#src/handoff/code.ts';
import { isAgent } from '#src/handoff/standing.ts';
import { sealedMail } from '#src/log/mail.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import type { Seal } from '#src/log/seal.ts';
import type { Speaker } from '#src/log/speak.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';
import { askForCode, codeLetter, pinRule } from './code-words.ts';
import type { Worker } from '#src/handoff/done.ts';
import { codeDigest } from './hear-code.ts';

export interface CodeDeskOptions {
  readonly speaker: Speaker;
  readonly tools: Pick<Tools, 'phrases' | 'rules'>;
  readonly seal: Seal;
  /** Unguessable ids. */
  readonly newId: () => string;
  /** A whole number from 0 up to `below`, which nobody can foresee. */
  readonly random: (below: number) => number;
  /** Mails go to people. Without, an agent could read the code on the desk's own page of mails. */
  readonly canMail: boolean;
}

/**
 * `no-mail-server`: none is connected · `no-address`: the organization registered none, or it isn't known which it is ·
 * `which`: several are registered, and none of them was named · `too-many`: codes within the hour.
 */
export type CodeRefusal = 'no-conversation' | 'not-yours' | 'no-mail-server' | 'no-address' | 'which' | 'too-many';
export type CodeSent =
  | { readonly ok: true; readonly value: { readonly to: string; readonly expiresAt: number } }
  | { readonly ok: false; readonly why: CodeRefusal };

/** An address that a code may go to, as an agent may see and choose it. */
export interface CodeAddress {
  readonly id: string;
  readonly shown: string;
}

/** Sends people the code by which they show that they belong to the organization (policy section 5). */
export class CodeDesk {
  readonly #options: CodeDeskOptions;

  constructor(options: CodeDeskOptions) {
    this.#options = options;
  }

  /** Where a code may go: what the organization registered, and nothing that the person said. */
  addresses(conversation: Conversation): readonly CodeAddress[] {
    return this.#registered(conversation).map(({ id, mail }) => ({ id, shown: maskedMail(mail) }));
  }

  /** A new code; the one before it no longer counts. `to` is the id of an address, and may be left out where there is one. */
  async send(id: string, agent: Worker, to: string | null): Promise<CodeSent> {
    const sent = await this.#options.speaker.on(id, async (turn, unit, now): Promise<CodeSent> => {
      const { conversation } = turn;
      if (!mayServe(agent, conversation.offering)) return { ok: false, why: 'no-conversation' };
      if (!isAgent(conversation, agent.id)) return { ok: false, why: 'not-yours' };
      if (!this.#options.canMail) return { ok: false, why: 'no-mail-server' };
      const registered = this.#registered(conversation);
      if (registered.length === 0) return { ok: false, why: 'no-address' };
      const chosen = to === null && registered.length === 1 ? registered[0] : registered.find((one) => one.id === to);
      if (!chosen) return { ok: false, why: 'which' };
      return this.#write(turn, unit, { agent, mail: chosen.mail, now });
    });
    return sent ?? { ok: false, why: 'no-conversation' };
  }

  #registered({ state }: Conversation): { id: string; mail: string }[] {
    const mails = new Set(parseCase(state)?.facts?.registeredMails ?? []);
    return [...mails].map((mail) => ({ id: this.#options.seal.digest('address', mail).slice(0, 16), mail }));
  }

  async #write(
    turn: Turn,
    unit: Unit,
    { agent, mail, now }: { agent: Worker; mail: string; now: number },
  ): Promise<CodeSent> {
    const { tools, seal, newId, random } = this.#options;
    const { id: conversation, language: spoken, offering } = turn.conversation;
    const rule = pinRule(tools.rules, offering);
    const words = { phrases: tools.phrases, language: spoken ?? 'en', rule, agent: agent.name };
    const digits = String(random(10 ** rule.digits)).padStart(rule.digits, '0');
    const id = newId();
    const to = maskedMail(mail);
    const digest = codeDigest(seal, conversation, id, digits);
    const code = nextCode(
      { id, conversation, digest, to, agent: agent.id },
      await unit.codes.of(conversation),
      rule,
      now,
    );
    if (!code) return { ok: false, why: 'too-many' };
    await unit.codes.keep(code);
    const letter = codeLetter(mail, digits, words);
    const { expiresAt } = code;
    await unit.jobs.add(sealedMail(letter, seal, { id: newId(), key: `mail:code:${id}`, at: now, until: expiresAt }));
    turn.wroteJobs = true;
    turn.say('bot', { ...activityOf(askForCode(to, words)) }, null);
    turn.say(
      'system',
      { type: 'event', name: 'code.sent', value: { to, expiresAt: new Date(expiresAt).toISOString() } },
      null,
    );
    await unit.audit.add({ at: now, actor: agent.id, action: 'code.send', subject: conversation, detail: { to } });
    return { ok: true, value: { to, expiresAt } };
  }
}
