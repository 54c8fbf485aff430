import { AccountGuard } from '../accounts/account-guard';
import type { Config } from '../config/config';
import { SendGuard } from '../flow/send-guard';
import type { Logger } from '../ports/logger';
import { noRates, type Rate, type RateLimiter } from '../ports/rate-limiter';

type RateSetting = { [K in keyof Config]: Config[K] extends Omit<Rate, 'name'> ? K : never }[keyof Config];

/** The rate of a setting, counted under the name of the setting. */
export const rateOf = (config: Config, name: RateSetting): Rate => ({ name, ...config[name] });

/** Allows everything with RATE_LIMITS=off. */
export const limiterOf = (config: Config, limiter: RateLimiter): RateLimiter => (config.RATE_LIMITS ? limiter : noRates);

export const accountGuard = (config: Config, limiter: RateLimiter): AccountGuard =>
  new AccountGuard({
    limiter,
    rates: {
      login: rateOf(config, 'RATE_LOGIN_PER_ADDRESS'),
      register: rateOf(config, 'RATE_REGISTER_PER_ADDRESS'),
      refresh: rateOf(config, 'RATE_REFRESH_PER_ADDRESS'),
      usernames: rateOf(config, 'RATE_USERNAMES_PER_ADDRESS'),
      guests: rateOf(config, 'RATE_GUESTS_PER_ADDRESS'),
      resets: rateOf(config, 'RATE_RESET_PER_ADDRESS'),
    },
    freeTries: config.RATE_LOGIN_FREE_TRIES,
    maxDelaySeconds: config.RATE_LOGIN_MAX_DELAY / 1000,
  });

/** @param claims a limiter that no metric counts */
export const sendGuard = (config: Config, limiter: RateLimiter, claims: RateLimiter): SendGuard =>
  new SendGuard({
    limiter,
    claims: limiterOf(config, claims),
    perUser: rateOf(config, 'RATE_SEND_PER_USER'),
    perAddress: rateOf(config, 'RATE_SEND_PER_ADDRESS'),
    sameText: rateOf(config, 'RATE_SAME_TEXT'),
  });

/** For limiters that no metric counts. */
export const logRefusals = (logger: Logger) => (rate: string) => {
  logger.debug({ rate }, 'rate limit exceeded');
};
