/** What every token of this server names as its maker: clients know by it that the server answers more than OCM does. */
export const pullpathIssuer = 'urn:pullpath:ocm';
