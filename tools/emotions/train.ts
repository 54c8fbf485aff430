/** `npm run train:emotions -- --data FOLDER [--seed N] [--out FOLDER] [--hold-out]`: trains the models of both languages. */
import { parseArgs } from 'node:util';
import { trainModels } from './train-models';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'models' },
    // What is committed knows all rows; what `eval:emotions` measures has not seen the validation rows.
    'hold-out': { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error('Say where the labelled rows are: --data FOLDER');
trainModels(values.data, values.out, Number(values.seed), values['hold-out']);
