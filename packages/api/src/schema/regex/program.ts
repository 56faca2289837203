import {
  type Assertion,
  type GroupNode,
  type Ranges,
  type RegexNode,
  RegexSyntaxError,
  type RepeatNode,
} from './node.ts';

/** One instruction of the nondeterministic automaton; numbers are addresses. */
export type Instruction =
  | { readonly op: 'set'; readonly ranges: Ranges; readonly next: number }
  | { readonly op: 'assert'; readonly assertion: Assertion; readonly next: number }
  /** `first` is preferred: that is what makes a repetition greedy. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  /** Notes the position in a slot: `2 * group` where the group begins, one more where it ends. */
  | { readonly op: 'save'; readonly slot: number; readonly next: number }
  | { readonly op: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** Repetitions are unrolled, so this also bounds what `(a{1000}){1000}` may ask for. */
const maxInstructions = 20_000;

/**
 * Thompson's construction, built from the end: every fragment is given the address of what follows it. Only a program with
 * `captures` notes where its groups stand; it is refused for its size exactly when the one without them is.
 */
export function compileProgram(node: RegexNode, pattern: string, captures = false): Program {
  const instructions: Instruction[] = [{ op: 'match' }];
  let size = 1;
  const builder: Builder = {
    captures,
    charge(count) {
      size += count;
      if (size > maxInstructions) throw new RegexSyntaxError('expression is too large', pattern);
    },
    emit(instruction) {
      builder.charge(1);
      return instructions.push(instruction) - 1;
    },
    patch(address, instruction) {
      instructions[address] = instruction;
    },
  };
  return { start: build(builder, node, 0), instructions };
}

interface Builder {
  readonly captures: boolean;
  /** Counts instructions that are emitted, or would be with captures. Throws `RegexSyntaxError` above the limit. */
  charge(count: number): void;
  emit(instruction: Instruction): number;
  patch(address: number, instruction: Instruction): void;
}

function build(builder: Builder, node: RegexNode, next: number): number {
  if (node.kind === 'set') return builder.emit({ op: 'set', ranges: node.ranges, next });
  if (node.kind === 'assert') return builder.emit({ op: 'assert', assertion: node.assertion, next });
  if (node.kind === 'sequence') return node.items.reduceRight((after, item) => build(builder, item, after), next);
  if (node.kind === 'alternation') return buildAlternation(builder, node.items, next);
  if (node.kind === 'group') return buildGroup(builder, node, next);
  return node.kind === 'repeat' ? buildRepeat(builder, node, next) : next;
}

function buildGroup(builder: Builder, { index, item }: GroupNode, next: number): number {
  if (!builder.captures) {
    builder.charge(2);
    return build(builder, item, next);
  }
  const end = builder.emit({ op: 'save', slot: 2 * index + 1, next });
  return builder.emit({ op: 'save', slot: 2 * index, next: build(builder, item, end) });
}

function buildAlternation(builder: Builder, items: readonly RegexNode[], next: number): number {
  const starts = items.map((item) => build(builder, item, next));
  return starts.reduceRight((second, first) => builder.emit({ op: 'split', first, second }));
}

function buildRepeat(builder: Builder, node: RepeatNode, next: number): number {
  let start = node.max === Number.POSITIVE_INFINITY ? buildStar(builder, node, next) : next;
  const optional = node.max === Number.POSITIVE_INFINITY ? 0 : node.max - node.min;
  for (let count = 0; count < optional; count++)
    start = builder.emit(choice(node, build(builder, node.item, start), next));
  for (let count = 0; count < node.min; count++) start = build(builder, node.item, start);
  return start;
}

function buildStar(builder: Builder, node: RepeatNode, next: number): number {
  const loop = builder.emit({ op: 'match' });
  builder.patch(loop, choice(node, build(builder, node.item, loop), next));
  return loop;
}

function choice({ greedy }: RepeatNode, again: number, leave: number): Instruction {
  return { op: 'split', first: greedy ? again : leave, second: greedy ? leave : again };
}
