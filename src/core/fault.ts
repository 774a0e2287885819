// What may be written of an error into a log: where it happened, never what it says.

/** Field names as pino prints them. */
export interface FaultFacts {
  readonly name: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly at: readonly string[];
}

/**
 * Messages and fields of errors are left out: SDKs put request bodies and tokens into them, validators what was typed
 * (discord.js `DiscordAPIError.requestBody`, web-api debug lines, zod issues).
 */
export function faultFacts(error: unknown): FaultFacts {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code, status } = error as { code?: unknown; status?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    at: frames.slice(0, 8).map((line) => line.trim().slice(3)),
  };
}
