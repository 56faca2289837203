import type { KindDefinition } from '@pullpath/api';
import type { ProtobufDecoder } from '../body/decode-object.ts';
import type { ApiRequest, ApiResponse, User } from '../http/exchange.ts';
import type { RequestTarget } from '../http/request-info.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { Attributes } from '../rest/write.ts';
import type { Store } from '../store/store.ts';
import type { ApiServer } from './api-server.ts';

/** What a server is made of. The server itself knows no domain: kinds and admission come from outside. */
export interface ApiServerOptions {
  readonly store: Store;
  /** Built-in kinds, shared by every logical cluster. */
  readonly resources: readonly ResourceDefinition[];
  /** Parts of the API with handlers of their own. */
  readonly endpoints?: readonly Endpoint[];
  /** Installed as CustomResourceDefinitions in the root cluster at start; served in every other cluster too. */
  readonly kinds?: readonly KindDefinition[];
  /** Who asks. Throws `ApiError` 401. */
  authenticate(request: ApiRequest, cluster: string): Promise<User> | User;
  /** Throws `ApiError` 403 for what the user may not do. */
  authorize(user: User, request: ApiRequest, target: RequestTarget): void;
  /** Throws `ApiError` to deny a write. */
  admit(attributes: Attributes): void;
  readonly decodeProtobuf: ProtobufDecoder;
  /** Paths of the root cluster beside the API, answered to whoever may `get` them. */
  readonly paths?: Readonly<Record<string, () => ApiResponse>>;
  readonly limits?: Partial<ServerLimits>;
  readonly now?: () => Date;
  readonly random?: () => number;
  /** A failure that no client is told of. */
  readonly report?: (error: unknown) => void;
  /** Called before anything is written, for those who need the server to do their part. */
  started?(server: ApiServer): void;
}

export interface ServerLimits {
  /** Requests of one user that are worked on at a time; watches do not count. */
  readonly inFlightPerUser: number;
  /** Requests of all users. */
  readonly inFlight: number;
  /** Requests of one user that wait for a place. */
  readonly queuedPerUser: number;
  /** Milliseconds that one waits at most. */
  readonly queueMs: number;
  readonly watches: number;
  readonly watchesPerUser: number;
  /** Milliseconds that a request other than a watch may take. */
  readonly requestMs: number;
}

export const defaultLimits: ServerLimits = {
  inFlightPerUser: 100,
  inFlight: 400,
  queuedPerUser: 400,
  queueMs: 10_000,
  watches: 20_000,
  watchesPerUser: 10_000,
  requestMs: 60_000,
};
