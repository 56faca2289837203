/** Reading files, YAML and JSON. */
export const loadCodes = {
  'yaml-syntax': 'the text is not valid YAML',
  'yaml-duplicate-key': 'a mapping repeats a key',
  'yaml-tab': 'a tab is used for indentation',
  'yaml-alias-bomb': 'aliases expand to more nodes than allowed',
  'file-too-large': 'the file is larger than what is read',
  'file-binary': 'the file is not text',
  'file-empty': 'the file holds no object',
  'object-not-a-mapping': 'a document is not a mapping',
  'object-kind-missing': 'a document has no kind or apiVersion',
  'kind-near-miss': 'the kind looks like one of ours but is not',
} as const;
