// The one list of features.
import type { Feature } from '../core/feature.js';
import { acronym } from './acronym/feature.js';
import { glossary } from './acronym/own/feature.js';
import { comments } from './comments/feature.js';
import { pulse } from './pulse/feature.js';
import { rapporteur } from './rapporteur/feature.js';
import { wg } from './wg/feature.js';

export const features: readonly Feature[] = [acronym, glossary, comments, pulse, wg, rapporteur];
