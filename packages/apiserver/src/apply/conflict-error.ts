import { compareBytes } from '../patch/compare-bytes.ts';
import { ApiError, type StatusCause } from '../status/status.ts';
import { pathsOf } from './fields/field-set.ts';
import { describePath } from './fields/path-element.ts';
import type { Owner } from './owners/owner.ts';
import type { Conflict } from './owners/take-fields.ts';

/** 409 with one `FieldManagerConflict` per field (apimachinery `managedfields` conflict). */
export function conflictError(conflicts: readonly Conflict[]): ApiError {
  const found = conflicts.map(({ key, owner, fields }) => ({
    key,
    manager: describeOwner(owner),
    paths: pathsOf(fields).map(describePath),
  }));
  const causes = found.flatMap(({ manager, paths }) => paths.map((path) => causeOf(manager, path)));
  return new ApiError(409, 'Conflict', messageOf(found), { causes });
}

interface Found {
  readonly key: string;
  readonly manager: string;
  readonly paths: readonly string[];
}

function causeOf(manager: string, field: string): StatusCause {
  return { reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field };
}

function messageOf(found: readonly Found[]): string {
  const count = found.reduce((sum, { paths }) => sum + paths.length, 0);
  const [first] = found;
  if (first && count === 1) return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.paths[0]}`;
  const groups = [...found].sort((a, b) => compareBytes(a.key, b.key));
  const lines = groups.flatMap(({ manager, paths }) => [
    `conflicts with ${manager}:`,
    ...paths.map((path) => `- ${path}`),
  ]);
  return `Apply failed with ${count} conflicts: ${lines.join('\n')}`;
}

function describeOwner({ manager, subresource, operation, apiVersion }: Owner): string {
  const name = JSON.stringify(manager) + (subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
