import { isList, isObject, isUnknown, type Value } from '../wire/values.ts';
import { type AttributePath, type Diagnostic, error, pathText } from './diagnostic.ts';
import type { Validator } from './schema.ts';

/** One of those words. The published provider names no attribute with it, so Terraform shows the block. */
export function oneOf(options: readonly string[]): Validator {
  return (value, path) =>
    typeof value === 'string' && !options.includes(value)
      ? [
          error(
            `Invalid ${pathText(path)}.`,
            `Expected a valid param. Options are [${options.join(' ')}]. Got ${value}.`,
          ),
        ]
      : [];
}

/** A list, or map, of at least so many elements. */
export function atLeast(count: number): Validator {
  return (value, path) => {
    const size = isList(value) ? value.length : isObject(value) ? Object.keys(value).length : count;
    const kind = isList(value) ? 'list' : 'map';
    const detail = `Attribute ${pathText(path)} ${kind} must contain at least ${count} elements, got: ${size}`;
    return size < count ? [error('Invalid Attribute Value', detail, path)] : [];
  };
}

/** A text of at most so many characters. */
export function atMostCharacters(count: number): Validator {
  return (value, path) => {
    const length = typeof value === 'string' ? value.length : 0;
    const detail = `Attribute ${pathText(path)} string length must be at most ${count}, got: ${length}`;
    return length > count ? [error('Invalid Attribute Value Length', detail, path)] : [];
  };
}

/** What is judged of each element of a list or map. */
export function everyElement(judge: Validator): Validator {
  return (value, path) => {
    if (isList(value)) return value.flatMap((element, at) => judgeKnown(judge, element, [...path, at]));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, element]) => judgeKnown(judge, element, [...path, { key }]));
  };
}

function judgeKnown(judge: Validator, value: Value, path: AttributePath): readonly Diagnostic[] {
  return value === null || isUnknown(value) ? [] : judge(value, path);
}
