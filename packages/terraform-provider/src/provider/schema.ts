import type { Attribute, Schema } from '../framework/schema.ts';

function setting(description: string, sensitive = false): Attribute {
  return { description, mode: 'optional', type: 'string', sensitive };
}

/** The provider block. Every text setting has an environment variable, which counts where the attribute is not set. */
export const providerSchema: Schema = {
  version: 0,
  description: 'Image mirrors of hosted clusters through the OCM API.',
  attributes: {
    url: setting('URL of the API gateway. Environment: RHCS_URL. Default: https://api.openshift.com.'),
    token_url: setting(
      "URL for requesting OpenID access tokens. Environment: RHCS_TOKEN_URL. Default: that of Red Hat's single sign-on.",
    ),
    token: setting('Access or refresh token. Environment: RHCS_TOKEN.', true),
    refresh_token: setting('Refresh token, used beside an access token. Environment: RHCS_REFRESH_TOKEN.', true),
    client_id: setting('Identifier of a service account. Environment: RHCS_CLIENT_ID. Default: cloud-services.'),
    client_secret: setting('Secret of a service account. Environment: RHCS_CLIENT_SECRET.', true),
    trusted_cas: setting(
      "PEM certificates of the authorities that are trusted instead of the system's (the text, not a path). Environment: RHCS_TRUSTED_CAS.",
    ),
    insecure: {
      description: 'Do not verify the certificate of the server. For tests only.',
      mode: 'optional',
      type: 'bool',
    },
  },
};
