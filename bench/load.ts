import { validateObject } from '@pullpath/api';
import { parseDocument } from 'yaml';
import { type Bench, timedInTurn } from './bench.ts';
import { mirrorSetText, objectsOf } from './manifests.ts';

/** YAML to objects that know their lines; the peer is the YAML library on the same text, which knows no limits. */
export const load: Bench = {
  name: 'load',
  async run() {
    const text = mirrorSetText(10_000);
    const objects = objectsOf(text);
    const { ours, theirs, validation } = timedInTurn(
      {
        ours: () => objectsOf(text),
        theirs: () => parseDocument(text).toJS(),
        validation: () => objects.flatMap((object) => validateObject(object)),
      },
      9,
    );
    const peer = { name: 'yaml parseDocument', value: theirs };
    return [
      {
        what: 'load a YAML file of 10,000 sources',
        value: ours,
        unit: 'ms',
        peer,
        goal: { of: 'ratio', at: 'most', limit: 1.5 },
      },
      { what: 'validate it against its schema', value: validation, unit: 'ms', peer },
    ];
  },
};
