import { ApiError } from '../status/status.ts';

/** A patch that cannot be carried out: the real server says no more than this. */
export function rejected(): ApiError {
  return new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}
