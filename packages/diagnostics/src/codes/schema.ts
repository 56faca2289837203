/** Schemas and CEL rules of the kinds; one code per class of fault. */
export const schemaCodes = {
  'field-required': 'a required field is missing',
  'field-unknown': 'the kind has no such field',
  'field-type': 'a value has the wrong type',
  'field-invalid': 'a value breaks a rule of its schema',
  'field-not-supported': 'a value is not one of the allowed ones',
  'field-duplicate': 'a list that is a set or map repeats an item',
  'field-too-long': 'a string is longer than allowed',
  'field-too-many': 'a list has more items than allowed',
  'field-forbidden': 'a field must not be set here',
} as const;
