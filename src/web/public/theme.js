// Runs before the first paint, so that the page does not flash white when dark is chosen.
let theme = null;
try {
  theme = localStorage.getItem('jungle-buzz.theme');
} catch {
  // The browser blocks storage.
}
document.documentElement.dataset.theme = theme ?? 'system';
