import { useEffect, useState } from 'preact/hooks';

const POINTER_MS = 3_000;

/** Whether the pointer moved within the last three seconds. */
export function usePointerIsActive(): boolean {
  const [isActive, setActive] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const seen = (): void => {
      setActive(true);
      clearTimeout(timer);
      timer = setTimeout(() => setActive(false), POINTER_MS);
    };
    seen();
    addEventListener('pointermove', seen);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', seen);
    };
  }, []);
  return isActive;
}

/** Not on every device, and the browser may refuse it. */
export function toggleFullScreen(): void {
  const root: Partial<HTMLElement> = document.documentElement;
  const done = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.call(root);
  void done?.catch(() => undefined);
}

/** ㄹ is the key of `f` with a Hangul keyboard. */
export function useFullScreenKey(): void {
  useEffect(() => {
    const onKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (!ctrlKey && !metaKey && !altKey && ['f', 'F', 'ㄹ'].includes(key)) toggleFullScreen();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Keeps the display on while the page is in view. Only over HTTPS, and not in every browser. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    // The browser releases it when the page is hidden.
    const request = (): void => {
      if (!document.hidden) lock = (navigator as Partial<Navigator>).wakeLock?.request('screen').catch(() => undefined);
    };
    request();
    document.addEventListener('visibilitychange', request);
    return () => {
      document.removeEventListener('visibilitychange', request);
      void lock?.then((held) => held?.release());
    };
  }, []);
}
