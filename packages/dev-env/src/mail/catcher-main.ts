// The mail server of a laptop: takes every mail, delivers none, shows all. Run by the part `mail`.
import { createServer, type ServerResponse } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { createMailbox } from './mailbox.ts';
import { listPage, mailPage } from './pages.ts';

const host = '127.0.0.1';
const largestMail = 1024 * 1024;
const mailbox = createMailbox();

const smtp = new SMTPServer({
  // Only this machine talks to it: no certificate to be checked, nobody to sign in.
  disabledCommands: ['STARTTLS', 'AUTH'],
  size: largestMail,
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      mailbox.put(Buffer.concat(chunks), to).then(() => done(), done);
    });
  },
});

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  // Nothing a mail holds may run or load here.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy }).end(body);
};

const http = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mail');
  const to = searchParams.get('to')?.toLowerCase();
  const mail = mailbox.find(pathname.slice('/mails/'.length));
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      return send(response, 200, 'text/html', listPage(mailbox.list()));
    case 'GET /healthz':
      return send(response, 200, 'text/plain', 'ok');
    case 'GET /api/mails':
      return send(response, 200, 'application/json', JSON.stringify(mailbox.list(to)));
    case 'DELETE /api/mails':
      mailbox.clear();
      return response.writeHead(204).end();
    default:
      if (request.method === 'GET' && mail) return send(response, 200, 'text/html', mailPage(mail));
      return send(response, 404, 'text/plain', 'There is nothing here.');
  }
});

smtp.on('error', (error) => console.error('smtp:', error.message));
smtp.listen(Number(process.env.SMTP_PORT), host);
http.listen(Number(process.env.PORT), host);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
