import type { Messages } from './field.ts';

/** Kinds of `events/v1`. Source of names, numbers and list types: `k8s.io/api/events/v1`. */
export const events: Messages = {
  Event: {
    metadata: [1, 'meta.ObjectMeta always'],
    eventTime: [2, 'microTime always required'],
    series: [3, 'EventSeries pointer'],
    reportingController: [4, 'string'],
    reportingInstance: [5, 'string'],
    action: [6, 'string'],
    reason: [7, 'string'],
    regarding: [8, 'core.ObjectReference always'],
    related: [9, 'core.ObjectReference pointer'],
    note: [10, 'string'],
    type: [11, 'string'],
    deprecatedSource: [12, 'core.EventSource always'],
    deprecatedFirstTimestamp: [13, 'time always'],
    deprecatedLastTimestamp: [14, 'time always'],
    deprecatedCount: [15, 'int32'],
  },
  EventSeries: {
    count: [1, 'int32 always required'],
    lastObservedTime: [2, 'microTime always required'],
  },
};
