import {
  type AnyReference,
  familiarReference,
  formatReference,
  parseAnyReference,
  parseDockerRef,
  parseImageSpec,
  parseNamed,
  parseNormalizedNamed,
  parseReference,
  type Result,
  splitDockerDomain,
} from '@pullpath/oci';
import type { Area } from './run-vectors.ts';

type Parse = (text: string) => Result<AnyReference>;

/** node-config `reference-parse`: the grammar of containers/image `docker/reference`. */
export const referenceParse: Area = {
  splitDockerDomain: ({ input }: { input: string }) => splitDockerDomain(input),
  parse: plain(parseReference),
  parseNormalizedNamed: withFamiliar(parseNormalizedNamed),
  parseNamed: withFamiliar(parseNamed),
  parseDockerRef: withFamiliar(parseDockerRef),
  parseAnyReference: withFamiliar(parseAnyReference),
};

/** mirroring `image-reference-parse`: oc-mirror v2. */
export const imageReferenceParse: Area = {
  '': ({ ref }: { ref: string }) => {
    const parsed = parseImageSpec(ref);
    return parsed.ok ? { spec: parsed.value } : { error: parsed.message };
  },
};

function plain(parse: Parse) {
  return ({ input }: { input: string }) => {
    const parsed = parse(input);
    return parsed.ok ? { ref: describe(parsed.value) } : { error: { code: parsed.code } };
  };
}

function withFamiliar(parse: Parse) {
  return ({ input }: { input: string }) => {
    const parsed = parse(input);
    if (!parsed.ok) return { error: { code: parsed.code } };
    const ref = parsed.value;
    return { ref: describe(ref), familiar: ref.name === undefined ? ref.digest : familiarReference(ref) };
  };
}

function describe(ref: AnyReference) {
  return ref.name === undefined ? { digest: ref.digest, string: ref.digest } : { ...ref, string: formatReference(ref) };
}
