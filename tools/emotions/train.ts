/** `npm run train:emotions -- --data FOLDER [--seed N] [--out FOLDER] [--hold-out] [--chat-only]`: trains the models of both languages. */
import { parseArgs } from 'node:util';
import { trainChatModels, trainModels } from './train-models';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'models' },
    // The committed models are trained on all rows. `eval:emotions` measures models without the validation rows of the comments.
    'hold-out': { type: 'boolean', default: false },
    // The comment models in --out are kept.
    'chat-only': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
if (values.data === undefined) throw new Error('Name the folder of the labelled rows: --data FOLDER');
if (values['chat-only']) trainChatModels(values.data, values.out, seed);
else trainModels(values.data, values.out, seed, values['hold-out']);
