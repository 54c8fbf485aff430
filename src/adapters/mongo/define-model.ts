import 'reflect-metadata';
import { buildSchema } from '@typegoose/typegoose';
import type { Connection, Model } from 'mongoose';

/** Makes a model of one connection. Typegoose's own registry holds each class once per process only. */
export function defineModel<T extends object>(connection: Connection, collection: string, document: new () => T): Model<T> {
  const schema = buildSchema(document);
  schema.set('versionKey', false);
  schema.set('id', false);
  schema.set('minimize', false);
  // A field that the class does not declare is a bug.
  schema.set('strict', 'throw');
  schema.set('bufferCommands', false);
  schema.set('autoIndex', false);
  schema.set('autoCreate', false);
  return connection.model<T>(collection, schema as never, collection);
}
