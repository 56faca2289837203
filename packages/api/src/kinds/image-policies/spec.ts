import type { Schema } from '../../schema/schema.ts';
import { conditions } from '../conditions.ts';
import { listOf, object, text } from '../fields.ts';
import { digest, hostPort, repositoryPath, tag } from './grammar.ts';
import { rootOfTrust } from './root-of-trust.ts';
import { signedIdentity } from './signed-identity.ts';

const scope = text('`host[:port][/path][:tag][@digest]` or `*.domain`; the most specific scope decides for an image.', {
  maxLength: 512,
  validations: [
    {
      rule: "size(self.split('/')[0].split('.')) == 1 ? self.split('/')[0].split('.')[0].split(':')[0] == 'localhost' : true",
      message: 'must start with a host that has a domain, or with localhost',
    },
    {
      rule: `self.contains('*') ? self.matches(r'^\\*(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))+$') : true`,
      message: 'a wildcard may only stand for the first label of the host, without a path',
    },
    {
      rule: `self.contains('*') || self.matches(r'^${hostPort}${repositoryPath}(?::${tag})?(?:@${digest})?$')`,
      message: 'must be host[:port][/path][:tag][@digest]',
    },
  ],
});

/** `spec` of ClusterImagePolicy and ImagePolicy. */
export const imagePolicySpec: Schema = object(
  {
    scopes: listOf(scope, 'The images that the policy is for.', { listType: 'set', maxItems: 256 }),
    policy: object({ rootOfTrust, signedIdentity }, 'What an image must carry to be pulled.', {
      required: ['rootOfTrust'],
    }),
  },
  'Which images must be signed, and how.',
  { required: ['policy', 'scopes'] },
);

/** `status` of both. */
export const imagePolicyStatus: Schema = object(
  { conditions: conditions('Whether the policy is in effect.', { minItems: 1, maxItems: 8 }) },
  'What is known of the policy.',
);
