// Says in words when a device gives no passkey; the sign-in scripts only tell the console.

export function startPasskeyWords(scope) {
  scope.addEventListener("allauth.error", () => {
    for (const place of scope.querySelectorAll("[data-mg-passkey-trouble]")) {
      place.className = "mg-inset mg-inset--warning";
      place.textContent = place.dataset.mgWords;
    }
  });
}
