// Before the first paint, so that nobody who chose dark sees a white flash.
document.documentElement.dataset.theme = localStorage.getItem('jungle-buzz.theme') ?? 'system';
