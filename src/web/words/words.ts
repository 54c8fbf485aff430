import { ApiError } from '../api';
import type { Emotion } from '../generated/graphql';
import { en } from './en';
import { ko } from './ko';

export type Words = Readonly<Record<keyof typeof ko, string>>;

export const DICTIONARIES: Readonly<Record<'ko' | 'en', Words>> = { ko, en };

export const EMOTIONS: readonly Emotion[] = ['JOY', 'LOVE', 'CALM', 'HOPE', 'SADNESS', 'ANGER', 'ANXIETY', 'WEARINESS'];

/** A sentence with its `{names}` filled in. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** What a refusal means to the person, and what to do next. */
export const sayError = (words: Words, error: unknown): string => sayCode(words, error instanceof ApiError ? error.code : '');

export const sayCode = (words: Words, code: string): string =>
  /^[A-Z_]+$/.test(code) && code in words ? words[code as keyof Words] : words.failed;
