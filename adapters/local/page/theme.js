// @ts-check
// Before anything is drawn: the colours that were chosen here before. A classic script, so that nothing flashes.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off: nothing was chosen, and the system's colours stand.
}
