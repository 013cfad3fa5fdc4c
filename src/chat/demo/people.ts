/** A row of `GET /chat/people`: a sample person of local mode. */
export interface SamplePerson {
  readonly id: string;
  readonly offering: string;
  readonly person: string;
  readonly language: string;
}

/** The sample people; none when the server has none (production) or can't be reached. */
export async function readPeople(): Promise<readonly SamplePerson[]> {
  try {
    const response = await fetch('/chat/people');
    const rows: unknown = response.ok ? await response.json() : [];
    return Array.isArray(rows) ? rows.filter(isPerson) : [];
  } catch {
    return [];
  }
}

function isPerson(row: unknown): row is SamplePerson {
  if (typeof row !== 'object' || row === null) return false;
  const fields: Record<string, unknown> = { ...row };
  return ['id', 'offering', 'person', 'language'].every((name) => typeof fields[name] === 'string');
}
