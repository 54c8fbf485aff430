import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeChatModel } from '../../src/adapters/local-model/chat-model-file';
import type { Language } from '../../src/adapters/local-model/features';
import { decodeModel, encodeModel, type ModelData } from '../../src/adapters/local-model/model-file';
import { readChatRows } from './chat-rows';
import { englishEmotions, koreanEmotions, koreanPolarity, type Row, type Split } from './data';
import { trainChat } from './train-chat';
import { trainEnglish } from './train-english';
import { trainKorean } from './train-korean';

const write = (file: string, bytes: Buffer): void => {
  writeFileSync(file, bytes);
  console.log(`${file}: ${(bytes.length / 1e6).toFixed(2)} MB after ${process.uptime().toFixed(0)} s`);
};

/**
 * Trains the models of both languages and writes them to `out`. The same rows and seed give the same bytes.
 * @param holdOut trains without the validation rows of the comments, so that they can be used for measuring
 * @param chat rows of chat, by default all of chat-ko.tsv and chat-en.tsv
 */
export function trainModels(data: string, out: string, seed: number, holdOut: boolean, chat = allChatRows()): void {
  const rowsOf = ({ train, validation }: Split) => (holdOut ? train : [...train, ...validation]);
  mkdirSync(out, { recursive: true });
  const english = englishEmotions(data);
  writeComments(out, 'en', trainEnglish(rowsOf(english), english.dev, seed));
  const korean = koreanEmotions(data);
  const polarity = koreanPolarity(data);
  writeComments(out, 'ko', trainKorean(rowsOf(korean), korean.dev, [...rowsOf(polarity), ...polarity.dev], seed));
  trainChatModels(data, out, seed, chat);
}

/** Trains only the chat models, on top of the comment models in `out`. */
export function trainChatModels(data: string, out: string, seed: number, chat = allChatRows()): void {
  const comments = { ko: koreanEmotions(data).train, en: englishEmotions(data).train };
  for (const language of ['en', 'ko'] as const) {
    const model = decodeModel(readFileSync(join(out, `emotions-${language}.bin`)));
    const trained = trainChat(chat[language], comments[language], model, language, seed);
    write(join(out, `chat-${language}.bin`), encodeChatModel(trained));
  }
}

const allChatRows = (): Readonly<Record<Language, readonly Row[]>> => ({
  ko: readChatRows('chat', 'ko'),
  en: readChatRows('chat', 'en'),
});

const writeComments = (out: string, language: Language, model: ModelData): void =>
  write(join(out, `emotions-${language}.bin`), encodeModel(model));
