// Whether a request that failed ever left this machine: what never left, nobody can have carried out.

/** What the system and undici say before a connection stands, or the other side has shown who it is. */
const beforehand = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Errors wrap each other; deeper than this nobody does. */
const deepest = 5;

/** True only when it is certain: for anything that is not known here the request may have left. */
export function wasNeverSent(error: unknown): boolean {
  let inner = error;
  for (let depth = 0; depth < deepest && inner instanceof Error; depth += 1) {
    if ('code' in inner && typeof inner.code === 'string' && beforehand.has(inner.code)) return true;
    inner = inner.cause;
  }
  return false;
}
