import { authorizer } from '../../library/authorizer.ts';
import { formatLibrary } from '../../library/formats.ts';
import { network } from '../../library/network.ts';
import { quantities } from '../../library/quantity.ts';
import { regularExpressions } from '../../library/regex.ts';
import { semanticVersions } from '../../library/semver.ts';
import { urls } from '../../library/url.ts';
import { arithmetic } from './arithmetic.ts';
import { comparison } from './comparison.ts';
import { conversion } from './conversion.ts';
import type { Implementation } from './implementation.ts';
import { lists } from './lists.ts';
import { optionals } from './optionals.ts';
import { text } from './text.ts';
import { time } from './time.ts';

/** What carries out a declared overload, by its id. */
export const functions: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    ...arithmetic,
    ...comparison,
    ...conversion,
    ...lists,
    ...optionals,
    ...text,
    ...time,
    ...authorizer,
    ...formatLibrary,
    ...network,
    ...quantities,
    ...regularExpressions,
    ...semanticVersions,
    ...urls,
  }),
);
