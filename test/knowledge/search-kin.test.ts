import { describe, expect, it } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import { kinOf } from '#knowledge/search-kin.ts';

const topics = [...new Set(readBook().articles.map(({ topic }) => topic))].toSorted();
const CLOUDS = 4;

describe('kin', () => {
  const { columns, size } = kinOf(topics, topics.length + CLOUDS);

  it('are topics of different offerings, and all that has no answer', () => {
    const families = Map.groupBy(topics, (_, at) => columns[at] ?? -1);
    families.delete(-1);
    expect(families.size).toBeGreaterThanOrEqual(12);
    for (const family of families.values()) {
      const clouds = family.map((topic) => topic.split('.')[0]);
      expect(family.length).toBeGreaterThan(1);
      expect(new Set(clouds).size).toBe(clouds.length);
    }
    expect(new Set(columns.subarray(topics.length)).size).toBe(1);
  });

  it('share columns behind those of the classes', () => {
    for (const column of columns) expect(column === -1 || (column >= columns.length && column < size)).toBe(true);
  });

  it('are nobody where the topics are others', () => {
    expect([...kinOf(['a.one', 'a.two'], 2).columns]).toEqual([-1, -1]);
  });
});
