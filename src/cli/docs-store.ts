import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/**
 * Which files an import made, by import: so that the next one takes away what is no longer made, and nobody's own file is ever
 * written over.
 */
const manifestSchema = z.object({
  version: z.literal(1),
  imports: z.record(
    z.string(),
    z.object({ dir: z.string(), offering: z.string(), files: z.record(z.string(), z.string()) }),
  ),
});
type Manifest = z.infer<typeof manifestSchema>;

export interface Import {
  /** Real path of the folder that was imported, and the offering that it was imported for. */
  readonly dir: string;
  readonly offering: string;
}

export interface Stored {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/** The folder of imported articles, for one import. */
export interface DocsStore {
  /** Why this file can't be written: somebody else's; undefined where it can. */
  readonly taken: (file: string) => string | undefined;
  /** Makes the import's files those of `files` (path below the folder → text and the document that it came from). */
  readonly save: (files: ReadonlyMap<string, { text: string; document: string }>) => Stored;
}

const MANIFEST = 'imports.json';

export function openStore(out: string, own: Import): DocsStore {
  const manifest = readManifest(join(out, MANIFEST));
  const key = `${own.offering} ${own.dir}`;
  takeOver(manifest, key, own);
  const before = manifest.imports[key]?.files ?? {};
  const others = new Map(
    Object.entries(manifest.imports)
      .filter(([name]) => name !== key)
      .flatMap(([, { dir, files }]) => Object.keys(files).map((file) => [file, dir] as const)),
  );
  const keep = (files: Record<string, string>): void => {
    manifest.imports[key] = { ...own, files };
    write(join(out, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  };
  return {
    taken: (file) => {
      const other = others.get(file);
      if (other !== undefined) return `its article belongs to the import of ${other}`;
      return before[file] === undefined && existsSync(join(out, file))
        ? `${file} was written by somebody else`
        : undefined;
    },
    save: (files) => {
      const after = Object.fromEntries([...files].map(([file, { document }]) => [file, document]));
      // Named before they are written: after a crash the next import knows all that is ours.
      keep({ ...before, ...after });
      let written = 0;
      for (const [file, { text }] of files) if (writeChanged(join(out, file), text)) written += 1;
      const gone = Object.keys(before).filter((file) => after[file] === undefined);
      for (const file of gone) rmSync(join(out, file), { force: true });
      keep(after);
      return { written, unchanged: files.size - written, removed: gone.length };
    },
  };
}

/** The same documents, moved to another place: what they made before is still theirs. */
function takeOver({ imports }: Manifest, key: string, own: Import): void {
  if (imports[key] !== undefined) return;
  const moved = Object.entries(imports).find(
    ([, one]) => one.offering === own.offering && basename(one.dir) === basename(own.dir) && !existsSync(one.dir),
  );
  if (moved === undefined) return;
  imports[key] = moved[1];
  delete imports[moved[0]];
}

function readManifest(path: string): Manifest {
  if (!existsSync(path)) return { version: 1, imports: {} };
  const read = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path} is damaged: without it nobody knows whose the articles are`);
  return read.data;
}

function writeChanged(path: string, text: string): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  write(path, text);
  return true;
}

/** Whole or not at all. */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
