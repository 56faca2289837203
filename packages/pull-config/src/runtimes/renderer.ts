import type { NodeFile } from '../model.ts';
import type { Resolver } from '../pull/resolver.ts';
import type { ReportEntry, Runtime, RuntimeOptions } from './model.ts';
import type { MirrorRefusal } from './refused-mirrors.ts';

/** What every renderer gets. */
export interface RenderInput {
  readonly runtime: Runtime;
  readonly resolver: Resolver;
  readonly options: RuntimeOptions;
  readonly refusal: MirrorRefusal;
}

/** Makes the files of one runtime; what it cannot keep is a line of the report. */
export type RuntimeRenderer = (input: RenderInput) => {
  readonly files: readonly NodeFile[];
  readonly report: readonly ReportEntry[];
};
