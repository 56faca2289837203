/** The body of every refusal (ocm-sdk-go `errors`). */
export interface ErrorBody {
  readonly kind: 'Error';
  /** The HTTP status as text, or a number of the service's own. */
  readonly id: string;
  readonly href: string;
  /** The service and the id, like `CLUSTERS-MGMT-404`. */
  readonly code: string;
  readonly reason: string;
  readonly operation_id?: string;
  /** RFC 3339. */
  readonly timestamp?: string;
  readonly details?: unknown;
}
