/** A value that its Go type cannot hold, in the words of Go. */
export class WrongValue extends Error {}
