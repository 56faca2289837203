import { expect, test } from 'vitest';
import { type AccessCheck, bindPolicyInput, CelSyntaxError, compilePolicyExpression } from '../../src/index.ts';

const asked: AccessCheck[] = [];

function evaluate(expression: string, object: unknown = {}, variables: Record<string, string> = {}): unknown {
  const input = {
    object,
    oldObject: undefined,
    request: { userInfo: { username: 'alice', extra: { 'example.com/node': ['n1'] } } },
    namespaceObject: undefined,
    params: undefined,
    variables: Object.entries(variables).map(([name, text]) => ({ name, expression: compilePolicyExpression(text) })),
    authorizer: (check: AccessCheck) => {
      asked.push(check);
      return { allowed: check.verb === 'get', reason: 'because', error: '' };
    },
    requestResource: { resource: 'pods', namespace: 'default' },
  };
  return compilePolicyExpression(expression).evaluate(bindPolicyInput(input));
}

test('absent objects are null', () => {
  expect(evaluate('oldObject == null && params == null && namespaceObject == null')).toBe(true);
});

test('keys of maps are those of the object, whatever they are made of', () => {
  const object = { metadata: { annotations: { 'a.b/c-d': 'x', namespace: 'y' } } };
  expect(evaluate("object.metadata.annotations['a.b/c-d'] + object.metadata.annotations['namespace']", object)).toBe(
    'xy',
  );
  expect(evaluate("request.userInfo.extra['example.com/node'][0]")).toBe('n1');
});

test('a variable that nothing reads may be wrong', () => {
  const variables = { broken: 'object.none', fine: '1 + 1' };
  expect(evaluate('variables.fine == 2', {}, variables)).toBe(true);
  expect(() => evaluate('variables.broken == 2', {}, variables)).toThrow('no such key: none');
});

test('the authorizer is asked what the expression builds up', () => {
  asked.length = 0;
  const expression = "authorizer.group('apps').resource('deployments').subresource('scale').namespace('n').name('d')";
  expect(evaluate(`${expression}.check('get').allowed()`)).toBe(true);
  expect(evaluate("authorizer.requestResource.check('delete').allowed()")).toBe(false);
  expect(evaluate("authorizer.serviceAccount('n', 's').path('/metrics').check('get').reason()")).toBe('because');
  expect(asked).toMatchObject([
    { verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'n', name: 'd' },
    { verb: 'delete', resource: 'pods', namespace: 'default' },
    { verb: 'get', path: '/metrics', serviceAccount: { namespace: 'n', name: 's' } },
  ]);
});

test('text that only looks like the authorizer is text', () => {
  expect(evaluate("'authorizer.requestResource'")).toBe('authorizer.requestResource');
  expect(evaluate('object.authorizer.requestResource', { authorizer: { requestResource: 1 } })).toBe(1n);
});

test('an expression knows the type of its result where it is certain', () => {
  const types = ['1 == 1', '1', "'a'", 'null', 'object.a'].map((text) => compilePolicyExpression(text).resultType);
  expect(types).toEqual(['bool', 'int', 'string', 'null_type', 'dyn']);
});

test.each(['object.', 'self.a', 'nothing', '1 + true'])('%s is no expression of a policy', (text) => {
  expect(() => compilePolicyExpression(text)).toThrow(CelSyntaxError);
});
