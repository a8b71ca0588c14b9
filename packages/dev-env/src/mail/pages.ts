import type { CaughtMail } from './mailbox.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const asText = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? found);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${asText(title)}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4em .8em .4em 0; border-bottom: 1px solid #ddd }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6; padding: 1em } iframe { width: 100%; height: 22em; border: 1px solid #ddd }
</style></head><body>${body}</body></html>`;

/** Text with its web addresses as links. */
const withLinks = (text: string): string =>
  asText(text).replace(/https?:\/\/[^\s<&]+/g, (url) => `<a href="${url}">${url}</a>`);

/** Every mail that was caught, newest first. */
export function listPage(mails: CaughtMail[]): string {
  const rows = mails.map(
    ({ id, receivedAt, to, subject }) =>
      `<tr><td>${asText(receivedAt.slice(0, 19).replace('T', ' '))}</td><td>${asText(to.join(', '))}</td>` +
      `<td><a href="/mails/${id}">${asText(subject)}</a></td></tr>`,
  );
  const table = `<table><tr><th>Received (UTC)</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table>`;
  const hint =
    '<p>What Muster mails ends up here and nowhere else. As JSON: <a href="/api/mails">/api/mails</a>.</p>' +
    '<p>Links lead to pages of a front end, which Muster does not bring: post what stands behind <code>#token=</code> to the ' +
    '<code>/api/auth</code> route of the same name.</p>';
  return page('Mails of Muster', `<h1>Mails</h1>${hint}${rows.length > 0 ? table : '<p>None so far.</p>'}`);
}

/** One mail: its text, and its HTML in a frame that may do nothing. */
export function mailPage({ subject, from, to, receivedAt, text, html }: CaughtMail): string {
  const head = `<p><a href="/">All mails</a></p><h1>${asText(subject)}</h1>
<p>From ${asText(from)} to ${asText(to.join(', '))}, ${asText(receivedAt)}</p>`;
  const frame = html ? `<h2>HTML</h2><iframe sandbox srcdoc="${asText(html)}"></iframe>` : '';
  return page(subject, `${head}<pre>${withLinks(text)}</pre>${frame}`);
}
