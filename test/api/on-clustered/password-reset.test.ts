import { onClustered } from '../../support/on-clustered';

onClustered(() => jest.requireActual('../password-reset.test'));
