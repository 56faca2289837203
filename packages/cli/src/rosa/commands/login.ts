import { resolve } from 'node:path';
import { claimsOf, defaultTokenUrl, defaultUrl } from '@pullpath/ocm-api/client';
import type { FlagValues, RosaCommand } from '../command-line.ts';
import { configPath, type OcmConfig, readConfig, removeConfig, writeConfig } from '../config-file.ts';
import { connectWith, freshToken } from '../connection.ts';
import { RosaFailure } from '../failure.ts';
import type { Session } from '../session.ts';

export function loginCommand(session: Session): RosaCommand {
  return {
    name: 'login',
    description: 'Log in to an OCM API',
    flags: [
      { name: 'env', description: 'URL of the API, or production', default: 'production' },
      { name: 'token', short: 't', description: 'Access or refresh token (environment: ROSA_TOKEN, OCM_TOKEN)' },
      { name: 'token-url', description: 'URL of the token endpoint' },
      { name: 'client-id', description: 'Identifier of a service account' },
      { name: 'client-secret', description: 'Secret of a service account' },
      { name: 'insecure', kind: 'switch', description: 'Do not verify the certificate of the server' },
      { name: 'ca', description: 'PEM file of the authority of the server (our addition)' },
    ],
    run: async (values) => {
      const config = configOf(values, session);
      const client = connectWith(config, session.env);
      const access = await freshToken(client);
      const claims = claimsOf(access) ?? {};
      const username = claims['preferred_username'] ?? claims['username'];
      if (typeof username !== 'string')
        throw new RosaFailure('Failed to get username: the access token has no preferred_username');
      const tokens = client.tokens();
      client.close();
      writeConfig(configPath(session.env), {
        ...config,
        access_token: access,
        ...(tokens.refresh && { refresh_token: tokens.refresh }),
      });
      session.reporter.info(`Logged in as '${username}' on '${config.url}'`);
      return 0;
    },
  };
}

export function logoutCommand(session: Session): RosaCommand {
  return {
    name: 'logout',
    description: 'Log out: forget the tokens',
    flags: [],
    run: () => {
      removeConfig(configPath(session.env));
      return Promise.resolve(0);
    },
  };
}

function configOf(values: FlagValues, { env }: Session): OcmConfig {
  const old = readConfig(configPath(env)) ?? {};
  const token = values.text('token') || env['ROSA_TOKEN'] || env['OCM_TOKEN'] || '';
  const [id, secret, ca] = [values.text('client-id'), values.text('client-secret'), values.text('ca')];
  if (token === '' && (id === '' || secret === ''))
    throw new RosaFailure('Failed to login to OCM: give --token, or --client-id and --client-secret');
  const kind = token !== '' && claimsOf(token)?.['typ'] === 'Bearer' ? 'access_token' : 'refresh_token';
  return {
    url: urlOf(values.text('env'), old),
    token_url: values.text('token-url') || defaultTokenUrl,
    client_id: id || 'cloud-services',
    scopes: ['openid'],
    insecure: values.isOn('insecure'),
    ...(secret === '' ? {} : { client_secret: secret }),
    ...(token === '' ? {} : { [kind]: token }),
    ...(ca === '' ? {} : { trusted_ca: resolve(ca) }),
  };
}

function urlOf(environment: string, { url }: OcmConfig): string {
  if (environment === 'production' || environment === '')
    return url?.startsWith('http') && environment === '' ? url : defaultUrl;
  if (/^https?:\/\//.test(environment)) return environment;
  throw new RosaFailure(`'${environment}' is no environment that is known here: give the URL of the API`);
}
