// Rows -> a CSV file that spreadsheets open as it is meant: RFC 4180, UTF-8 with a mark, and no cell that is a formula.

/** What a spreadsheet would take for a formula, also behind blanks (OWASP, "CSV Injection"). */
const formula = /^[\s\u00A0\u3000]*[=+\-@\t\r＝＋－＠]/u;

function cell(value: string): string {
  const inert = formula.test(value) ? `'${value}` : value;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** @returns the file's bytes */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return new TextEncoder().encode(`\uFEFF${text}\r\n`);
}
