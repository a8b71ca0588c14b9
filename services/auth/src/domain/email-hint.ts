/** Enough of a sign-in name for an administrator to recognise an attack, too little to collect: `a***@example.org`. */
export function emailHint(name: string): string {
  const at = name.lastIndexOf('@');
  const first = [...name][0] ?? '';
  return at < 0 ? `${first}***` : `${first}***${name.slice(at)}`;
}
