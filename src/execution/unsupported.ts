/** A part of an operation that is not compiled: graphql-js executes the whole operation. */
export class Unsupported extends Error {}
