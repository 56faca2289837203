import type { Schema } from '../../schema/schema.ts';
import { object, oneOf, text } from '../fields.ts';
import { memberOfUnion } from '../unions.ts';
import { hostPort, repositoryPath, tag } from './grammar.ts';

function repository(description: string): Schema {
  return text(description, {
    maxLength: 512,
    validations: [
      {
        rule: `self.matches(r'.*:(${tag})$') ? self.matches(r'^(localhost:[0-9]+)$') : true`,
        message: 'must not have a tag or digest',
      },
      {
        rule: `self.matches(r'^${hostPort}${repositoryPath}$')`,
        message: 'must be host.domain[:port][/path] or localhost[:port][/path]',
      },
    ],
  });
}

/** `spec.policy.signedIdentity`. */
export const signedIdentity: Schema = object(
  {
    matchPolicy: oneOf(
      ['MatchRepoDigestOrExact', 'MatchRepository', 'ExactRepository', 'RemapIdentity'],
      'How the name within the signature is compared with the name of the image.',
    ),
    exactRepository: object({ repository: repository('The only name accepted.') }, 'For `ExactRepository`.', {
      required: ['repository'],
    }),
    remapIdentity: object(
      {
        prefix: repository('Prefix of the image name that is replaced.'),
        signedPrefix: repository('What replaces it before the comparison.'),
      },
      'For `RemapIdentity`: images were signed under another name.',
      { required: ['prefix', 'signedPrefix'] },
    ),
  },
  'Which name a signature must carry; `MatchRepoDigestOrExact` where absent.',
  {
    required: ['matchPolicy'],
    validations: [
      memberOfUnion('matchPolicy', 'ExactRepository', 'exactRepository'),
      memberOfUnion('matchPolicy', 'RemapIdentity', 'remapIdentity'),
    ],
  },
);
