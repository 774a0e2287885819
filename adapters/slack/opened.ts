// Where a modal was opened: kept with it, since a submission tells nothing but the modal.
import { z } from 'zod';
import { limits } from './limits.js';

const schema = z.object({
  channel: z.string().optional(),
  thread: z.string().optional(),
  message: z.string().optional(),
  /** The message is seen by its reader alone and can be changed by nobody else's hand. */
  isEphemeral: z.boolean().optional(),
});

/** All is absent for what was opened from App Home. */
export type Opened = z.infer<typeof schema>;

/** @throws RangeError when Slack would not keep it */
export function metadataOf(opened: Opened): string {
  const text = JSON.stringify(opened);
  if (text.length > limits.privateMetadata) throw new RangeError(`private metadata has ${text.length} characters`);
  return text;
}

/** A modal that is not of our making, or not of this version, was opened nowhere. */
export function openedIn(metadata: string): Opened {
  try {
    return schema.parse(JSON.parse(metadata));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return {};
    throw error;
  }
}
