import type { MiddlewareHandler } from 'hono';

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' http://127.0.0.1:* http://localhost:*",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Is this the name of the machine the page runs on? Any other name may be a stranger's, pointed at us. */
function isLoopback(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false;
  return loopback.has(new URL(`http://${host}`).hostname);
}

/** A form on another site could post here too, as whoever it likes; only this page's own forms may. */
const isSameOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin !== undefined && host !== undefined && origin === `http://${host}`;

/** Lets in only this machine's own browser and this page's own forms, and runs nothing that is not a file of it. */
export const guarded: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host');
  if (!isLoopback(host)) return context.text('This page answers on this machine only.', 403);
  if (context.req.method !== 'GET' && !isSameOrigin(context.req.header('origin'), host))
    return context.text('This page takes only its own forms.', 403);
  await next();
  context.header('Content-Security-Policy', policy);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
  return undefined;
};
