import 'reflect-metadata';
import { buildSchema } from '@typegoose/typegoose';
import type { Connection, Model } from 'mongoose';

/** A model of one connection: Typegoose's own registry knows each class once per process. */
export function defineModel<T extends object>(connection: Connection, collection: string, document: new () => T): Model<T> {
  const schema = buildSchema(document);
  schema.set('versionKey', false);
  schema.set('id', false);
  schema.set('minimize', false);
  // What the class does not name is a mistake of ours.
  schema.set('strict', 'throw');
  schema.set('bufferCommands', false);
  schema.set('autoIndex', false);
  schema.set('autoCreate', false);
  return connection.model<T>(collection, schema as never, collection);
}
