import type { CelRule, Schema } from '../../schema/schema.ts';
import { object, oneOf, text } from '../fields.ts';
import { memberOfUnion } from '../unions.ts';

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

/** `spec.policy.rootOfTrust`. */
export const rootOfTrust: Schema = object(
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
