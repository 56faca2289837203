/** What a search says, ready to be asked of an item. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Literal[] };

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'like' | 'ilike';

export type Literal = string | number | boolean;
