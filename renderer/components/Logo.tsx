// The product's mark: a speech bubble with a sound wave.
export function Logo({ label = true }: { label?: boolean }) {
  return (
    <span className="logo">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path
          className="logo-shape"
          d="M6 2h12a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4h-5.2l-4.6 3.7A.75.75 0 0 1 7 21.1V18H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Z"
        />
        <path className="logo-wave" d="M7 8.5v3M10.33 6.5v7M13.67 8v4M17 9v2" />
      </svg>
      {label ? (
        <span className="logo-text">
          VoIPBIN <span>Companion</span>
        </span>
      ) : null}
    </span>
  )
}
