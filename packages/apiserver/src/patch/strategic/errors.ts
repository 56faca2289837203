import type { ApiError } from '../../status/status.ts';
import { badRequest } from '../../status/status.ts';
import { goText, goType } from '../go-text.ts';

// The texts are those of apimachinery mergepatch and strategicpatch. Several come with 500 there.

export function noMergeKey(item: unknown, key: string): ApiError {
  return badRequest(`map: ${goText(item)} does not contain declared merge key: ${key}`);
}

export function badType(expected: 'list' | 'map', value: unknown): ApiError {
  return badRequest(`expected a ${goType(expected === 'list' ? [] : {})}, but received a ${goType(value)}`);
}

export function badPatchType(directive: unknown, patch: unknown): ApiError {
  return badRequest(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

export function badFormat(of: 'primitive list' | 'retainKeys' | 'setElementOrder list'): ApiError {
  return badRequest(`invalid patch format of ${of}`);
}
