/** Whoever a token belongs to (accounts_mgmt v1 `Account`). */
export interface Account {
  readonly kind?: string;
  readonly id: string;
  readonly href?: string;
  readonly username: string;
  readonly organization?: { readonly id: string; readonly external_id?: string; readonly name?: string };
}
