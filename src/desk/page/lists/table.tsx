import type { ReactNode } from 'react';

export interface Column<T> {
  readonly name: string;
  readonly show: (row: T) => ReactNode;
}

interface Props<T> {
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly open: string | null;
  readonly onOpen: (key: string) => void;
}

/** A table whose first cell is the button that opens its row: keyboard and screen reader need one. */
export function Table<T>({ name, columns, rows, keyOf, open, onOpen }: Props<T>) {
  return (
    <div className="frame" tabIndex={0} role="region" aria-label={name}>
      <table aria-label={name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-open={keyOf(row) === open} onClick={() => onOpen(keyOf(row))}>
              {columns.map((column, index) => (
                <td key={column.name} data-label={column.name}>
                  {index === 0 ? (
                    <button type="button" className="link" aria-expanded={keyOf(row) === open}>
                      {column.show(row)}
                    </button>
                  ) : (
                    column.show(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
