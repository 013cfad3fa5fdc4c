export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M12 2a8 8 0 0 0-8 8v6.5A2.5 2.5 0 0 0 6.5 19H8v-8H5.5v-1a6.5 6.5 0 0 1 13 0v1H16v8h2.4a2 2 0 0 1-1.9 1.5H14a1.5 1.5 0 1 0 0 1.5h2.5a3.5 3.5 0 0 0 3.5-3.5V10a8 8 0 0 0-8-8" />
    </svg>
  );
}
