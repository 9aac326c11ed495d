import { type Call, target } from './call.ts';

/**
 * The call as a line that runs in any POSIX shell. The token is never part of it: it is taken from $MUSTER_TOKEN.
 * Passwords and other values under secret names are replaced, because copied lines end up in chats.
 */
export function asCurl(call: Call, origin: string): string {
  const lines = [`curl ${call.method === 'GET' ? '' : `-X ${call.method} `}${quote(origin + target(call))}`];
  lines.push('-H "Authorization: Bearer $MUSTER_TOKEN"');
  if (call.ifMatch) lines.push(`-H ${quote(`If-Match: ${call.ifMatch}`)}`);
  if (call.reason) lines.push(`-H ${quote(`Muster-Reason: ${call.reason}`)}`);
  if (call.file !== undefined) {
    lines.push(`-H 'Content-Type: ${call.type ?? 'application/octet-stream'}'`, `--data-binary @${quote(call.file)}`);
  } else if (call.lines) {
    lines.push(`-H 'Content-Type: application/x-ndjson'`, `--data-binary ${quote(call.lines.map((each) => JSON.stringify(each)).join('\n'))}`);
  } else if (call.json !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`, `-d ${quote(call.shown ?? call.json)}`);
  } else if (call.body !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(masked(call.body), null, 2))}`);
  }
  return lines.join(' \\\n  ');
}

/** Single quotes protect everything but themselves. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const SECRET = /^(password|current|token|link)$/;

function masked(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(masked);
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) =>
    [key, SECRET.test(key) && typeof value === 'string' ? '…' : masked(value)]));
}
