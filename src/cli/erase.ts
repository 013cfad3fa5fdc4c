import { randomUUID } from 'node:crypto';
import type { Storage } from '#src/log/ports.ts';
import { BadUse, type Given } from './verb.ts';

/**
 * `erase`: takes a person out of everything that is stored, one JSON line for each key that was theirs. 1 where nobody of that kind
 * is known, or where something is still open for them: then nothing of that person was changed.
 */
export async function runErase(
  storage: Storage,
  { options, out, tell }: Pick<Given, 'options' | 'out' | 'tell'>,
): Promise<number> {
  const people = await peopleOf(storage, options);
  if (people.length === 0) tell('Nobody of that kind is known.');
  let code = people.length === 0 ? 1 : 0;
  for (const person of people) {
    const as = `erased:${randomUUID()}`;
    const done = await storage.transact(async (unit) => {
      const owed = await unit.erasure.owed(person);
      if (Object.values(owed).some((list) => list.length > 0)) return { owed };
      const removed = await unit.erasure.erase(person, as);
      const { elsewhere: _theirs, ...detail } = removed;
      await unit.audit.add({ at: Date.now(), actor: 'operator', action: 'person.erased', subject: as, detail });
      return { removed };
    });
    if ('owed' in done) {
      code = 1;
      tell('Something is still open: end the requests and talks below, let the jobs come to an end, and try again.');
    }
    out(JSON.stringify({ person, ...done, ...('removed' in done && { as }) }));
  }
  return code;
}

async function peopleOf(storage: Storage, { person, mail }: Given['options']): Promise<string[]> {
  if ((person === undefined) === (mail === undefined)) throw new BadUse('Either --person or --mail says who.');
  if (mail !== undefined) return storage.transact((unit) => unit.erasure.peopleWith(mail));
  const key = person ?? '';
  return (await storage.transact((unit) => unit.erasure.knows(key))) ? [key] : [];
}
