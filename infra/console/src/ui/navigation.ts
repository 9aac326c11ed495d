/** Moves between pages without a reload. Plain links work as they are: clicks on them are caught in one place. */
const listeners = new Set<() => void>();

export function onNavigate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function moved(): void {
  listeners.forEach((listener) => listener());
}

export function go(href: string, replace = false): void {
  if (replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  moved();
}

/** Puts parts of the page's state into its address, so that a copied link shows the same. */
export function setQuery(changes: Record<string, string | undefined>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== location.href) history.replaceState(null, '', url.href);
}

export function query(name: string): string {
  return new URLSearchParams(location.search).get(name) ?? '';
}

export function startNavigation(): void {
  window.addEventListener('popstate', moved);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.hasAttribute('data-reload') || link.origin !== location.origin) return;
    if (/^\/(api|docs|actuator)(\/|$)/.test(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
    window.scrollTo(0, 0);
  });
}
