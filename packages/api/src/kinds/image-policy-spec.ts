import type { CelRule, Schema } from '../schema/schema.ts';
import { conditions } from './conditions.ts';
import { listOf, object, oneOf, text } from './fields.ts';
import { memberOfUnion } from './unions.ts';

const domain =
  '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))+';
const hostPort = `(?:${domain}(?::[0-9]+)?|localhost(?::[0-9]+)?)`;
const repositoryPath = '(?:/[a-z0-9]+(?:(?:[._]|__|[-]*)[a-z0-9]+)*)*';
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[[:xdigit:]]{32,}';

/** PEM text in base64, framed by the markers of one block type. */
function pem(
  block: string,
  description: string,
  minLength: number | undefined,
  further: readonly CelRule[] = [],
): Schema {
  const framing: CelRule[] = [
    {
      rule: `string(self).startsWith('-----BEGIN ${block}-----')`,
      message: `must start with -----BEGIN ${block}----- before encoding`,
    },
    {
      rule: `string(self).endsWith('-----END ${block}-----') || string(self).endsWith('-----END ${block}-----\\n')`,
      message: `must end with -----END ${block}----- before encoding`,
    },
  ];
  const bound = minLength === undefined ? {} : { minLength };
  return text(description, { format: 'byte', maxLength: 8192, ...bound, validations: [...framing, ...further] });
}

const balanced: CelRule = {
  rule: "string(self).findAll('-----BEGIN CERTIFICATE-----').size() == string(self).findAll('-----END CERTIFICATE-----').size()",
  message: 'must have as many END CERTIFICATE as BEGIN CERTIFICATE markers',
};

const email: CelRule = { rule: "self.matches(r'^\\S+@\\S+$')", message: 'must be an e-mail address' };

const publicKey = object(
  {
    keyData: pem('PUBLIC KEY', 'The key that signed, PEM in base64.', 68),
    rekorKeyData: pem(
      'PUBLIC KEY',
      'Key of the transparency log, PEM in base64; with it a log entry is required.',
      undefined,
    ),
  },
  'Signatures by one public key.',
  { required: ['keyData'] },
);

const fulcio = object(
  {
    fulcioCAData: pem('CERTIFICATE', 'Certificates of the Fulcio authority, PEM in base64.', undefined),
    rekorKeyData: pem('PUBLIC KEY', 'Key of the transparency log, PEM in base64.', undefined),
    fulcioSubject: object(
      {
        oidcIssuer: text('URL of the identity provider that vouched for the signer.', {
          maxLength: 2048,
          validations: [{ rule: 'isURL(self)', message: 'must be a URL' }],
        }),
        signedEmail: text('E-mail address that the signer proved.', { maxLength: 320, validations: [email] }),
      },
      'Who signed.',
      { required: ['oidcIssuer', 'signedEmail'] },
    ),
  },
  'Keyless signatures: short-lived certificates of Fulcio, recorded in Rekor.',
  { required: ['fulcioCAData', 'fulcioSubject', 'rekorKeyData'] },
);

const pki = object(
  {
    caRootsData: pem('CERTIFICATE', 'Root certificates, PEM in base64.', 72, [balanced]),
    caIntermediatesData: pem('CERTIFICATE', 'Intermediate certificates, PEM in base64.', 72, [balanced]),
    pkiCertificateSubject: object(
      {
        email: text('E-mail address in the certificate.', { maxLength: 320, validations: [email] }),
        hostname: text('Host name in the certificate; `*.` in front stands for one label.', {
          maxLength: 253,
          validations: [
            {
              rule: "!format.dns1123Subdomain().validate(self.startsWith('*.') ? self.replace('*.', '', 1) : self).hasValue()",
              message: 'must be a lower-case DNS name, with *. in front at most',
            },
          ],
        }),
      },
      'Who signed.',
      {
        validations: [
          { rule: 'has(self.email) || has(self.hostname)', message: 'one of email and hostname must be set' },
        ],
      },
    ),
  },
  'Signatures whose certificate leads to an own root.',
  { required: ['caRootsData', 'pkiCertificateSubject'] },
);

const rootOfTrust = object(
  {
    policyType: oneOf(['PublicKey', 'FulcioCAWithRekor', 'PKI'], 'Which of the other fields is used.'),
    publicKey,
    fulcioCAWithRekor: fulcio,
    pki,
  },
  'What a signature is checked against.',
  {
    required: ['policyType'],
    validations: [
      memberOfUnion('policyType', 'PKI', 'pki'),
      memberOfUnion('policyType', 'PublicKey', 'publicKey'),
      memberOfUnion('policyType', 'FulcioCAWithRekor', 'fulcioCAWithRekor'),
    ],
  },
);

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

const signedIdentity = object(
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
