interface Row {
  path: string;
  value: string;
  says: string;
}

const line = /^( *)([A-Za-z_][\w-]*):(?: +(.*))?$/;
const inCell = (text: string): string => text.replaceAll('|', '\\|');

/** The rows of a values file: one for each value, and one for a group that has a comment. */
function readRows(yaml: string): Row[] {
  const rows: Row[] = [];
  const stack: { indent: number; key: string }[] = [];
  let comment: string[] = [];
  for (const text of yaml.split('\n')) {
    const trimmed = text.trim();
    if (trimmed === '') comment = [];
    else if (trimmed.startsWith('#')) comment.push(trimmed.slice(1).trim());
    else {
      const [, indent = '', key = '', value = ''] = line.exec(text) ?? [];
      if (key === '') throw new Error(`values.yaml: not one key and its value in a line: ${text}`);
      while ((stack.at(-1)?.indent ?? -1) >= indent.length) stack.pop();
      stack.push({ indent: indent.length, key });
      const path = stack.map((one) => one.key).join('.');
      if (value !== '' || comment.length > 0) rows.push({ path, value, says: comment.join(' ') });
      comment = [];
    }
  }
  return rows;
}

/** A Markdown table of a values.yaml of ours: key, default, and the comment above it. */
export function valuesTable(yaml: string): string {
  const rows = readRows(yaml).map(
    ({ path, value, says }) => `| \`${path}\` | ${value === '' ? '' : `\`${inCell(value)}\``} | ${inCell(says)} |`,
  );
  return ['| value | default | says |', '|---|---|---|', ...rows].join('\n');
}

/** `page` with the table between `<!-- values NAME -->` and `<!-- end -->` as `tables` has it. */
export function putTables(page: string, tables: Readonly<Record<string, string>>): string {
  return page.replace(
    /(<!-- values (\S+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const table = tables[name];
      if (table === undefined) throw new Error(`no values file for ${name}`);
      return `${begin}\n${table}\n${end}`;
    },
  );
}
